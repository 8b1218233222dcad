// Reads a JSON list of entities and prints, for each, what Backstage's own model of its catalogue
// complains of, or null: its policies first, which every entity must pass, then its kind's schema.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.cwd(), "package.json"));
const model = require("@backstage/catalog-model");

const policy = model.EntityPolicies.allOf([
  new model.SchemaValidEntityPolicy(),
  new model.DefaultNamespaceEntityPolicy(),
  new model.NoForeignRootFieldsEntityPolicy(),
  new model.FieldFormatEntityPolicy(),
]);
const kinds = {
  API: model.apiEntityV1alpha1Validator,
  Component: model.componentEntityV1alpha1Validator,
  Resource: model.resourceEntityV1alpha1Validator,
  System: model.systemEntityV1alpha1Validator,
};

async function complaint(entity) {
  try {
    await policy.enforce(entity);
    const known = await kinds[entity.kind].check(entity);
    model.parseEntityRef(entity.spec.owner, { defaultKind: "group", defaultNamespace: "default" });
    return known ? null : "no such version of the kind";
  } catch (error) {
    return error.message;
  }
}

const found = [];
for (const entity of JSON.parse(readFileSync(0, "utf8"))) found.push(await complaint(entity));
process.stdout.write(JSON.stringify(found));

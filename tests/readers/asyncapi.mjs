// Reads a JSON list of AsyncAPI documents and prints, for each, what AsyncAPI's own parser makes of
// it: {"problems": [errors and warnings], "channels": {…}, "operations": {…}}, the latter with the
// addresses, payloads and texts that it found.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.cwd(), "package.json"));
const { Parser } = require("@asyncapi/parser");
const parser = new Parser();

// Information is left out: that a document has no license, no contact and no identifier.
const WARNING = 1;

function texts(it) {
  return { summary: it.summary() ?? null, description: it.description() ?? null };
}

async function read(text) {
  const { document, diagnostics } = await parser.parse(text);
  const problems = diagnostics
    .filter((it) => it.severity <= WARNING)
    .map((it) => `${it.severity === 0 ? "error" : "warning"} ${it.code} ${it.path.join("/")}: ${it.message}`);
  if (!document) return { problems, channels: {}, operations: {} };
  return {
    problems,
    channels: Object.fromEntries(
      document.channels().all().map((it) => [
        it.id(),
        {
          address: it.address() ?? null,
          messages: it.messages().all().map((message) => message.name()),
          bindings: it.bindings().all().map((binding) => binding.protocol()).sort(),
          ...texts(it),
        },
      ]),
    ),
    operations: Object.fromEntries(
      document.operations().all().map((it) => [
        it.id(),
        {
          action: it.action(),
          channels: it.channels().all().map((channel) => channel.id()),
          messages: it.messages().all().map((message) => message.name()),
          bindings: it.bindings().all().map((binding) => binding.protocol()).sort(),
          ...texts(it),
        },
      ]),
    ),
  };
}

const found = [];
for (const text of JSON.parse(readFileSync(0, "utf8"))) found.push(await read(text));
process.stdout.write(JSON.stringify(found));

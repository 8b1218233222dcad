/** The API explorer: a form for each endpoint, and what it answers. */

import { post } from "../asking.js";
import { body } from "../body.js";
import { content } from "../content.js";
import { credentials } from "../credentials.js";
import { h, put } from "../dom.js";
import { field, row } from "../schema.js";
import { bytes, duration, empty } from "../showing.js";
import { trying } from "../telling.js";

/** @typedef {import("../types.js").GraphNode} GraphNode */
/** @typedef {{name: string, in: string, schema: any, required: boolean, default: unknown}} Parameter */

/** @type {import("../types.js").MakePage} */
export function page({ application, rest }) {
  const endpoints = application.graph.nodes.filter((it) => it.kind === "endpoint");
  if (!endpoints.length) return { element: empty("The application has no endpoint.") };
  const id = rest.join("/");
  const chosen = endpoints.find((it) => it.id === id) ?? endpoints.find((it) => it.properties.access !== "private") ?? endpoints[0];
  return {
    element: h("div", {},
      h("div", { class: "head" }, h("h1", {}, "API"), h("span", { class: "soft mono" }, application.url)),
      h("div", { class: "split" }, menu(endpoints, chosen), chosen ? endpoint(chosen, application.graph.payloads) : null)),
  };
}

/** @param {GraphNode[]} endpoints @param {GraphNode | undefined} chosen */
function menu(endpoints, chosen) {
  const services = [...new Set(endpoints.map((it) => it.service ?? "shared"))].sort();
  return h("div", { class: "list", role: "navigation", "aria-label": "Endpoints" }, ...services.flatMap((name) => [
    h("h3", {}, name),
    ...endpoints.filter((it) => (it.service ?? "shared") === name).map((it) =>
      h("a", { href: `#/api/${it.id}`, "aria-current": it === chosen, title: it.properties.path },
        h("span", {}, h("span", { class: "method" }, it.properties.method), it.properties.path))),
  ]));
}

/** @param {GraphNode} node @param {Record<string, any>} payloads */
function endpoint(node, payloads) {
  const { method, path, access, raw, parameters, request } = node.properties;
  const head = h("div", {},
    h("div", {}, h("b", { class: "mono" }, `${method} ${path}`), " ", h("span", { class: access === "private" ? "tag warn" : "tag" }, access)),
    node.doc ? h("p", {}, node.doc) : null,
    h("p", { class: "soft small mono" }, `${node.location.path}:${node.location.line}`));
  if (access === "private") return h("div", { class: "stack" }, head, empty("It is private.", "Services of the application alone call it; the gateway does not show it."));
  const answer = h("div", { class: "stack" });
  const places = [...String(path).matchAll(/{([A-Za-z_][A-Za-z0-9_]*)(:path)?}/g)].map((it) => it[1] ?? "");
  const known = new Set(parameters.filter((/** @type {Parameter} */ it) => it.in === "path").map((/** @type {Parameter} */ it) => it.name));
  /** @type {Parameter[]} */
  const all = [
    ...places.filter((it) => !known.has(it)).map((name) => ({ name, in: "path", schema: { type: "string" }, required: true, default: null })),
    ...parameters.filter((/** @type {Parameter} */ it) => it.in !== "body"),
  ];
  const made = all.map((it) => ({ it, field: field(withDefault(it), payloads, it.name, 1) }));
  const who = access === "auth" ? credentials() : null;
  const written = request ? body(request, payloads) : null;
  const plain = raw && method !== "GET" ? h("textarea", { rows: 6, "aria-label": "Body", spellcheck: "false" }) : null;
  const form = h("form", {
    class: "panel stack",
    onsubmit: (/** @type {Event} */ event) => {
      event.preventDefault();
      void trying(async () => {
        const parts = values(made);
        who?.add(parts);
        const asked = { endpoint: node.id, ...parts, body: written ? written.read() : plain?.value || undefined };
        put(answer, h("p", { class: "soft" }, "asking …"));
        try {
          put(answer, ...answered(await post("/api/call", asked)));
        } catch (error) {
          put(answer);
          throw error;
        }
      });
    },
  },
  who ? who.element : null,
  made.length ? h("div", { class: "fields" }, ...made.map(({ it, field: one }) => row(it.name, one.element, it.required, it.in))) : null,
  written ? [h("h3", {}, "Body"), written.element] : null,
  plain ? [h("h3", {}, "Body"), plain] : null,
  h("div", { class: "actions" }, h("button", { class: "main" }, "Send")));
  return h("div", { class: "stack" }, head, form, answer);
}

/** @param {Parameter} it */
function withDefault(it) {
  return it.required ? it.schema : { ...it.schema, default: it.default ?? null };
}

/**
 * @param {{it: Parameter, field: import("../schema.js").Field}[]} made
 */
function values(made) {
  /** @typedef {Record<string, unknown>} Values */
  const found = { path: /** @type {Values} */ ({}), query: /** @type {Values} */ ({}), header: /** @type {Values} */ ({}), cookie: /** @type {Values} */ ({}) };
  for (const { it, field: one } of made) {
    const value = one.read();
    if (value === undefined || value === null || (value === "" && !it.required)) continue;
    const name = it.in === "header" ? it.name.replaceAll("_", "-") : it.name;
    const place = found[/** @type {keyof typeof found} */ (it.in)];
    if (place) place[name] = it.in === "query" && Array.isArray(value) ? value : typeof value === "object" ? JSON.stringify(value) : value;
  }
  return found;
}

/** @param {any} it */
function answered(it) {
  const tone = it.status < 400 ? "good" : it.status < 500 ? "warn" : "bad";
  return [
    h("div", { class: "actions" },
      h("span", { class: `tag ${tone}` }, `${it.status} ${it.reason}`),
      h("span", { class: "soft small" }, `${duration(it.milliseconds)} · ${bytes(it.bytes)}`),
      h("a", { href: `#/traces/${it.trace_id}` }, "Show its trace")),
    content(it),
    h("details", {}, h("summary", { class: "small" }, "Headers"), h("pre", { class: "code" }, it.headers.map((/** @type {string[]} */ [name, value]) => `${name}: ${value}`).join("\n"))),
  ];
}

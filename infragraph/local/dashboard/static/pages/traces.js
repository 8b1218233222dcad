/** Traces: found by what their spans say, and one of them as a waterfall. */

import { get } from "../asking.js";
import { h, put } from "../dom.js";
import { calmly, clock, duration, empty, service, table, tone } from "../showing.js";
import { waterfall } from "../waterfall.js";
import { lines } from "../lines.js";

/** @typedef {import("../types.js").TraceRow} TraceRow */

/** @type {import("../types.js").MakePage} */
export function page(context) {
  const [id] = context.rest;
  return id ? one(id) : all(context);
}

/** @type {import("../types.js").MakePage} */
function all({ application }) {
  const found = h("div", {});
  const look = calmly(() => void refresh());
  const text = h("input", { type: "search", placeholder: "name, attribute, message, trace id", "aria-label": "Find traces", oninput: look });
  const names = application.graph.nodes.filter((it) => it.kind === "service").map((it) => it.name);
  const from = h("select", { "aria-label": "Service", onchange: look }, h("option", { value: "" }, "every service"), ...names.map((it) => h("option", {}, it)));
  const errors = h("input", { type: "checkbox", onchange: look });
  const least = h("select", { "aria-label": "Duration", onchange: look },
    h("option", { value: "" }, "any duration"), ...[10, 100, 1000, 10000].map((it) => h("option", { value: it }, `≥ ${duration(it)}`)));
  const more = h("button", { onclick: () => void older() }, "Older");
  /** @type {TraceRow[]} */
  let rows = [];
  let before = "";

  const wanted = () => ({ text: text.value.trim(), service: from.value, errors: errors.checked, least: least.value });

  async function refresh() {
    rows = await get("/api/traces", wanted());
    show();
  }

  async function older() {
    const last = rows.at(-1);
    if (!last) return;
    rows = rows.concat(await get("/api/traces", { ...wanted(), before: last.start_ns }));
    show();
  }

  function show() {
    const now = JSON.stringify(rows);
    if (now === before) return;
    before = now;
    more.hidden = rows.length === 0 || rows.length % 100 !== 0;
    put(found, rows.length ? list(rows) : empty("No trace is like this.", "Traces appear as soon as something happens in the application."));
  }

  return {
    element: h("div", {},
      h("div", { class: "head" }, h("h1", {}, "Traces"), h("div", { class: "grow" }), text, from, least, h("label", { class: "check" }, errors, "errors only")),
      found, h("div", { class: "actions" }, more)),
    refresh,
  };
}

/** @param {TraceRow[]} rows */
function list(rows) {
  return table(["at", "what", "services", "#spans", "#errors", "#took"], rows.map((it) =>
    h("tr", { class: "row" },
      h("td", { class: "time" }, clock(it.start_ns)),
      h("td", {}, h("a", { class: "open", href: `#/traces/${it.trace_id}`, "data-key": it.trace_id }, it.name)),
      h("td", {}, h("div", { class: "tags" }, ...it.services.map((name) =>
        h("span", { class: "tag" }, h("span", { class: `dot ${tone(name)}` }), name)))),
      h("td", { class: "number" }, it.spans),
      h("td", { class: "number" }, it.errors ? h("span", { class: "tag bad" }, it.errors) : ""),
      h("td", { class: "number" }, duration((it.end_ns - it.start_ns) / 1e6)))));
}

/** @param {string} id */
function one(id) {
  const body = h("div", {});
  /** @type {Set<string>} */
  const opened = new Set();
  let before = "";

  async function refresh() {
    const trace = await get(`/api/traces/${encodeURIComponent(id)}`);
    const now = JSON.stringify(trace);
    if (now === before) return;
    before = now;
    if (!trace.spans.length) {
      put(body, empty("There is no such trace.", "It may have been removed, as the oldest are."));
      return;
    }
    const [first] = trace.spans;
    const end = Math.max(...trace.spans.map((/** @type {any} */ it) => it.end_ns));
    const failed = trace.spans.filter((/** @type {any} */ it) => it.is_error).length;
    const names = [...new Set(trace.spans.map((/** @type {any} */ it) => it.service))].sort();
    put(body,
      h("div", { class: "head" },
        h("a", { href: "#/traces" }, "Traces"), h("span", { class: "soft" }, "/"), h("h1", {}, first.name),
        failed ? h("span", { class: "tag bad" }, `${failed} failed`) : h("span", { class: "tag good" }, "no error"),
        h("div", { class: "grow" }),
        h("span", { class: "soft small" }, `${clock(first.start_ns)} · ${duration((end - first.start_ns) / 1e6)} · ${trace.spans.length} spans`)),
      h("div", { class: "tags small" }, ...names.map((it) => h("span", { class: "tag" }, service(String(it))))),
      h("p", { class: "soft small mono" }, id),
      waterfall(trace.spans, opened),
      trace.logs.length ? [h("h2", {}, "Log lines"), lines(trace.logs, false)] : null);
  }

  return { element: body, refresh };
}

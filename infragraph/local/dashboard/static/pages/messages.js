/** The messages of a topic, what became of each, and a form to publish one. */

import { get, post } from "../asking.js";
import { body } from "../body.js";
import { content } from "../content.js";
import { h, put } from "../dom.js";
import { clock, duration, empty, facts, moment, service, table } from "../showing.js";
import { tell, trying } from "../telling.js";

/** @typedef {import("../types.js").Message & {attempts: any[]}} Handled */

/** @type {import("../types.js").MakePage} */
export function page({ application, rest }) {
  const topics = application.graph.nodes.filter((it) => it.kind === "topic");
  const name = rest[0] || topics[0]?.name;
  if (!name) return { element: empty("The application has no topic.") };
  const node = topics.find((it) => it.name === name);
  if (!node) return { element: empty("There is no such topic.") };
  const menu = h("div", { class: "list", role: "navigation", "aria-label": "Topics" });
  const found = h("div", {});
  const more = h("button", { hidden: true, onclick: () => void trying(older) }, "Older");
  /** @type {Set<string>} */
  const opened = new Set();
  /** @type {Handled[]} */
  let rows = [];
  let before = "";

  async function refresh() {
    const counts = await get("/api/topics");
    put(menu, ...counts.map((/** @type {any} */ it) =>
      h("a", { href: `#/messages/${encodeURIComponent(it.name)}`, "aria-current": it.name === name, "data-key": `topic ${it.name}` },
        h("span", {}, it.name), h("span", { class: "soft small" }, it.messages ?? ""))));
    try {
      const newest = await get("/api/messages", { topic: name });
      const last = newest.at(-1)?.sequence ?? 0;
      rows = [...newest, ...rows.filter((it) => it.sequence < last)];
      show();
    } catch (error) {
      put(found, empty("The messages cannot be shown.", error instanceof Error ? error.message : ""));
    }
  }

  async function older() {
    const last = rows.at(-1);
    if (last) rows = rows.concat(await get("/api/messages", { topic: name, before: last.sequence }));
    show();
  }

  function show() {
    const now = JSON.stringify(rows);
    if (now === before) return;
    before = now;
    more.hidden = (rows.at(-1)?.sequence ?? 1) <= 1;
    put(found, rows.length
      ? table(["published", "id", "by", "handled", "trace"], rows.flatMap((it) => [summary(it), detail(it)]))
      : empty("Nothing was published to this topic yet."));
  }

  /** @param {Handled} it */
  function summary(it) {
    const isOpen = opened.has(it.id);
    return h("tr", { class: "row" },
      h("td", { class: "time" }, moment(it.published_at)),
      h("td", {}, h("button", {
        class: "open mono", "aria-expanded": String(isOpen), "data-key": it.id,
        onclick: () => {
          if (isOpen) opened.delete(it.id);
          else opened.add(it.id);
          before = "";
          show();
        },
      }, it.id.slice(0, 12))),
      h("td", {}, it.source.replace("service:", "") || "unknown"),
      h("td", {}, h("div", { class: "tags" }, ...outcomes(it.attempts))),
      h("td", {}, it.trace_id ? h("a", { href: `#/traces/${encodeURIComponent(it.trace_id)}` }, "trace") : ""));
  }

  /** @param {Handled} it */
  function detail(it) {
    if (!opened.has(it.id)) return null;
    return h("tr", { class: "detail" }, h("td", { colspan: 5 }, h("div", { class: "stack" },
      facts([["id", it.id], ["type", it.type], ["ordering key", it.ordering_key],
        ["attributes", Object.keys(it.attributes).length ? JSON.stringify(it.attributes) : null]]),
      content(it),
      it.attempts.length ? attempts(it.attempts) : h("p", { class: "soft" }, "Nobody has handled it yet."))));
  }

  return {
    element: h("div", {},
      h("div", { class: "head" }, h("h1", {}, "Messages")),
      h("div", { class: "split" }, menu, h("div", { class: "stack" },
        h("div", {}, h("b", {}, name), node.doc ? h("span", { class: "soft" }, ` — ${node.doc}`) : null),
        publishing(name, node.properties.payload ?? {}, application.graph.payloads),
        found, h("div", { class: "actions" }, more)))),
    refresh,
  };
}

/** @param {string} topic @param {any} schema @param {Record<string, any>} payloads */
function publishing(topic, schema, payloads) {
  const written = body(schema, payloads);
  const form = h("form", {
    onsubmit: (/** @type {Event} */ event) => {
      event.preventDefault();
      void trying(async () => {
        const done = await post("/api/publish", { topic, body: written.read(), type: written.type() });
        tell(`Published ${done.id.slice(0, 12)}`);
      });
    },
  }, written.element, h("div", { class: "actions" }, h("button", { class: "main" }, "Publish")));
  return h("details", { class: "panel" }, h("summary", {}, "Publish a message"), form);
}

/**
 * What became of a message, by subscription.
 * @param {any[]} done
 */
function outcomes(done) {
  /** @type {Map<string, any[]>} */
  const by = new Map();
  for (const it of done) by.set(it.node, [...(by.get(it.node) ?? []), it]);
  return [...by].map(([node, tries]) => {
    const isDone = tries.some((it) => !it.is_error);
    const name = node.split("/").at(-1) ?? node;
    return h("span", { class: `tag ${isDone ? "good" : "bad"}` }, tries.length > 1 ? `${name} · ${tries.length} attempts` : name);
  });
}

/** @param {any[]} done */
function attempts(done) {
  return table(["at", "subscription", "#attempt", "outcome", "#took"], done.map((it) =>
    h("tr", { class: "row" },
      h("td", { class: "time" }, clock(it.start_ns)),
      h("td", {}, it.node.split("/").at(-1), " ", h("span", { class: "soft small" }, service(it.attributes["infragraph.service"] ?? ""))),
      h("td", { class: "number" }, it.attributes["infragraph.attempt"] ?? ""),
      h("td", {}, it.is_error ? h("span", { class: "wide" }, h("span", { class: "tag bad" }, "failed"), ` ${it.message}`) : h("span", { class: "tag good" }, "done")),
      h("td", { class: "number" }, duration((it.end_ns - it.start_ns) / 1e6)))));
}

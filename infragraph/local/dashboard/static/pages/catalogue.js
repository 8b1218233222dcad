/** Who owns what: services, their endpoints, topics, stores. */

import { h } from "../dom.js";
import { duration, empty, table, tone } from "../showing.js";

/** @typedef {import("../types.js").GraphNode} GraphNode */

/** @type {import("../types.js").MakePage} */
export function page({ application }) {
  const { nodes } = application.graph;
  const services = nodes.filter((it) => it.kind === "service");
  const shared = nodes.filter((it) => it.service === null);
  const text = h("input", { type: "search", placeholder: "name", "aria-label": "Find in the catalogue" });
  const parts = [...services.map((it) => section(it, nodes, application.owners)),
    shared.length ? h("section", {}, h("h2", {}, "Shared"), things(shared)) : null];
  text.addEventListener("input", () => {
    const wanted = text.value.trim().toLowerCase();
    for (const row of element.querySelectorAll("tbody tr")) {
      if (row instanceof HTMLElement) row.hidden = !(row.textContent ?? "").toLowerCase().includes(wanted);
    }
    for (const part of element.querySelectorAll("section")) {
      part.hidden = wanted !== "" && [...part.querySelectorAll("tbody tr")].every((it) => it instanceof HTMLElement && it.hidden);
    }
  });
  const element = h("div", {},
    h("div", { class: "head" }, h("h1", {}, "Catalogue"), h("div", { class: "grow" }), text),
    services.length ? parts : empty("The application has no service."));
  return { element };
}

/**
 * @param {GraphNode} it
 * @param {GraphNode[]} nodes
 * @param {Record<string, string>} owners
 */
function section(it, nodes, owners) {
  const owner = owners[it.name] ?? owners[""];
  const own = nodes.filter((one) => one.service === it.name && one.kind !== "service");
  return h("section", {},
    h("h2", {}, h("span", { class: `dot ${tone(it.name)}` }), it.name, " ",
      owner ? h("span", { class: "tag" }, owner) : null, " ",
      h("span", { class: "soft small mono" }, it.properties.package)),
    it.doc ? h("p", {}, it.doc) : null,
    own.length ? things(own) : h("p", { class: "soft" }, "It has nothing of its own."));
}

/** @param {GraphNode[]} own */
function things(own) {
  return table(["kind", "name", "what", "declared at"], own.map((it) =>
    h("tr", { class: "row" },
      h("td", {}, h("span", { class: "tag" }, it.kind)),
      h("td", {}, link(it)),
      h("td", {}, h("div", { class: "wide" }, what(it)), it.doc ? h("div", { class: "soft small" }, it.doc) : null),
      h("td", { class: "soft mono" }, `${it.location.path}:${it.location.line}`))));
}

/** @param {GraphNode} it */
function link(it) {
  const page = new Map([["endpoint", "api"], ["topic", "messages"], ["database", "databases"], ["cron", "crons"]]).get(it.kind);
  if (!page) return it.name;
  return h("a", { class: "open", href: `#/${page}/${encodeURIComponent(it.kind === "endpoint" ? it.id : it.name)}` }, it.name);
}

/** @param {GraphNode} it */
function what(it) {
  const { properties } = it;
  switch (it.kind) {
    case "endpoint": return h("span", {}, h("span", { class: "method" }, properties.method), h("span", { class: "mono" }, properties.path), " ", h("span", { class: "tag" }, properties.access));
    case "subscription": return `handles ${properties.topic}`;
    case "cron": return properties.schedule ? `${properties.schedule} (${properties.timezone})` : `every ${duration(properties.every * 1000)}`;
    case "database": return (properties.tables ?? []).join(", ");
    case "topic": return `${properties.delivery}${properties.ordering_key ? `, ordered by ${properties.ordering_key}` : ""}`;
    default: return "";
  }
}


/** The graph, live: what went over which arrow in the last minute. */

import { get } from "../asking.js";
import { h, put } from "../dom.js";
import { flows, mark, picture, places } from "../picture.js";
import { duration, empty, facts, service, table } from "../showing.js";

/**
 * @typedef {import("../types.js").TrafficRow} TrafficRow
 * @typedef {import("../types.js").GraphNode} GraphNode
 */

const WINDOWS = /** @type {const} */ ([[60, "last minute"], [600, "last 10 minutes"], [3600, "last hour"]]);

/** @type {import("../types.js").MakePage} */
export function page({ application }) {
  const { graph } = application;
  const figures = h("div", { class: "figures" });
  const place = h("div", { class: "picture", tabindex: "0", role: "group", "aria-label": "Diagram" });
  const about = h("div", {});
  const busiest = h("div", {});
  /** @type {SVGElement | undefined} */
  let drawn;
  /** @type {TrafficRow[]} */
  let rows = [];
  let chosen = "";

  const views = ["system", "events", "data", ...of("service").map((it) => it.id)];
  const view = h("select", { "aria-label": "View", onchange: () => void draw() },
    ...views.map((it) => h("option", { value: it }, it.replace("service:", "service "))));
  const span = h("select", { "aria-label": "Time", onchange: () => void refresh() },
    ...WINDOWS.map(([seconds, text]) => h("option", { value: seconds }, text)));

  /** @param {string} kind */
  function of(kind) {
    return graph.nodes.filter((it) => it.kind === kind);
  }

  async function draw() {
    try {
      drawn = await picture(view.value, choose);
      put(place, drawn);
      mark(drawn, graph, flows(rows));
    } catch (error) {
      put(place, empty("There is no picture.", error instanceof Error ? error.message : ""));
    }
  }

  /** @param {string} id */
  function choose(id) {
    chosen = chosen === id ? "" : id;
    for (const it of drawn?.querySelectorAll("[data-id]") ?? []) {
      it.classList.toggle("is-chosen", it.getAttribute("data-id") === chosen);
    }
    tellOfChosen();
  }

  function tellOfChosen() {
    if (!chosen || !drawn) {
      put(about);
      return;
    }
    const where = places(drawn, graph);
    const within = graph.nodes.filter((it) => where(it.id) === chosen);
    const [first] = within;
    if (within.length === 1 && first) put(about, h("div", { class: "panel" }, node(first)));
    else put(about, h("div", { class: "panel" }, h("h3", {}, chosen.replace("group:", "service ")), group(within)));
  }

  async function refresh() {
    const answer = await get("/api/traffic", { seconds: span.value });
    rows = answer.rows;
    if (drawn) mark(drawn, graph, flows(rows));
    put(figures, ...totals(rows, answer.dropped));
    put(busiest, rows.length ? traffic(rows) : empty(
      "Nothing has happened yet.",
      `Call an endpoint at ${application.url}, or on the page API.`,
    ));
  }

  void draw();
  return {
    element: h("div", {},
      h("div", { class: "head" }, h("h1", {}, "Live"), h("div", { class: "grow" }), view, span),
      figures, place, about, h("h2", {}, "What happened"), busiest),
    refresh,
  };
}

/** @param {TrafficRow[]} rows @param {number} dropped */
function totals(rows, dropped) {
  /** @param {string} kind */
  const count = (kind) => rows.filter((it) => it.kind === kind).reduce((sum, it) => sum + it.count, 0);
  const errors = rows.reduce((sum, it) => sum + it.errors, 0);
  const queries = rows.filter((it) => it.node.startsWith("database:")).reduce((sum, it) => sum + it.count, 0);
  return [
    figure("requests", count("server")),
    figure("published", count("producer")),
    figure("handled", count("consumer")),
    figure("statements", queries),
    figure("errors", errors, errors > 0),
    dropped ? figure("spans dropped", dropped, true) : null,
  ];
}

/** @param {string} name @param {number} value @param {boolean} [isBad] */
function figure(name, value, isBad = false) {
  return h("div", { class: isBad ? "figure bad" : "figure" }, h("b", {}, value), h("span", { class: "soft small" }, name));
}

/** @param {TrafficRow[]} rows */
function traffic(rows) {
  const sorted = [...rows].sort((a, b) => b.errors - a.errors || b.count - a.count);
  return table(["service", "what", "to what", "#times", "#errors", "#mean"], sorted.slice(0, 40).map((it) =>
    h("tr", { class: "row" },
      h("td", {}, service(it.service)),
      h("td", {}, verb(it)),
      h("td", { class: "mono" }, it.node),
      h("td", { class: "number" }, it.count),
      h("td", { class: "number" }, it.errors ? h("span", { class: "tag bad" }, it.errors) : ""),
      h("td", { class: "number" }, duration(it.mean_ms)))));
}

/** @param {TrafficRow} row */
function verb(row) {
  if (row.kind === "server") return "answers";
  if (row.kind === "producer") return "publishes";
  if (row.kind === "consumer") return "handles";
  if (row.kind === "internal") return "runs";
  return row.node.startsWith("database:") ? "queries" : "calls";
}

/** @param {GraphNode} it */
function node(it) {
  return h("div", { class: "stack" },
    h("div", {}, h("span", { class: "tag" }, it.kind), " ", h("b", {}, it.name)),
    it.doc ? h("p", {}, it.doc) : null,
    facts([
      ["service", it.service ? service(it.service) : "shared"],
      ["declared at", h("span", { class: "mono" }, `${it.location.path}:${it.location.line}`)],
      ["method", it.properties.method ? `${it.properties.method} ${it.properties.path}` : null],
    ]));
}

/** @param {GraphNode[]} nodes */
function group(nodes) {
  return h("div", { class: "tags" }, ...nodes.filter((it) => it.kind !== "service").map((it) =>
    h("span", { class: "tag", title: it.doc ?? it.kind }, `${it.kind} ${it.name}`)));
}

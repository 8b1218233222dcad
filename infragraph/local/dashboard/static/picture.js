/** The diagram, built from data, with what flows over its arrows. */

import { get } from "./asking.js";
import { svg } from "./dom.js";

const SMALLEST = 0.72;

/**
 * @typedef {import("./types.js").TrafficRow} TrafficRow
 * @typedef {import("./types.js").Graph} Graph
 * @typedef {{from: string, to: string, count: number, errors: number}} Flow
 */

/**
 * @param {string} view
 * @param {(id: string) => void} chosen is told of the shape that somebody chooses
 * @returns {Promise<SVGElement>}
 */
export async function picture(view, chosen) {
  const drawn = build(await get("/api/picture", { view }));
  // Large pictures are scrolled, rather than made too small to read.
  const width = Number(drawn.getAttribute("width") ?? 0);
  drawn.style.minWidth = `${width * SMALLEST}px`;
  drawn.style.maxWidth = `${width}px`;
  for (const shape of drawn.querySelectorAll("[data-id]")) {
    const id = shape.getAttribute("data-id") ?? "";
    shape.setAttribute("tabindex", "0");
    shape.addEventListener("click", () => chosen(id));
    shape.addEventListener("keydown", (event) => {
      if (event instanceof KeyboardEvent && (event.key === "Enter" || event.key === " ")) {
        event.preventDefault();
        chosen(id);
      }
    });
  }
  return drawn;
}

/**
 * @param {any} node `[name, attributes, children]`, or a text
 * @returns {SVGElement}
 */
function build([name, attributes, children]) {
  return svg(name, attributes, ...children.map((/** @type {any} */ it) => (typeof it === "string" ? it : build(it))));
}

/**
 * What went from where to where, by ids of the graph.
 * @param {TrafficRow[]} rows
 * @returns {Flow[]}
 */
export function flows(rows) {
  /** @type {Flow[]} */
  const found = [];
  for (const { entry, service, node, kind, count, errors } of rows) {
    if (kind === "consumer") {
      const topic = `topic:${node.replace(/^subscription:/, "").split("/")[0]}`;
      found.push({ from: topic, to: node, count, errors });
    } else if (kind === "producer" || kind === "client") {
      found.push({ from: entry || `service:${service}`, to: node, count, errors });
    }
  }
  return found;
}

/**
 * Marks the arrows over which something went.
 * @param {SVGElement} drawn
 * @param {Graph} graph
 * @param {Flow[]} flowing
 */
export function mark(drawn, graph, flowing) {
  const place = places(drawn, graph);
  /** @type {Map<string, {count: number, errors: number}>} */
  const sums = new Map();
  for (const { from, to, count, errors } of flowing) {
    const key = `${place(from)} ${place(to)}`;
    const before = sums.get(key) ?? { count: 0, errors: 0 };
    sums.set(key, { count: before.count + count, errors: before.errors + errors });
  }
  for (const arrow of drawn.querySelectorAll(".arrow[data-source]")) {
    const key = `${arrow.getAttribute("data-source")} ${arrow.getAttribute("data-target")}`;
    const back = `${arrow.getAttribute("data-target")} ${arrow.getAttribute("data-source")}`;
    const sum = sums.get(key) ?? (isOfStore(arrow) ? sums.get(back) : undefined);
    arrow.classList.toggle("is-busy", sum !== undefined);
    arrow.classList.toggle("is-failing", sum !== undefined && sum.errors > 0);
    label(arrow, sum ? `${sum.count}×` : "");
  }
}

/**
 * What is read flows towards whoever reads it, and is asked for the other way.
 * @param {Element} arrow
 */
function isOfStore(arrow) {
  return /^(database|bucket):/.test(arrow.getAttribute("data-source") ?? "");
}

/**
 * Where in the picture something of the graph is: itself, or what stands for it.
 * @param {SVGElement} drawn
 * @param {Graph} graph
 * @returns {(id: string) => string}
 */
export function places(drawn, graph) {
  const ids = new Set([...drawn.querySelectorAll("[data-id], [data-source]")].flatMap((it) => [
    it.getAttribute("data-id") ?? it.getAttribute("data-source") ?? "",
    it.getAttribute("data-target") ?? "",
  ]));
  const services = new Map(graph.nodes.map((node) => [node.id, node.service]));
  return (id) => {
    if (ids.has(id)) return id;
    const owner = id.startsWith("service:") ? id.slice(8) : services.get(id);
    return owner ? `group:${owner}` : "shared";
  };
}

/** What an arrow says by itself. */
const said = new WeakMap();

/**
 * @param {Element} arrow
 * @param {string} text
 */
function label(arrow, text) {
  let place = arrow.querySelector(".label");
  const line = arrow.querySelector("path.line");
  if (!place && text && line instanceof SVGGeometryElement) {
    const middle = line.getPointAtLength(line.getTotalLength() / 2);
    place = svg("text", { class: "label centred", x: String(middle.x), y: String(middle.y + 4) });
    arrow.append(place);
  }
  if (!place) return;
  if (!said.has(place)) said.set(place, place.textContent);
  place.textContent = [said.get(place), text].filter(Boolean).join(" · ");
}

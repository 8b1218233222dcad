/** What the analyzer found in the last state of the source. */

import { h } from "../dom.js";
import { empty, facts } from "../showing.js";

const TONES = new Map([["error", "bad"], ["warning", "warn"]]);

/** @type {import("../types.js").MakePage} */
export function page({ application }) {
  const { diagnostics, graph } = application;
  return {
    element: h("div", {},
      h("div", { class: "head" }, h("h1", {}, "Findings")),
      diagnostics.length
        ? h("div", { class: "stack" }, ...diagnostics.map(finding))
        : empty("Nothing was found.", "Each save is analyzed; an error is shown here, and the version before it goes on serving."),
      graph.unresolved.length
        ? [h("h2", {}, "What could not be resolved"), h("pre", { class: "code" }, JSON.stringify(graph.unresolved, null, 2))]
        : null),
  };
}

/** @param {any} it */
function finding(it) {
  const where = it.location;
  return h("section", { class: "panel" },
    h("div", {}, h("span", { class: `tag ${TONES.get(it.severity) ?? ""}` }, it.severity), " ", h("b", {}, it.message), " ", h("span", { class: "soft mono" }, it.code)),
    facts([
      ["at", where ? h("span", { class: "mono" }, `${where.path}:${where.line}:${where.column}`) : null],
      ["help", it.help],
      ["more", h("span", { class: "mono" }, `infragraph explain ${it.code}`)],
    ]));
}

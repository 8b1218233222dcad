/** What services print, the newest first. */

import { get } from "../asking.js";
import { h, put } from "../dom.js";
import { lines } from "../lines.js";
import { calmly, empty } from "../showing.js";

/** @type {import("../types.js").MakePage} */
export function page({ application }) {
  const found = h("div", {});
  const look = calmly(() => void refresh());
  const text = h("input", { type: "search", placeholder: "text of a line", "aria-label": "Find lines", oninput: look });
  const names = application.graph.nodes.filter((it) => it.kind === "service").map((it) => it.name);
  const from = h("select", { "aria-label": "Service", onchange: look }, h("option", { value: "" }, "every service"), ...["migrations", ...names].map((it) => h("option", {}, it)));
  const level = h("select", { "aria-label": "Level", onchange: look }, h("option", { value: "" }, "every level"), ...["debug", "info", "warning", "error"].map((it) => h("option", {}, it)));
  const holds = h("input", { type: "checkbox" });
  let before = "";

  async function refresh() {
    if (holds.checked) return;
    const rows = await get("/api/logs", { text: text.value, service: from.value, level: level.value });
    const now = JSON.stringify(rows);
    if (now === before) return;
    before = now;
    put(found, rows.length ? lines(rows, true) : empty("No line is like this."));
  }

  return {
    element: h("div", {},
      h("div", { class: "head" }, h("h1", {}, "Logs"), h("div", { class: "grow" }), text, from, level, h("label", { class: "check" }, holds, "hold still")),
      found),
    refresh,
  };
}

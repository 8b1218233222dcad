/** Log lines. */

import { h } from "./dom.js";
import { clock, service } from "./showing.js";

/** @typedef {import("./types.js").LogLine} LogLine */

const TONES = new Map([["error", "bad"], ["critical", "bad"], ["warning", "warn"]]);

/**
 * @param {LogLine[]} found
 * @param {boolean} leads whether a line leads to its trace
 * @returns {HTMLElement}
 */
export function lines(found, leads) {
  return h("div", { class: "scroll" }, ...found.map((it) => line(it, leads)));
}

/** @param {LogLine} it @param {boolean} leads */
function line(it, leads) {
  const { exception, ...others } = it.fields;
  delete others.logger;
  delete others.entry;
  const rest = Object.keys(others).length ? JSON.stringify(others) : "";
  return h("div", { class: "line-log" },
    h("span", { class: "soft small" }, clock(it.time_ns)),
    h("span", { class: "small" }, service(it.service)),
    h("span", {}, h("span", { class: `tag ${TONES.get(it.level) ?? ""}` }, it.level)),
    h("span", { class: "text" }, it.message, rest ? h("span", { class: "soft" }, ` ${rest}`) : null, " ",
      leads && it.trace_id ? h("a", { href: `#/traces/${encodeURIComponent(it.trace_id)}`, "data-key": `log ${it.id}` }, "trace") : null),
    exception ? h("details", {}, h("summary", { class: "small" }, "exception"), h("pre", { class: "code" }, String(exception))) : null);
}

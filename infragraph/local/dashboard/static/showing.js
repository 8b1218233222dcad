/** How things are shown: times, durations, sizes, services, outcomes. */

import { h } from "./dom.js";

/** @typedef {import("./dom.js").Child} Child */

/**
 * @param {number} ns since 1970
 * @returns {string}
 */
export function clock(ns) {
  const time = new Date(ns / 1e6);
  const hms = time.toLocaleTimeString("en-GB", { hour12: false });
  return `${hms}.${String(time.getMilliseconds()).padStart(3, "0")}`;
}

/**
 * @param {string} iso
 * @returns {string}
 */
export function moment(iso) {
  const time = new Date(iso);
  const day = time.toLocaleDateString("en-GB", { weekday: "short", day: "numeric", month: "short" });
  const isToday = new Date().toDateString() === time.toDateString();
  return `${isToday ? "" : `${day}, `}${time.toLocaleTimeString("en-GB", { hour12: false })}`;
}

/**
 * @param {number} ms
 * @returns {string}
 */
export function duration(ms) {
  if (ms < 1) return `${Math.round(ms * 1000)} µs`;
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(2)} s`;
  const seconds = Math.round(ms / 1000) % 60;
  if (ms < 3_600_000) return `${Math.floor(ms / 60_000)} min${seconds ? ` ${seconds} s` : ""}`;
  return `${Number((ms / 3_600_000).toFixed(1))} h`;
}

/**
 * @param {number} bytes
 * @returns {string}
 */
export function bytes(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1 << 20) return `${(bytes / 1024).toFixed(1)} KiB`;
  return `${(bytes / (1 << 20)).toFixed(1)} MiB`;
}

/** @type {string[]} */
let known = [];

/**
 * The services that there are: each gets a colour, as long as there are enough of them.
 * @param {string[]} names
 */
export function setServices(names) {
  known = [...names].sort();
}

/**
 * The colour of a service, the same on every page.
 * @param {string} name
 * @returns {string}
 */
export function tone(name) {
  const index = known.indexOf(name);
  return index < 0 ? "tone-other" : `tone-${index % 12}`;
}

/**
 * @param {string} name
 * @returns {HTMLElement}
 */
export function service(name) {
  return h("span", { class: "service" }, h("span", { class: `dot ${tone(name)}` }), name);
}

/**
 * @param {[string, Child | Child[]][]} pairs
 * @returns {HTMLElement}
 */
export function facts(pairs) {
  const kept = pairs.filter(([, value]) => value !== null && value !== undefined && value !== "");
  return h("dl", { class: "facts" }, ...kept.flatMap(([name, it]) => [h("dt", {}, name), h("dd", {}, it)]));
}

/**
 * @param {string} text
 * @param {...string} more
 * @returns {HTMLElement}
 */
export function empty(text, ...more) {
  return h("div", { class: "empty" }, h("p", {}, text), ...more.map((it) => h("p", { class: "small" }, it)));
}

/**
 * A table; a cell of a column that begins with `#` is a number.
 * @param {string[]} columns
 * @param {(HTMLTableRowElement | null)[]} rows
 * @returns {HTMLElement}
 */
export function table(columns, rows) {
  const heads = columns.map((it) =>
    h("th", { scope: "col", class: it.startsWith("#") ? "number" : "" }, it.replace(/^#/, "")),
  );
  const body = h("tbody", {}, ...rows);
  return h("div", { class: "scroll" }, h("table", {}, h("thead", {}, h("tr", {}, ...heads)), body));
}

/**
 * Calls the function once, a little after the last of several calls.
 * @param {() => void} act
 * @param {number} [ms]
 * @returns {() => void}
 */
export function calmly(act, ms = 250) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  return () => {
    clearTimeout(waiting);
    waiting = setTimeout(act, ms);
  };
}

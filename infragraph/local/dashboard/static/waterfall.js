/** The spans of one trace over time; where nothing happens for long, time is drawn short. */

import { h } from "./dom.js";
import { clock, duration, facts, tone } from "./showing.js";

/** @typedef {import("./types.js").Span} Span */
/** @typedef {{from: number, to: number, left: number, right: number, isGap: boolean}} Stretch */

const GAP_WIDTH = 0.035;
const LONG = 0.2;

/**
 * @param {Span[]} spans
 * @param {Set<string>} opened the ids of those whose details are shown
 * @returns {HTMLElement}
 */
export function waterfall(spans, opened) {
  const stretches = stretched(spans);
  const fall = h("div", { class: "fall" }, axis(stretches));
  for (const { span, depth } of ordered(spans)) {
    const more = h("div", { class: "more", hidden: !opened.has(span.span_id) });
    const row = h("button", {
      class: "span", "aria-expanded": String(opened.has(span.span_id)), "data-key": span.span_id,
      onclick: () => toggle(span, row, more, opened),
    }, label(span, depth), track(span, stretches), h("span", { class: "took" }, duration((span.end_ns - span.start_ns) / 1e6)));
    if (opened.has(span.span_id)) more.append(details(span));
    fall.append(row, more);
  }
  return fall;
}

/**
 * @param {Span} span
 * @param {HTMLElement} row
 * @param {HTMLElement} more
 * @param {Set<string>} opened
 */
function toggle(span, row, more, opened) {
  const isOpen = more.hidden;
  if (isOpen) opened.add(span.span_id);
  else opened.delete(span.span_id);
  more.hidden = !isOpen;
  row.setAttribute("aria-expanded", String(isOpen));
  more.replaceChildren(...(isOpen ? [details(span)] : []));
}

/**
 * Each below its parent, in the order of their times; what has no parent here stands by itself.
 * @param {Span[]} spans
 * @returns {{span: Span, depth: number}[]}
 */
function ordered(spans) {
  const known = new Set(spans.map((it) => it.span_id));
  /** @type {Map<string, Span[]>} */
  const below = new Map();
  for (const span of spans) {
    const parent = span.parent_id && known.has(span.parent_id) && span.parent_id !== span.span_id ? span.parent_id : "";
    below.set(parent, [...(below.get(parent) ?? []), span]);
  }
  /** @type {{span: Span, depth: number}[]} */
  const found = [];
  const seen = new Set();
  const waiting = (below.get("") ?? []).map((span) => ({ span, depth: 0 })).reverse();
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { span, depth } = next;
    if (seen.has(span.span_id)) continue;
    seen.add(span.span_id);
    found.push(next);
    for (const child of [...(below.get(span.span_id) ?? [])].reverse()) waiting.push({ span: child, depth: depth + 1 });
  }
  // Spans that are each other's parents are hostile, and are shown all the same.
  for (const span of spans) if (!seen.has(span.span_id)) found.push({ span, depth: 0 });
  return found;
}

/**
 * The stretches of time in which something happens, and the gaps between them.
 * @param {Span[]} spans
 * @returns {Stretch[]}
 */
function stretched(spans) {
  const sorted = [...spans].sort((a, b) => a.start_ns - b.start_ns);
  /** @type {{from: number, to: number}[]} */
  const busy = [];
  for (const { start_ns: from, end_ns: to } of sorted) {
    const last = busy.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else busy.push({ from, to: Math.max(to, from + 1) });
  }
  const total = busy.reduce((sum, it) => sum + it.to - it.from, 0);
  /** @type {{from: number, to: number}[]} */
  const joined = [];
  for (const it of busy) {
    const last = joined.at(-1);
    if (last && it.from - last.to <= total * LONG) last.to = it.to;
    else joined.push({ ...it });
  }
  const gaps = joined.length - 1;
  const width = gaps > 0 ? Math.min(GAP_WIDTH, 0.3 / gaps) : 0;
  const length = joined.reduce((sum, it) => sum + it.to - it.from, 0);
  /** @type {Stretch[]} */
  const found = [];
  let left = 0;
  joined.forEach((it, index) => {
    const before = joined[index - 1];
    if (before) {
      found.push({ from: before.to, to: it.from, left, right: left + width, isGap: true });
      left += width;
    }
    const share = ((it.to - it.from) / length) * (1 - width * gaps);
    found.push({ ...it, left, right: left + share, isGap: false });
    left += share;
  });
  return found;
}

/**
 * @param {Stretch[]} stretches
 * @param {number} time
 */
function place(stretches, time) {
  const it = stretches.find((one) => time <= one.to) ?? stretches.at(-1);
  if (!it) return 0;
  const share = (time - it.from) / (it.to - it.from);
  return it.left + Math.min(1, Math.max(0, share)) * (it.right - it.left);
}

/** @param {Stretch[]} stretches */
function axis(stretches) {
  const start = stretches[0]?.from ?? 0;
  let last = -1;
  const ticks = stretches.filter((it) => !it.isGap).flatMap((it) => {
    if (it.left - last < 0.09 && last >= 0) return [];
    last = it.left;
    const tick = h("span", {}, it.from === start ? "0" : `+${duration((it.from - start) / 1e6)}`);
    tick.style.left = `${it.left * 100}%`;
    return [tick];
  });
  return h("div", { class: "axis" }, h("span", {}, "span"), h("div", { class: "ticks" }, ...ticks), h("span", { class: "took" }, "took"));
}

/** @param {Span} span @param {number} depth */
function label(span, depth) {
  const attempt = span.attributes["infragraph.attempt"];
  const it = h("span", { class: "label" },
    h("span", { class: `dot ${tone(span.service)}` }),
    h("span", { class: "what" }, span.name),
    attempt > 1 ? h("span", { class: "tag" }, `attempt ${attempt}`) : null,
    span.is_error ? h("span", { class: "tag bad" }, "failed") : null,
    h("span", { class: "who" }, span.service));
  it.style.paddingLeft = `${12 + Math.min(depth, 12) * 14}px`;
  return it;
}

/** @param {Span} span @param {Stretch[]} stretches */
function track(span, stretches) {
  const bar = h("span", { class: `bar ${tone(span.service)}${span.is_error ? " bad" : ""}` });
  const left = place(stretches, span.start_ns);
  bar.style.left = `${left * 100}%`;
  bar.style.width = `${Math.max(0, place(stretches, span.end_ns) - left) * 100}%`;
  const gaps = stretches.filter((it) => it.isGap).map((it) => {
    const gap = h("span", { class: "gap", title: `nothing for ${duration((it.to - it.from) / 1e6)}` });
    gap.style.left = `${it.left * 100}%`;
    gap.style.width = `${(it.right - it.left) * 100}%`;
    return gap;
  });
  return h("span", { class: "track" }, ...gaps, bar);
}

/** @param {Span} span */
function details(span) {
  const attributes = Object.entries(span.attributes).map(([name, value]) =>
    /** @type {[string, any]} */ ([name, typeof value === "string" ? value : JSON.stringify(value)]));
  const links = span.links.filter((it) => it.span_id !== span.parent_id);
  return h("div", { class: "stack" },
    span.message ? h("p", {}, h("span", { class: "tag bad" }, "failed"), " ", span.message) : null,
    facts([["kind", span.kind], ["began", clock(span.start_ns)], ["span id", span.span_id], ...attributes,
      ["linked to", links.length ? h("span", {}, ...links.map((it) => h("a", { href: `#/traces/${it.trace_id}` }, `${it.trace_id} `))) : null]]),
    ...span.events.map((event) => h("div", {},
      h("h3", {}, `${event.name} at ${clock(event.time_ns)}`),
      event.attributes["exception.stacktrace"]
        ? h("pre", { class: "code" }, String(event.attributes["exception.stacktrace"]))
        : h("pre", { class: "code" }, JSON.stringify(event.attributes, null, 2)))));
}

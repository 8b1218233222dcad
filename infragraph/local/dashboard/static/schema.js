/** A form made from a JSON Schema; what it holds is read as JSON. */

import { h } from "./dom.js";

/**
 * @typedef {import("./types.js").Schema} Schema
 * @typedef {{element: HTMLElement, read: () => unknown}} Field `read` gives undefined where nothing is meant
 * @typedef {Record<string, Schema>} Payloads
 */

const DEEPEST = 6;

/**
 * @param {Schema} schema
 * @param {Payloads} payloads
 * @param {string} label
 * @param {number} [depth]
 * @returns {Field}
 */
export function field(schema, payloads, label, depth = 0) {
  const it = resolved(schema, payloads);
  if (depth > DEEPEST) return raw(label, it);
  const options = it.anyOf ?? it.oneOf;
  if (options) return alternatives(options, it, payloads, label, depth);
  if (it.enum) return choice(it.enum, it, label);
  if (it.const !== undefined) return { element: h("code", {}, JSON.stringify(it.const)), read: () => it.const };
  switch (it.type) {
    case "object": return it.properties ? fields(it, payloads, label, depth) : raw(label, it);
    case "array": return it.items ? items(it, payloads, label, depth) : raw(label, it);
    case "boolean": return switched(it, label);
    case "integer":
    case "number": return number(it, label);
    case "string": return text(it, label);
    case "null": return { element: h("code", {}, "null"), read: () => null };
    default: return raw(label, it);
  }
}

/**
 * What a schema stands for.
 * @param {Schema} schema
 * @param {Payloads} payloads
 * @returns {Schema}
 */
export function resolved(schema, payloads) {
  let it = schema;
  for (let step = 0; it.$ref && step < 20; step += 1) {
    it = payloads[it.$ref.replace("#/payloads/", "")] ?? {};
  }
  return it;
}

/**
 * The name by which a schema is known, such as the type of a message.
 * @param {Schema} schema
 */
export function nameOf(schema) {
  return (schema.$ref ?? "").replace("#/payloads/", "");
}

/** @param {Schema} schema @param {Payloads} payloads @param {string} label @param {number} depth @returns {Field} */
function fields(schema, payloads, label, depth) {
  const required = new Set(schema.required ?? []);
  /** @type {[string, Field][]} */
  const made = Object.entries(schema.properties ?? {}).map(([name, it]) => [name, field(it, payloads, name, depth + 1)]);
  const rows = made.map(([name, it]) => row(name, it.element, required.has(name)));
  const inner = h("div", { class: "fields" }, ...(rows.length ? rows : [h("span", { class: "soft" }, "no fields")]));
  return {
    element: depth === 0 ? inner : h("fieldset", { "aria-label": label }, inner),
    read: () => {
      /** @type {Record<string, unknown>} */
      const found = {};
      for (const [name, it] of made) {
        const value = it.read();
        if (value !== undefined) found[name] = value;
      }
      return found;
    },
  };
}

/**
 * A name beside what it names.
 * @param {string} name
 * @param {HTMLElement} element
 * @param {boolean} isRequired
 * @param {string} [note]
 */
export function row(name, element, isRequired, note = "") {
  const title = h("span", { class: "name" }, name, isRequired ? "" : h("span", { class: "soft small" }, " optional"), note ? h("span", { class: "soft small" }, ` ${note}`) : null);
  return h("div", { class: "field" }, title, element);
}

/** @param {Schema} schema @param {Payloads} payloads @param {string} label @param {number} depth @returns {Field} */
function items(schema, payloads, label, depth) {
  const list = h("div", { class: "fields" });
  /** @type {Field[]} */
  let made = [];
  const add = () => {
    const one = field(/** @type {Schema} */ (schema.items), payloads, label, depth + 1);
    const holder = h("div", { class: "with" }, one.element, h("button", {
      class: "quiet bad", type: "button", onclick: () => {
        made = made.filter((it) => it !== one);
        holder.remove();
      },
    }, "remove"));
    made.push(one);
    list.append(holder);
  };
  return {
    element: h("div", { class: "fields" }, list, h("div", {}, h("button", { type: "button", onclick: add }, `Add to ${label}`))),
    read: () => (made.length || schema.default === undefined ? made.map((it) => it.read()).filter((it) => it !== undefined) : undefined),
  };
}

/** @param {Schema[]} options @param {Schema} schema @param {Payloads} payloads @param {string} label @param {number} depth @returns {Field} */
function alternatives(options, schema, payloads, label, depth) {
  const names = options.map((it, index) => nameOf(it).split(".").at(-1) || it.type || it.format || `form ${index + 1}`);
  const select = h("select", { "aria-label": `form of ${label}` }, ...names.map((it, index) => h("option", { value: index }, it === "null" ? "nothing" : it)));
  const nothing = options.findIndex((it) => it.type === "null");
  if (nothing >= 0) select.value = String(nothing);
  const place = h("div", { class: "fields" });
  /** @type {Field | undefined} */
  let inner;
  const change = () => {
    const option = options[Number(select.value)];
    inner = option && option.type !== "null" ? field(option, payloads, label, depth + 1) : undefined;
    place.replaceChildren(...(inner ? [inner.element] : []));
  };
  select.addEventListener("change", change);
  change();
  return {
    element: h("div", { class: "fields" }, h("div", {}, select), place),
    read: () => (inner ? inner.read() : schema.default === undefined ? null : undefined),
  };
}

/** @param {unknown[]} values @param {Schema} schema @param {string} label @returns {Field} */
function choice(values, schema, label) {
  const select = h("select", { "aria-label": label }, ...values.map((it, index) => h("option", { value: index }, String(it))));
  const start = values.indexOf(schema.default);
  if (start >= 0) select.value = String(start);
  return { element: select, read: () => values[Number(select.value)] };
}

/** @param {Schema} schema @param {string} label @returns {Field} */
function switched(schema, label) {
  const box = h("input", { type: "checkbox", "aria-label": label });
  box.checked = schema.default === true;
  return { element: h("label", { class: "check" }, box, h("span", { class: "soft small" }, "yes")), read: () => box.checked };
}

/** @param {Schema} schema @param {string} label @returns {Field} */
function number(schema, label) {
  const step = schema.type === "integer" ? "1" : "any";
  const input = h("input", { type: "number", step, "aria-label": label, min: schema.minimum, max: schema.maximum, placeholder: schema.default === undefined ? "" : String(schema.default) });
  return { element: input, read: () => (input.value === "" ? undefined : Number(input.value)) };
}

/** @param {Schema} schema @param {string} label @returns {Field} */
function text(schema, label) {
  const kinds = new Map([["date", "date"], ["email", "email"], ["uri", "url"], ["time", "time"]]);
  const input = h("input", {
    type: kinds.get(schema.format ?? "") ?? "text", "aria-label": label, maxlength: schema.maxLength,
    placeholder: schema.default == null ? (schema.format === "date-time" ? "2026-01-31T12:00:00Z" : "") : String(schema.default),
  });
  const fill = schema.format === "uuid" ? () => crypto.randomUUID() : schema.format === "date-time" ? () => new Date().toISOString() : null;
  const button = fill ? h("button", { type: "button", onclick: () => { input.value = fill(); } }, schema.format === "uuid" ? "new" : "now") : null;
  return {
    element: h("div", { class: "with" }, input, button),
    // An empty text is meant where one is demanded, and nothing where there is a default.
    read: () => (input.value === "" && (schema.default !== undefined || schema.format) ? undefined : input.value),
  };
}

/** @param {string} label @param {Schema} schema @returns {Field} */
function raw(label, schema) {
  const area = h("textarea", { rows: 3, "aria-label": `${label}, as JSON`, placeholder: "JSON", spellcheck: "false" });
  return {
    element: area,
    read: () => {
      if (area.value.trim() === "") return schema.type === "object" && schema.default === undefined ? {} : undefined;
      try {
        return JSON.parse(area.value);
      } catch (error) {
        throw new Error(`${label} is no JSON: ${error instanceof Error ? error.message : error}`);
      }
    },
  };
}

/** A JSON body, written in a form or as text. */

import { h } from "./dom.js";
import { field, nameOf } from "./schema.js";
import { tell } from "./telling.js";

/**
 * @typedef {import("./types.js").Schema} Schema
 * @typedef {{element: HTMLElement, read: () => string, type: () => string}} Body
 */

/**
 * @param {Schema} schema
 * @param {Record<string, Schema>} payloads
 * @returns {Body} `type` is the name of what is written: of the one chosen, where there are several
 */
export function body(schema, payloads) {
  const members = (schema.anyOf ?? []).filter((it) => it.$ref);
  const member = h("select", { "aria-label": "Type" }, ...members.map((it, index) => h("option", { value: index }, nameOf(it).split(".").at(-1) ?? "")));
  const place = h("div", {});
  const area = h("textarea", { rows: 10, "aria-label": "Body, as JSON", spellcheck: "false", hidden: true });
  const other = h("button", { type: "button", class: "quiet", onclick: swap }, "Write JSON");
  const chosen = () => (members.length > 1 ? members[Number(member.value)] ?? schema : schema);
  let form = field(chosen(), payloads, "body");
  place.append(form.element);
  member.addEventListener("change", () => {
    form = field(chosen(), payloads, "body");
    place.replaceChildren(form.element);
    if (!area.hidden) area.value = JSON.stringify(form.read() ?? null, null, 2);
  });

  function swap() {
    if (area.hidden) {
      try {
        area.value = JSON.stringify(form.read() ?? null, null, 2);
      } catch (error) {
        tell(String(error), true);
        return;
      }
    }
    area.hidden = !area.hidden;
    place.hidden = !area.hidden;
    other.textContent = area.hidden ? "Write JSON" : "Fill in the form";
  }

  return {
    element: h("div", { class: "stack" }, members.length > 1 ? member : null, place, area, h("div", {}, other)),
    read: () => (area.hidden ? JSON.stringify(form.read() ?? null) : area.value),
    type: () => nameOf(chosen()),
  };
}

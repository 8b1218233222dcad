/** What an auth endpoint is asked with: the application alone knows where it looks for it. */

import { h } from "./dom.js";

/** @typedef {{place: string, name: string, value: string}} Credential */

/** What was typed last, for the other endpoints as well. */
/** @type {Credential[]} */
let typed = [{ place: "header", name: "authorization", value: "" }];

/**
 * @returns {{element: HTMLElement, add: (asked: Record<string, Record<string, unknown>>) => void}}
 */
export function credentials() {
  const rows = h("div", { class: "fields" });
  const element = h("div", { class: "stack" }, h("div", {}, h("b", {}, "Who is asking")), rows,
    h("div", {}, h("button", { type: "button", class: "quiet", onclick: () => { typed = [...typed, { place: "header", name: "", value: "" }]; show(); } }, "Add another")));

  function show() {
    rows.replaceChildren(...typed.map(row));
  }

  /** @param {Credential} it */
  function row(it) {
    const place = h("select", { "aria-label": "Where", onchange: () => { it.place = place.value; } }, ...["header", "query", "cookie"].map((one) => h("option", { value: one }, one)));
    place.value = it.place;
    const name = h("input", { "aria-label": "Name", placeholder: "name", value: it.name, oninput: () => { it.name = name.value.trim(); } });
    const value = h("input", { "aria-label": `Value of ${it.name || "the credential"}`, placeholder: it.name === "authorization" ? "Bearer …" : "value", value: it.value, oninput: () => { it.value = value.value; } });
    const remove = h("button", { type: "button", class: "quiet bad", onclick: () => { typed = typed.filter((one) => one !== it); show(); } }, "remove");
    return h("div", { class: "credential" }, place, name, value, remove);
  }

  show();
  return {
    element,
    add: (asked) => {
      for (const { place, name, value } of typed) {
        const found = asked[place];
        if (name && value && found) found[name] = value;
      }
    },
  };
}

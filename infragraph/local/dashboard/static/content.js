/** What a message or an answer holds, as text. */

import { h } from "./dom.js";
import { bytes } from "./showing.js";

/**
 * @param {{body: string, encoding: string, bytes?: number, is_cut?: boolean}} it
 * @returns {HTMLElement}
 */
export function content(it) {
  if (it.bytes === 0) return h("p", { class: "soft" }, "It has no body.");
  const note = [
    it.encoding === "base64" ? "no text: its bytes are shown in base64" : "",
    it.is_cut ? `cut, of ${bytes(it.bytes ?? 0)}` : "",
  ].filter(Boolean).join("; ");
  return h("div", {}, h("pre", { class: "code", tabindex: "0" }, it.body), note ? h("p", { class: "soft small" }, note) : null);
}

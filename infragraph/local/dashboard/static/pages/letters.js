/** Dead letters: why each was given up, and another try. */

import { get, post } from "../asking.js";
import { content } from "../content.js";
import { h, put } from "../dom.js";
import { empty, facts, moment } from "../showing.js";
import { tell, trying } from "../telling.js";

/** @typedef {import("../types.js").Message & {reason: string, attempts: number}} Letter */

/** @type {import("../types.js").MakePage} */
export function page({ application, rest }) {
  const subscriptions = application.graph.nodes.filter((it) => it.kind === "subscription" && it.properties.dead_letter);
  const id = rest.join("/");
  const menu = h("div", { class: "list", role: "navigation", "aria-label": "Subscriptions" });
  const found = h("div", { class: "stack" });
  let before = "";
  if (!subscriptions.length) return { element: empty("No subscription keeps dead letters.") };

  async function refresh() {
    const topics = await get("/api/topics");
    const all = topics.flatMap((/** @type {any} */ it) => it.subscriptions).filter((/** @type {any} */ it) => it.dead_letter);
    put(menu, ...all.map((/** @type {any} */ it) =>
      h("a", { href: `#/letters/${it.id}`, "aria-current": it.id === id, "data-key": it.id },
        h("span", {}, it.name), it.letters ? h("span", { class: "tag bad" }, it.letters) : h("span", { class: "soft small" }, it.letters ?? ""))));
    // Whoever edits is left alone.
    if (found.querySelector("textarea")) return;
    const first = all.find((/** @type {any} */ it) => it.letters);
    if (!id && first) {
      location.replace(`#/letters/${first.id}`);
      return;
    }
    if (!id) {
      put(found, empty("There are no dead letters.", "A message that failed in its last attempt is kept here, with the reason."));
      return;
    }
    try {
      const rows = await get("/api/letters", { subscription: id });
      const now = JSON.stringify(rows);
      if (now === before) return;
      before = now;
      put(found, rows.length ? head(rows) : null, ...(rows.length ? rows.map(letter) : [empty("This subscription has no dead letters.")]));
    } catch (error) {
      put(found, empty("The dead letters cannot be shown.", error instanceof Error ? error.message : ""));
    }
  }

  /** @param {Letter[]} rows */
  function head(rows) {
    return h("div", { class: "actions" },
      h("span", { class: "soft" }, `${rows.length} dead letter${rows.length === 1 ? "" : "s"} of ${id.replace("subscription:", "")}`),
      h("div", { class: "grow" }),
      h("button", {
        onclick: () => void trying(async () => {
          for (const it of [...rows].reverse()) await post("/api/redrive", { subscription: id, sequence: it.sequence });
          tell(`Sent ${rows.length} again`);
          await refresh();
        }),
      }, "Send all again"));
  }

  /** @param {Letter} it */
  function letter(it) {
    const place = h("div", {});
    return h("section", { class: "panel stack" },
      h("div", {}, h("span", { class: "tag bad" }, `${it.attempts} attempt${it.attempts === 1 ? "" : "s"}`), " ", h("b", { class: "wide" }, it.reason)),
      facts([["message", h("span", { class: "mono" }, it.id)], ["published", moment(it.published_at)], ["type", it.type], ["ordering key", it.ordering_key],
        ["trace", it.trace_id ? h("a", { href: `#/traces/${encodeURIComponent(it.trace_id)}` }, it.trace_id) : null]]),
      h("details", {}, h("summary", { class: "small" }, "What it holds"), content(it)),
      place,
      h("div", { class: "actions" },
        h("button", { class: "main", onclick: () => void again(it, undefined) }, "Send again"),
        h("button", { onclick: () => void trying(() => edit(it, place)) }, "Edit and send again"),
        h("button", { class: "quiet bad", onclick: () => void discard(it) }, "Remove")));
  }

  /** @param {Letter} it @param {HTMLElement} place */
  async function edit(it, place) {
    const original = await get("/api/letters/original", { subscription: id, sequence: it.sequence });
    const area = h("textarea", { rows: 12, "aria-label": "The message, as JSON", spellcheck: "false" });
    area.value = pretty(original.body);
    put(place, area, h("div", { class: "actions" },
      h("button", { class: "main", onclick: () => void again(it, area.value) }, "Send this"),
      h("button", { onclick: () => put(place) }, "Cancel")));
    area.focus();
  }

  /** @param {Letter} it @param {string | undefined} body */
  function again(it, body) {
    return trying(async () => {
      await post("/api/redrive", { subscription: id, sequence: it.sequence, ...(body === undefined ? {} : { body }) });
      put(found);
      tell(`Sent ${it.id.slice(0, 12)} again, to this subscription alone`);
      await refresh();
    });
  }

  /** @param {Letter} it */
  function discard(it) {
    if (!confirm("Remove this dead letter for good?")) return undefined;
    return trying(async () => {
      await post("/api/discard", { subscription: id, sequence: it.sequence });
      await refresh();
    });
  }

  return {
    element: h("div", {}, h("div", { class: "head" }, h("h1", {}, "Dead letters")), h("div", { class: "split" }, menu, found)),
    refresh,
  };
}

/** @param {string} text */
function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

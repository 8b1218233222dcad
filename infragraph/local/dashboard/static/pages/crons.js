/** Cron jobs: when each runs next, how it went, and a run now. */

import { get, post } from "../asking.js";
import { h, put } from "../dom.js";
import { clock, duration, empty, facts, moment, service } from "../showing.js";
import { tell, trying } from "../telling.js";

/** @type {import("../types.js").MakePage} */
export function page() {
  const found = h("div", { class: "stack" });
  let before = "";

  async function refresh() {
    const rows = await get("/api/crons");
    const now = JSON.stringify(rows);
    if (now === before) return;
    before = now;
    put(found, ...(rows.length ? rows.map(cron) : [empty("The application has no cron.")]));
  }

  /** @param {any} it */
  function cron(it) {
    const { every, schedule, timezone } = it.properties;
    const button = h("button", {
      "data-key": `run ${it.name}`,
      onclick: () => void trying(async () => {
        button.disabled = true;
        try {
          const { fault } = await post("/api/trigger", { name: it.name });
          if (fault) tell(`${it.name}: ${fault}`, true);
          else tell(`${it.name} ran`);
        } finally {
          button.disabled = false;
        }
        await refresh();
      }),
    }, "Run now");
    return h("section", { class: "panel stack" },
      h("div", { class: "actions" }, h("b", {}, it.name), service(it.service), h("div", { class: "grow" }), button),
      it.doc ? h("p", {}, it.doc) : null,
      facts([
        ["schedule", schedule ? h("span", {}, h("code", {}, schedule), ` in ${timezone}`) : `every ${duration(every * 1000)}, from midnight UTC`],
        ["next", it.next.map(moment).join(" · ")],
        ["last", it.last.length ? h("div", { class: "tags" }, ...it.last.map(run)) : "it has not run yet"],
      ]));
  }

  return { element: h("div", {}, h("div", { class: "head" }, h("h1", {}, "Crons")), found), refresh };
}

/** @param {any} it */
function run(it) {
  const took = duration((it.end_ns - it.start_ns) / 1e6);
  return h("a", { href: `#/traces/${it.trace_id}`, title: it.message, class: `tag ${it.is_error ? "bad" : "good"}` }, `${clock(it.start_ns)} · ${took}`);
}

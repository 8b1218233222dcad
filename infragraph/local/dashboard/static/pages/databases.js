/** Databases: their tables, and a box for statements that read. */

import { get, post } from "../asking.js";
import { h, put } from "../dom.js";
import { bytes, empty, table } from "../showing.js";
import { trying } from "../telling.js";

/** What was typed last into each box. */
const typed = new Map();

/** @type {import("../types.js").MakePage} */
export function page({ application, rest }) {
  const databases = application.graph.nodes.filter((it) => it.kind === "database");
  const name = rest[0] || databases[0]?.name;
  if (!name) return { element: empty("The application has no database.") };
  const tables = h("div", { class: "stack" });
  const answer = h("div", { class: "stack" });
  const box = h("textarea", { rows: 4, "aria-label": "A statement that reads", placeholder: "select …", spellcheck: "false" });
  box.value = typed.get(name) ?? "";
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void ask();
  });

  function ask() {
    typed.set(name, box.value);
    return trying(async () => {
      try {
        put(answer, result(await post("/api/query", { database: name, sql: box.value })));
      } catch (error) {
        put(answer, h("p", {}, h("span", { class: "tag bad" }, "refused"), ` ${error instanceof Error ? error.message : error}`));
      }
    });
  }

  /** @param {any} it */
  function oneTable(it) {
    const full = it.schema === "public" ? quoted(it.name) : `${quoted(it.schema)}.${quoted(it.name)}`;
    return h("details", { class: "panel" },
      h("summary", {}, it.schema === "public" ? it.name : `${it.schema}.${it.name}`, " ", h("span", { class: "soft small" }, bytes(it.bytes))),
      h("div", { class: "stack" },
        table(["column", "type", ""], it.columns.map((/** @type {any} */ column) => h("tr", {}, h("td", { class: "mono" }, column.name), h("td", { class: "mono soft" }, column.type), h("td", { class: "soft small" }, column.required ? "required" : "")))),
        h("div", {}, h("button", { onclick: () => { box.value = `select * from ${full} limit 100`; void ask(); } }, "Show rows"))));
  }

  void trying(async () => {
    const found = await get("/api/tables", { database: name });
    put(tables, ...(found.length ? found.map(oneTable) : [empty("This database has no table.")]));
  });

  return {
    element: h("div", {},
      h("div", { class: "head" }, h("h1", {}, "Databases")),
      h("div", { class: "split" },
        h("div", { class: "list", role: "navigation", "aria-label": "Databases" }, ...databases.map((it) =>
          h("a", { href: `#/databases/${encodeURIComponent(it.name)}`, "aria-current": it.name === name }, h("span", {}, it.name), h("span", { class: "soft small" }, it.service ?? "")))),
        h("div", { class: "stack" },
          h("div", {}, box, h("div", { class: "actions" }, h("button", { class: "main", onclick: () => void ask() }, "Ask"), h("span", { class: "soft small" }, "Ctrl+Enter · reads only, for five seconds at most, 500 rows"))),
          answer, h("h2", {}, "Tables"), tables))),
  };
}

/** @param {string} name */
function quoted(name) {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

/** @param {{columns: string[], rows: (string | null)[][], is_cut: boolean}} it */
function result(it) {
  if (!it.columns.length) return h("p", { class: "soft" }, "It gave no rows.");
  const rows = it.rows.map((row) => h("tr", { class: "row" }, ...row.map((cell) =>
    h("td", { class: "mono" }, cell === null ? h("span", { class: "soft" }, "null") : h("div", { class: "cell" }, cell)))));
  const count = `${it.rows.length}${it.is_cut ? " and more" : ""} row${it.rows.length === 1 ? "" : "s"}`;
  return h("div", { class: "stack" }, h("span", { class: "soft small" }, count), table(it.columns, rows));
}

/** The dashboard: a menu, the page that the address names, and news of the run. */

import { get, listen } from "./asking.js";
import { h, put } from "./dom.js";
import { calmly, empty, setServices } from "./showing.js";
import { trying } from "./telling.js";
import { page as api } from "./pages/api.js";
import { page as catalogue } from "./pages/catalogue.js";
import { page as crons } from "./pages/crons.js";
import { page as databases } from "./pages/databases.js";
import { page as findings } from "./pages/findings.js";
import { page as letters } from "./pages/letters.js";
import { page as logs } from "./pages/logs.js";
import { page as messages } from "./pages/messages.js";
import { page as overview } from "./pages/overview.js";
import { page as traces } from "./pages/traces.js";

/** @type {[string, string, import("./types.js").MakePage][]} */
const PAGES = [
  ["", "Live", overview],
  ["traces", "Traces", traces],
  ["messages", "Messages", messages],
  ["letters", "Dead letters", letters],
  ["api", "API", api],
  ["crons", "Crons", crons],
  ["databases", "Databases", databases],
  ["logs", "Logs", logs],
  ["catalogue", "Catalogue", catalogue],
  ["findings", "Findings", findings],
];

const menu = /** @type {HTMLElement} */ (document.getElementById("menu"));
const main = /** @type {HTMLElement} */ (document.getElementById("main"));

/** @type {import("./types.js").Application} */
let application;
/** @type {import("./types.js").Page | undefined} */
let shown;
let graph = "";
let isThere = true;

/** The parts of the address after its `#`, decoded. */
function parts() {
  return location.hash.replace(/^#\/?/, "").split("/").map(decoded);
}

/** @param {string} part */
function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function showMenu() {
  const [first] = parts();
  const links = PAGES.map(([path, title]) => {
    const mark = path === "findings" && application.diagnostics.length;
    return h(
      "a",
      { href: `#/${path}`, "aria-current": path === first ? "page" : null },
      title,
      mark ? h("span", { class: "tag warn" }, mark) : null,
    );
  });
  const notes = [h("div", { class: isThere ? "live" : "live away" }, isThere ? "running" : "the run has ended")];
  if (application.url) notes.push(h("div", { class: "mono" }, application.url));
  if (application.dropped) notes.push(h("div", {}, `${application.dropped} spans were dropped`));
  if (application.forwarded_to.length) notes.push(h("div", {}, "also sent to your collector"));
  if (application.not_forwarded) notes.push(h("div", {}, `${application.not_forwarded} requests it did not take`));
  put(menu, h("div", { class: "brand" }, mark(), h("span", {}, application.name)), ...links, h("div", { class: "state" }, ...notes));
}

function mark() {
  return h("img", { class: "mark", src: "/icon.svg", alt: "" });
}

function showPage() {
  setServices(application.graph.nodes.filter((it) => it.kind === "service").map((it) => it.name));
  const [first, ...rest] = parts();
  const found = PAGES.find(([path]) => path === first);
  document.title = `${found ? found[1] : "?"} · ${application.name}`;
  shown = found ? found[2]({ application, rest }) : { element: empty("There is no such page.") };
  put(main, shown.element);
  showMenu();
  bringUp();
}

function bringUp() {
  const refreshing = shown?.refresh;
  if (refreshing) void trying(async () => refreshing());
}

const refresh = calmly(bringUp, 150);

/** @param {{revision: number, graph: string, diagnostics: number}} state */
async function changed(state) {
  const key = `${state.graph} ${state.diagnostics}`;
  if (graph !== "" && graph !== key) {
    await trying(async () => {
      application = await get("/api/application");
    });
    showPage();
  }
  graph = key;
  refresh();
}

async function start() {
  await trying(async () => {
    application = await get("/api/application");
    showPage();
    addEventListener("hashchange", () => {
      showPage();
      main.focus();
      scrollTo(0, 0);
    });
    listen(
      (state) => void changed(state),
      (now) => {
        isThere = now;
        showMenu();
      },
    );
  });
}

void start();

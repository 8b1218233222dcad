"use strict";

// What the generator found out, and where it put everything. All text from it is set as text.
const data = JSON.parse(document.getElementById("data").textContent);
const byId = new Map(data.nodes.map((node) => [node.id, node]));
const element = (id) => document.getElementById(id);
const canvas = element("canvas");
const view = element("view");
const panel = element("panel");
const search = element("search");
const results = element("results");

// ---------------------------------------------------------------- making elements

function make(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children.filter((child) => child !== null));
  return made;
}

function draw(name, attributes = {}, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function button(text, act, attributes = {}) {
  const made = make("button", { type: "button", ...attributes }, text);
  made.addEventListener("click", act);
  return made;
}

// ---------------------------------------------------------------- the flow

const leaving = new Map();
const arriving = new Map();
data.edges.forEach((edge, number) => {
  for (const [index, end] of [[leaving, edge.source], [arriving, edge.target]]) {
    if (!index.has(end)) index.set(end, []);
    index.get(end).push(number);
  }
});

// Everything upstream and downstream of some nodes, with the edges on the way.
function reach(starts) {
  const nodes = new Set(starts);
  const edges = new Set();
  for (const [index, end] of [[leaving, "target"], [arriving, "source"]]) {
    const seen = new Set(starts);
    const waiting = [...starts];
    while (waiting.length) {
      for (const number of index.get(waiting.pop()) ?? []) {
        edges.add(number);
        const next = data.edges[number][end];
        if (seen.has(next)) continue;
        seen.add(next);
        nodes.add(next);
        waiting.push(next);
      }
    }
  }
  return { nodes, edges };
}

// A service stands for what it owns, and a container for what is in it.
function members(id) {
  const node = byId.get(id);
  if (node && node.kind !== "service") return [id];
  const group = node ? node.group : id;
  return data.nodes.filter((one) => one.id === id || one.group === group).map((one) => one.id);
}

// ---------------------------------------------------------------- what is drawn

const state = { open: "", chosen: null, drawn: null, kinds: new Set() };
let cards = new Map();
let groups = new Map();
let ways = [];

function words(lines) {
  return lines.map(([role, text, x, y, centred]) => {
    const made = draw("text", { x, y, class: centred ? `${role} centred` : role });
    made.textContent = text;
    return made;
  });
}

function titled(text) {
  const made = draw("title");
  made.textContent = text;
  return made;
}

function paint(name) {
  const sheet = data.sheets[name];
  cards = new Map();
  groups = new Map();
  ways = [];
  const parts = document.createDocumentFragment();
  for (const group of sheet.groups) {
    const titles = draw("g", { class: "titles" }, ...words(group.lines));
    const made = draw("g", { class: "group", "aria-label": group.title },
      titled(group.title), draw("path", { class: "container", d: group.path }), titles);
    titles.addEventListener("click", () => choose(group.node ?? group.id));
    groups.set(group.id, { ...group, made });
    parts.append(made);
  }
  for (const way of sheet.ways) {
    const made = draw("g", { class: ["arrow", ...way.marks].join(" "), role: "graphics-symbol",
      "aria-label": way.title }, titled(way.title), draw("path", { class: "hit", d: way.line }),
      draw("path", { class: "line", d: way.line }), draw("path", { class: "head", d: way.head }),
      ...words(way.lines));
    made.addEventListener("click", () => showEdges(way));
    ways.push({ ...way, made });
    parts.append(made);
  }
  for (const card of sheet.cards) {
    const classes = ["shape", `is-${card.kind}`];
    if (card.dashed) classes.push("dashed");
    if (card.centre) classes.push("centre");
    const made = draw("g", { class: classes.join(" "), role: "button", tabindex: "-1",
      "aria-label": card.title }, titled(card.title),
      draw("path", { class: "outline", d: card.path }),
      ...(card.strokes ?? []).map((d) => draw("path", { class: "stroke", d })),
      ...words(card.lines));
    made.addEventListener("click", () => choose(card.node ?? card.id));
    made.addEventListener("dblclick", () => { if (card.collapsed) go({ open: card.id }); });
    made.addEventListener("pointerenter", () => trace(card));
    made.addEventListener("pointerleave", () => trace(null));
    made.addEventListener("focus", () => {
      rove(card.id);
      // Not below a pressed button: what moves away then is not clicked.
      if (made.matches(":focus-visible")) bringIntoView(card.box);
    });
    cards.set(card.id, { ...card, made });
    parts.append(made);
  }
  view.replaceChildren(parts);
  state.drawn = name;
  const first = sheet.cards[0];
  if (first) rove(first.id);
  filter();
  fit();
}

// The shape that stands for a node here, or the container that does.
function standIn(id) {
  if (cards.has(id)) return cards.get(id);
  const node = byId.get(id);
  if (node && cards.has(node.group)) return cards.get(node.group);
  return groups.get(node ? node.group : id) ?? null;
}

// ---------------------------------------------------------------- highlighting

function idsOf(card) {
  if (card.collapsed) return members(card.node ?? card.id);
  return card.node ? members(card.node) : [card.id];
}

function light(ids) {
  canvas.classList.toggle("tracing", ids !== null);
  if (ids === null) return;
  const { nodes, edges } = reach(ids);
  const shown = new Set([...nodes].map((id) => standIn(id)?.id));
  for (const [id, card] of cards) {
    card.made.classList.toggle("on", shown.has(id) || (!card.collapsed && nodes.has(card.node)));
  }
  for (const way of ways) {
    const isOn = way.edges.length
      ? way.edges.some((number) => edges.has(number))
      : nodes.has(cards.get(way.source)?.node);
    way.made.classList.toggle("on", isOn);
  }
}

let tracing = 0;

// What is pointed at goes before what is chosen, which comes back afterwards.
function trace(card) {
  cancelAnimationFrame(tracing);
  tracing = requestAnimationFrame(() => {
    if (card) light(idsOf(card));
    else light(state.chosen ? members(state.chosen) : null);
  });
}

function mark() {
  for (const one of [...cards.values(), ...groups.values()]) {
    const id = one.node ?? one.id;
    const isChosen = state.chosen !== null && id === state.chosen && one.kind !== "dead-letter";
    one.made.classList.toggle("chosen", isChosen);
    if (one.kind) one.made.setAttribute("aria-pressed", String(isChosen));
  }
}

// ---------------------------------------------------------------- state and address

function go(change) {
  const next = { open: state.open, node: state.chosen, ...change };
  const written = new URLSearchParams();
  if (next.node) written.set("node", next.node);
  if (next.open) written.set("open", next.open);
  const hash = written.toString().replaceAll("+", "%20");
  if (hash !== location.hash.slice(1)) location.hash = hash;
  follow();
}

function choose(id) {
  const node = byId.get(id);
  go({ node: id, open: node && opened(node) !== null ? opened(node) : state.open });
}

// The sheet that has to be open for a node to be seen by itself, null where that one is.
function opened(node) {
  if (node.kind === "service" || cards.has(node.id)) return null;
  return data.sheets[node.group] ? node.group : null;
}

let followed = null;

function follow() {
  followed = location.hash;
  const asked = new URLSearchParams(location.hash.slice(1));
  const id = asked.get("node");
  const node = byId.get(id);
  let open = asked.get("open") ?? "";
  if (!Object.hasOwn(data.sheets, open)) open = "";
  if (node && !asked.has("open") && !data.sheets[""].cards.some((one) => one.id === id)
    && node.kind !== "service" && Object.hasOwn(data.sheets, node.group)) open = node.group;
  state.open = open;
  state.chosen = node || (id !== null && isContainer(id)) ? id : null;
  if (state.drawn !== open) paint(open);
  element("close").hidden = open === "";
  light(state.chosen ? members(state.chosen) : null);
  mark();
  show();
  const shown = state.chosen ? standIn(state.chosen) : null;
  if (shown) {
    if (shown.kind) rove(shown.id);
    bringIntoView(shown.box);
  }
}

function isContainer(id) {
  return data.nodes.some((node) => node.group === id);
}

// ---------------------------------------------------------------- the panel

function place(at) {
  const text = `${at.path}:${at.line}`;
  if (!(at.link ?? "").startsWith("https://")) return make("span", {}, text);
  return make("a", { href: at.link, target: "_blank", rel: "noopener noreferrer" }, text);
}

function kindOf(kind) {
  return data.kinds[kind] ?? kind;
}

function toNode(id) {
  const node = byId.get(id);
  const text = node ? `${kindOf(node.kind)} ${node.name}` : id;
  return node ? button(text, () => choose(id), { "data-to": id }) : make("span", {}, text);
}

function section(title, ...content) {
  return content.length ? [make("h3", {}, title), ...content] : [];
}

function list(items) {
  return items.length ? [make("ul", {}, ...items.map((item) => make("li", {}, ...item)))] : [];
}

function evidence(edge) {
  return edge.evidence.map((one) => make("p", { class: "via" }, place(one),
    one.stated ? " stated by hand" : "", one.via.length ? ` via ${one.via.join(" → ")}` : ""));
}

function connections(id) {
  const shown = (numbers, end) => list((numbers ?? []).map((number) => {
    const edge = data.edges[number];
    return [`${edge.relation} `, toNode(edge[end]), ...evidence(edge)];
  }));
  return [
    ...section("What comes in", ...shown(arriving.get(id), "source")),
    ...section("What goes out", ...shown(leaving.get(id), "target")),
  ];
}

const SCHEMAS = new Set(["payload", "request", "response", "parameters", "topic"]);

function text(value) {
  if (Array.isArray(value) && value.every((one) => typeof one !== "object")) return value.join(", ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function options(node) {
  const rows = [];
  for (const [name, value] of Object.entries(node.options)) {
    const isNothing = value === null || (Array.isArray(value) && value.length === 0);
    if (isNothing || (SCHEMAS.has(name) && typeof value === "object")) continue;
    rows.push(make("dt", {}, name.replaceAll("_", " ")), make("dd", {}, text(value)));
  }
  return rows.length ? section("Options", make("dl", {}, ...rows)) : [];
}

// A schema and all named ones that it leads to.
function schemas(node) {
  const found = [];
  const named = new Set();
  const look = (value) => {
    if (Array.isArray(value)) value.forEach(look);
    else if (value && typeof value === "object") {
      const reference = typeof value.$ref === "string" ? value.$ref : "";
      const name = reference.startsWith("#/payloads/") ? reference.slice("#/payloads/".length) : "";
      if (Object.hasOwn(data.payloads, name) && !named.has(name)) {
        named.add(name);
        look(data.payloads[name]);
      }
      Object.values(value).forEach(look);
    }
  };
  const topic = byId.get(`topic:${node.options.topic}`);
  const held = { ...(node.kind === "subscription" && topic ? topic.options : {}), ...node.options };
  for (const name of ["payload", "parameters", "request", "response"]) {
    const value = held[name];
    if (!value || (Array.isArray(value) && !value.length)) continue;
    look(value);
    found.push(make("p", { class: "aside" }, name), make("pre", {}, JSON.stringify(value, null, 2)));
  }
  for (const name of named) {
    found.push(make("p", { class: "aside" }, name),
      make("pre", {}, JSON.stringify(data.payloads[name], null, 2)));
  }
  return section("Payload schema", ...found);
}

function findings(numbers) {
  return section("Diagnostics", ...list(numbers.map((number) => {
    const one = data.findings[number];
    return [make("p", { class: one.severity }, `${one.severity} ${one.code}: ${one.message}`),
      one.help ? make("p", { class: "aside" }, one.help) : null, place(one.place)];
  })));
}

function about(node) {
  const owner = data.owners[node.service];
  const known = [node.service && node.kind !== "service" ? `of ${node.service}` : null,
    owner ? `owner ${owner}` : null].filter(Boolean).join(", ");
  return [make("p", { class: "aside" }, kindOf(node.kind)), make("h2", {}, node.name),
    known ? make("p", { class: "aside" }, known) : null,
    node.doc ? make("p", {}, node.doc) : null,
    make("p", {}, place(node.place)), make("p", { class: "via" }, node.symbol)];
}

function contents(id) {
  const inside = members(id).filter((one) => one !== id).map((one) => byId.get(one));
  return section("What it holds", ...list(inside.map((node) => [toNode(node.id)])));
}

function opener(id) {
  const group = byId.get(id)?.group ?? id;
  return data.sheets[group] && state.open !== group
    ? [button("Open", () => go({ open: group }), { class: "open" })] : [];
}

function legend() {
  const rows = data.legend.filter((one) => one.what !== "relation").map((one) => [
    make("span", { class: "aside" }, `${one.name.replaceAll("-", " ")}: `), one.text]);
  return [make("h2", {}, "Choose a shape to see all of it"),
    make("p", { class: "aside" }, "Drag and turn the wheel to move. / searches, arrow keys go from "
      + "shape to shape, Enter chooses, Escape lets go."),
    ...data.notes.map((note) => make("p", {}, note)),
    ...section("Legend", ...list(rows)),
    ...section("Not drawn", ...list(data.unresolved.map((one) => [
      make("p", {}, one.expression), make("p", { class: "aside" }, one.reason), place(one.place)])))];
}

function show() {
  const id = state.chosen;
  const node = byId.get(id);
  let content = legend();
  if (node) {
    content = [...about(node), ...(node.kind === "service" ? opener(id) : []), ...options(node),
      ...findings(node.findings), ...connections(id), ...schemas(node),
      ...(node.kind === "service" ? contents(id) : [])];
  } else if (id !== null) {
    content = [make("h2", {}, id), ...opener(id), ...contents(id)];
  }
  panel.replaceChildren(...content.filter((one) => one !== null));
  panel.scrollTop = 0;
}

function showEdges(way) {
  panel.replaceChildren(make("h2", {}, way.title), ...list(way.edges.map((number) => {
    const edge = data.edges[number];
    return [toNode(edge.source), ` ${edge.relation} `, toNode(edge.target), ...evidence(edge)];
  })));
  panel.scrollTop = 0;
}

// ---------------------------------------------------------------- filters

function filter() {
  const service = element("service").value;
  const team = element("team").value;
  const fits = (node) => state.kinds.has(node.kind)
    && (!service || node.service === service)
    && (!team || data.owners[node.service] === team);
  const inside = new Map();
  for (const node of data.nodes) {
    if (fits(node) && node.kind !== "service") inside.set(node.group, true);
  }
  for (const card of cards.values()) {
    const ofService = (!service || card.service === service) && (!team || card.owner === team);
    const isShown = card.collapsed
      ? inside.has(card.id) : ofService && state.kinds.has(card.kind);
    card.made.classList.toggle("off", !isShown);
    card.isOff = !isShown;
  }
  for (const way of ways) {
    const isOff = [way.source, way.target].some((end) => cards.get(end)?.isOff);
    way.made.classList.toggle("off", isOff);
  }
  const all = [...element("kinds").children];
  const isAll = all.every((one) => one.getAttribute("aria-pressed") === "true");
  element("reset").hidden = isAll && !service && !team;
}

function offer(select, names, all) {
  select.append(make("option", { value: "" }, all));
  for (const name of names) select.append(make("option", { value: name }, name));
  select.addEventListener("change", filter);
  select.parentElement.hidden = names.length === 0;
}

function prepareFilters() {
  const present = new Set(data.nodes.map((node) => node.kind));
  for (const sheet of Object.values(data.sheets)) {
    for (const card of sheet.cards) present.add(card.kind);
  }
  const ordered = [...Object.keys(data.kinds), ...[...present].sort()];
  for (const kind of new Set(ordered.filter((one) => present.has(one)))) {
    state.kinds.add(kind);
    const toggle = button(kind.replaceAll("-", " "), () => {
      const isShown = !state.kinds.has(kind);
      if (isShown) state.kinds.add(kind);
      else state.kinds.delete(kind);
      toggle.setAttribute("aria-pressed", String(isShown));
      filter();
    }, { "aria-pressed": "true", "data-kind": kind });
    element("kinds").append(toggle);
  }
  const services = new Set(data.nodes.map((node) => node.service).filter(Boolean));
  offer(element("service"), [...services].sort(), "all");
  offer(element("team"), [...new Set(Object.values(data.owners))].sort(), "all");
  element("reset").addEventListener("click", () => {
    for (const one of element("kinds").children) {
      one.setAttribute("aria-pressed", "true");
      state.kinds.add(one.dataset.kind);
    }
    element("service").value = "";
    element("team").value = "";
    filter();
  });
}

// ---------------------------------------------------------------- search

const SHOWN = 20;
let found = [];
let picked = -1;

function find() {
  const wanted = search.value.trim().toLowerCase();
  const rank = (node) => {
    const name = node.name.toLowerCase();
    if (name.startsWith(wanted)) return 0;
    if (name.includes(wanted)) return 1;
    return node.id.toLowerCase().includes(wanted) ? 2 : 3;
  };
  found = wanted === "" ? [] : data.nodes.map((node) => [rank(node), node])
    .filter(([order]) => order < 3).sort((one, other) => one[0] - other[0])
    .slice(0, SHOWN).map(([, node]) => node);
  results.replaceChildren(...found.map((node, number) => {
    const item = make("li", { role: "option", id: `found-${number}`, "data-id": node.id },
      `${node.name} `, make("span", { class: "aside" },
        [kindOf(node.kind), node.service].filter(Boolean).join(", ")));
    item.addEventListener("pointerdown", (event) => { event.preventDefault(); take(node); });
    return item;
  }));
  if (wanted !== "" && !found.length) {
    results.append(make("li", { class: "aside" }, "nothing is called so"));
  }
  results.hidden = wanted === "";
  search.setAttribute("aria-expanded", String(wanted !== ""));
  pick(found.length ? 0 : -1);
}

function pick(number) {
  picked = number;
  [...results.children].forEach((item, index) => {
    item.setAttribute("aria-selected", String(index === number));
    if (index === number) item.scrollIntoView({ block: "nearest" });
  });
  if (number < 0) search.removeAttribute("aria-activedescendant");
  else search.setAttribute("aria-activedescendant", `found-${number}`);
}

function leaveSearch() {
  search.value = "";
  find();
  search.blur();
}

function take(node) {
  leaveSearch();
  choose(node.id);
  standInFocus(node.id);
}

function standInFocus(id) {
  const shown = standIn(id);
  if (shown && shown.kind) shown.made.focus({ preventScroll: true });
}

search.addEventListener("input", find);
search.addEventListener("blur", () => { results.hidden = true; });
search.addEventListener("focus", () => { if (search.value.trim()) find(); });
search.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (found.length) {
      pick((picked + (event.key === "ArrowDown" ? 1 : found.length - 1)) % found.length);
    }
    event.preventDefault();
  } else if (event.key === "Enter" && found[picked]) {
    take(found[picked]);
    event.preventDefault();
  } else if (event.key === "Escape") {
    leaveSearch();
    event.stopPropagation();
  }
});

// ---------------------------------------------------------------- moving and zooming

const LEAST = 0.03;
const MOST = 4;
const sight = { x: 0, y: 0, k: 1 };

// Letters too small to read are not painted, which is most of the work.
const READABLE = 0.3;
const VISIBLE = 0.12;

function look() {
  canvas.classList.toggle("far", sight.k < READABLE);
  canvas.classList.toggle("farther", sight.k < VISIBLE);
  view.setAttribute("transform", `translate(${sight.x} ${sight.y}) scale(${sight.k})`);
}

function fit() {
  const sheet = data.sheets[state.drawn];
  const { width, height } = canvas.getBoundingClientRect();
  const k = Math.min((width - 40) / (sheet.width || 1), (height - 40) / (sheet.height || 1), 1.2);
  sight.k = Math.max(k, LEAST);
  sight.x = (width - sheet.width * sight.k) / 2;
  sight.y = (height - sheet.height * sight.k) / 2;
  look();
}

function zoom(factor, x, y) {
  const k = Math.min(MOST, Math.max(LEAST, sight.k * factor));
  sight.x = x - (x - sight.x) * (k / sight.k);
  sight.y = y - (y - sight.y) * (k / sight.k);
  sight.k = k;
  look();
}

function zoomMiddle(factor) {
  const { width, height } = canvas.getBoundingClientRect();
  zoom(factor, width / 2, height / 2);
}

// As little movement as shows a box, and no letters too small to read.
function bringIntoView([left, top, width, height]) {
  const seen = canvas.getBoundingClientRect();
  if (sight.k < 0.35) zoom(0.7 / sight.k, seen.width / 2, seen.height / 2);
  const margin = 30;
  const x = left * sight.k + sight.x;
  const y = top * sight.k + sight.y;
  const right = x + width * sight.k - (seen.width - margin);
  const bottom = y + height * sight.k - (seen.height - margin);
  if (x < margin) sight.x += margin - x;
  else if (right > 0) sight.x -= Math.min(right, x - margin);
  if (y < margin) sight.y += margin - y;
  else if (bottom > 0) sight.y -= Math.min(bottom, y - margin);
  look();
}

const held = new Map();
let dragged = false;

function at(event) {
  const { left, top } = canvas.getBoundingClientRect();
  return { x: event.clientX - left, y: event.clientY - top };
}

canvas.addEventListener("wheel", (event) => {
  const { x, y } = at(event);
  const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
  zoom(Math.exp(-event.deltaY * lines * (event.ctrlKey ? 0.01 : 0.0015)), x, y);
  event.preventDefault();
}, { passive: false });

canvas.addEventListener("pointerdown", (event) => {
  if (event.button !== 0) return;
  if (!held.size) dragged = false;
  held.set(event.pointerId, at(event));
});

window.addEventListener("pointermove", (event) => {
  const before = held.get(event.pointerId);
  if (!before) return;
  const now = at(event);
  if (held.size === 1) {
    if (!dragged && Math.hypot(now.x - before.x, now.y - before.y) < 4) return;
    dragged = true;
    canvas.classList.add("dragging");
    sight.x += now.x - before.x;
    sight.y += now.y - before.y;
    look();
  } else {
    dragged = true;
    const [other] = [...held].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
    const far = (point) => Math.max(1, Math.hypot(point.x - other.x, point.y - other.y));
    zoom(far(now) / far(before), other.x, other.y);
  }
  held.set(event.pointerId, now);
});

for (const name of ["pointerup", "pointercancel"]) {
  window.addEventListener(name, (event) => {
    held.delete(event.pointerId);
    canvas.classList.remove("dragging");
  });
}

// A drag that ends on a shape does not choose it; a click on nothing lets go.
canvas.addEventListener("click", (event) => {
  if (dragged) {
    event.stopPropagation();
    dragged = false;
  } else if (event.target === canvas || event.target.classList.contains("container")) {
    go({ node: null });
  }
}, true);

// ---------------------------------------------------------------- the keyboard

// One shape is in the order of Tab, the others are reached from it.
function rove(id) {
  for (const [other, card] of cards) card.made.setAttribute("tabindex", other === id ? "0" : "-1");
}

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function middle([left, top, width, height]) {
  return [left + width / 2, top + height / 2];
}

// The nearest shape that way; what lies aside counts as farther.
function beside(card, [dx, dy]) {
  const [x, y] = middle(card.box);
  let best = null;
  let least = Infinity;
  for (const other of cards.values()) {
    if (other.isOff || other.id === card.id) continue;
    const [ox, oy] = middle(other.box);
    const ahead = (ox - x) * dx + (oy - y) * dy;
    const aside = Math.abs((ox - x) * dy) + Math.abs((oy - y) * dx);
    if (ahead <= 1 || ahead + 2 * aside >= least) continue;
    least = ahead + 2 * aside;
    best = other;
  }
  return best;
}

canvas.addEventListener("keydown", (event) => {
  const card = [...cards.values()].find((one) => one.made === document.activeElement);
  if (!card || event.ctrlKey || event.metaKey || event.altKey) return;
  if (WAYS[event.key]) {
    beside(card, WAYS[event.key])?.made.focus({ preventScroll: true });
  } else if (event.key === "Enter" || event.key === " ") {
    const id = card.node ?? card.id;
    if (card.collapsed && state.chosen === id) go({ open: card.id });
    else choose(id);
    standInFocus(id);
  } else {
    return;
  }
  event.preventDefault();
});

document.addEventListener("keydown", (event) => {
  const isTyping = ["INPUT", "SELECT", "TEXTAREA"].includes(document.activeElement?.tagName);
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  const act = {
    "/": () => search.focus(),
    "+": () => zoomMiddle(1.3),
    "=": () => zoomMiddle(1.3),
    "-": () => zoomMiddle(1 / 1.3),
    0: fit,
    Escape: () => go(state.chosen === null ? { open: "" } : { node: null }),
  }[event.key];
  if (!act) return;
  act();
  event.preventDefault();
});

// ---------------------------------------------------------------- beginning

element("title").textContent = data.title;
element("closer").addEventListener("click", () => zoomMiddle(1.3));
element("farther").addEventListener("click", () => zoomMiddle(1 / 1.3));
element("fit").addEventListener("click", fit);
element("close").addEventListener("click", () => go({ open: "" }));
window.addEventListener("hashchange", () => { if (location.hash !== followed) follow(); });
window.addEventListener("resize", fit);
// Paper has another size than the window, so that the browser fits the picture into it.
window.addEventListener("beforeprint", () => {
  const { width, height } = data.sheets[state.drawn];
  canvas.setAttribute("viewBox", `-10 -10 ${width + 20} ${height + 20}`);
  canvas.classList.remove("far", "farther");
  view.removeAttribute("transform");
});
window.addEventListener("afterprint", () => {
  canvas.removeAttribute("viewBox");
  look();
});
prepareFilters();
follow();

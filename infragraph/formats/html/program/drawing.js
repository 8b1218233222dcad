// What is drawn: a sheet of cards, containers and ways.

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

function outline(shape) {
  return [draw("path", { class: "outline", d: shape.path }),
    ...(shape.strokes ?? []).map((d) => draw("path", { class: "stroke", d }))];
}

// What a kind or a line looks like, to stand beside words; null for words of a shape.
function sample({ kind, line }) {
  const shape = data.samples[kind];
  if (!shape && line === undefined) return null;
  const classes = shape ? [`is-${kind}`, ...(shape.dashed ? ["dashed"] : [])] : ["arrow", line];
  const parts = shape ? outline(shape)
    : [draw("path", { class: "line", d: "M1 10H28" }), draw("path", { class: "head", d: "M33 10L25 6.4L25 13.6Z" })];
  return draw("svg", { class: ["sample", ...classes].join(" ").trim(), viewBox: "0 0 34 20",
    "aria-hidden": "true" }, ...parts);
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
      ...outline(card), ...words(card.lines));
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

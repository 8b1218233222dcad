// The panel: what is chosen in all its parts, or how to choose.

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
  const { legend: entries } = data.sheets[state.drawn];
  const rows = entries.map((one) => [sample(one), one.text]);
  return [make("h2", {}, "Choose a shape to see all of it"),
    make("p", { class: "aside" }, "Drag and turn the wheel to move. / searches, arrow keys go from "
      + "shape to shape, Enter chooses, Escape lets go."),
    ...data.notes.map((note) => make("p", {}, note)),
    ...section("Legend", ...list(rows)),
    ...section("Not drawn", ...list(data.unresolved.map((one) => [
      make("p", {}, one.expression), make("p", { class: "aside" }, one.reason), place(one.place)]))),
    ...worst()];
}

// More would not be read here, and would make the panel slow.
const MOST_FINDINGS = 100;
const GRAVITY = ["error", "warning", "info"];

function worst() {
  const gravity = (number) => GRAVITY.indexOf(data.findings[number].severity);
  const all = [...data.findings.keys()].sort((one, other) => gravity(one) - gravity(other));
  const rest = all.length - MOST_FINDINGS;
  return [...findings(all.slice(0, MOST_FINDINGS)), ...(rest > 0
    ? [make("p", { class: "aside" }, `and ${rest} more, which 'infragraph analyze' lists`)] : [])];
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

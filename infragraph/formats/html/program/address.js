// What is open and chosen, as the address has it.

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

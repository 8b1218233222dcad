// All up and down the flow of what is pointed at or chosen.

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

// What keys do.

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

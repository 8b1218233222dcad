// Moving and zooming.

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

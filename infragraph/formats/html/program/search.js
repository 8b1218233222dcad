// Finding by name.

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

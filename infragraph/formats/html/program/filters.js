// What is shown, by kind, service and team.

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
    toggle.prepend(sample({ kind }));
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

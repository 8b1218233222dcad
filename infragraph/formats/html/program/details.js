// What there is to know of a node or an edge, part by part.

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

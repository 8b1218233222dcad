// What leads to what.

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

// Reads a JSON list of texts and prints, for each, what mermaid's own parser makes of it:
// {"error": …} or {"nodes": […], "edges": […], "groups": […]} with labels as a reader sees them.
import { readFileSync } from "node:fs";
import { JSDOM } from "jsdom";

const { window } = new JSDOM("<!doctype html>");
globalThis.window = window;
globalThis.document = window.document;
for (const name of ["Element", "HTMLElement", "Node", "DocumentFragment", "NodeFilter", "DOMParser"]) {
  globalThis[name] = window[name];
}
const { default: mermaid } = await import("mermaid");
mermaid.initialize({ startOnLoad: false, securityLevel: "strict" });

// What mermaid does to a label when it draws it: its own entities, then HTML's.
function shown(label) {
  const html = (label ?? "").replace(/ﬂ°°/g, "&#").replace(/ﬂ°/g, "&").replace(/¶ß/g, ";");
  const place = window.document.createElement("div");
  place.innerHTML = html;
  for (const line of place.querySelectorAll("br")) line.replaceWith("\n");
  if (place.querySelector("*")) throw new Error(`markup in a label: ${html}`);
  return place.textContent;
}

async function read(text) {
  try {
    await mermaid.parse(text);
    const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
    return {
      nodes: [...db.getVertices().values()].map((it) => ({
        id: it.id,
        label: shown(it.text),
        type: it.type ?? null,
        classes: it.classes,
      })),
      edges: db.getEdges().map((it) => ({
        source: it.start,
        target: it.end,
        label: shown(it.text),
        stroke: it.stroke,
      })),
      groups: db.getSubGraphs().map((it) => ({
        id: it.id,
        label: shown(it.title),
        nodes: [...it.nodes].sort(),
      })),
    };
  } catch (error) {
    return { error: String(error?.message ?? error) };
  }
}

const found = [];
for (const text of JSON.parse(readFileSync(0, "utf8"))) found.push(await read(text));
process.stdout.write(JSON.stringify(found));

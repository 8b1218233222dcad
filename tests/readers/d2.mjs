// Reads a JSON list of texts and prints, for each, what d2 makes of it: {"error": …} or
// {"shapes": […], "connections": […]}, compiled and laid out.
import { readFileSync } from "node:fs";
import { D2 } from "@terrastruct/d2";

const d2 = new D2();

async function read(text) {
  try {
    const { diagram } = await d2.compile(text);
    return {
      shapes: diagram.shapes.map((it) => ({
        id: it.id,
        label: it.label,
        type: it.type,
        classes: it.classes ?? [],
        link: it.link ?? "",
      })),
      connections: (diagram.connections ?? []).map((it) => ({
        source: it.src,
        target: it.dst,
        label: it.label,
      })),
    };
  } catch (error) {
    return { error: String(error?.message ?? error) };
  }
}

const found = [];
for (const text of JSON.parse(readFileSync(0, "utf8"))) found.push(await read(text));
process.stdout.write(JSON.stringify(found), () => process.exit(0));

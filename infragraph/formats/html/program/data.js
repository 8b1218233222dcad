"use strict";

// What the generator found out, and where it put everything. All text from it is set as text.
const data = JSON.parse(document.getElementById("data").textContent);
const byId = new Map(data.nodes.map((node) => [node.id, node]));
const element = (id) => document.getElementById(id);
const canvas = element("canvas");
const view = element("view");
const panel = element("panel");
const search = element("search");
const results = element("results");

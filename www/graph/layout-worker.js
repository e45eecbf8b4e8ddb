// Works out the places of a graph's boxes: each connected part by dagre, the parts packed below one another.

import { Graph, layout } from "@dagrejs/dagre";

import { connectedParts, pack } from "./parts.js";

const SPACING = { rankdir: "LR", nodesep: 24, edgesep: 8, ranksep: 72 };
/** Beyond so many boxes the best ranks and the best order take too long. */
const LARGE = 300;

// Answers with the corner of every box, and the bends of each link that has some: `[from, to, x1, y1, x2, …]`.
addEventListener("message", ({ data: { id, sizes, ends } }) => {
  const count = sizes.length / 2;
  const x = new Float64Array(count);
  const y = new Float64Array(count);
  const routes = [];
  const parts = connectedParts(count, ends).map((part) => arrangePart(part, sizes));
  for (const { part, left, top } of pack(parts)) {
    for (const [at, member] of part.members.entries()) {
      x[member] = left + part.x[at];
      y[member] = top + part.y[at];
    }
    for (const { from, to, bends } of part.routes)
      routes.push([from, to, ...bends.flatMap((bend) => [bend.x + left, bend.y + top])]);
  }
  postMessage({ id, x, y, routes });
});

function arrangePart({ members, ends }, sizes) {
  if (members.length === 1) return onePart(members, sizes);
  const graph = new Graph();
  const large = members.length > LARGE;
  graph.setGraph({ ...SPACING, ranker: large ? "tight-tree" : "network-simplex" });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const member of members)
    graph.setNode(`${member}`, { width: sizes[member * 2], height: sizes[member * 2 + 1] });
  for (const [from, to] of ends) if (from !== to) graph.setEdge(`${from}`, `${to}`);
  layout(graph, { disableOptimalOrderHeuristic: large });
  const boxes = members.map((member) => graph.node(`${member}`));
  // dagre tells the middle of a box.
  const x = boxes.map((box) => box.x - box.width / 2);
  const y = boxes.map((box) => box.y - box.height / 2);
  const { width, height } = graph.graph();
  return { members, x, y, width, height, routes: large ? [] : routesOf(graph, ends) };
}

/** dagre leads long links between the boxes; where they leave and enter one is drawn by the page. */
function routesOf(graph, ends) {
  const routes = new Map();
  for (const [from, to] of ends) {
    const bends = graph.edge(`${from}`, `${to}`)?.points.slice(1, -1) ?? [];
    if (bends.length > 1) routes.set(`${from} ${to}`, { from, to, bends });
  }
  return [...routes.values()];
}

function onePart(members, sizes) {
  const [member] = members;
  return { members, x: [0], y: [0], width: sizes[member * 2], height: sizes[member * 2 + 1], routes: [] };
}

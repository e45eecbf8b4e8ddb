// What is written on the graph from far away: names of groups, and titles of the largest nodes, at a size that can be read
// whatever the zoom, and never over one another.

import { fitted } from "../../pkg/src/view/graph/draw.js";
import { svg } from "../dom.js";

/** Pixels of the screen. */
const SIZE = 12;
const GROUP_SIZE = 13;
const PER_CHARACTER = 6.4;
const LEAST_WIDTH = 44;
const MOST_WIDTH = 200;
const GAP = 4;
/** More than so many are not read. */
const MOST = 60;

/** The labels of a model for a zoom `k`, as SVG elements in canvas units; groups first, then nodes by their weight. */
export function farLabels(model, places, k) {
  const taken = [];
  const labels = [];
  for (const group of model.groups) {
    const { x, y, width } = group.position;
    add("far-group", group.title, { x: x + 6 / k, y, width }, GROUP_SIZE);
  }
  for (const at of byWeight(model)) {
    if (labels.length >= MOST) break;
    const box = { x: places.x[at], y: places.y[at], width: Math.max(model.nodes[at].width, 90 / k) };
    add("far-title", model.nodes[at].title, box, SIZE);
  }
  return labels;

  function add(name, words, { x, y, width }, size) {
    const room = Math.min(MOST_WIDTH, width * k);
    if (room < LEAST_WIDTH || words.trim() === "") return;
    const text = fitted(words, room, PER_CHARACTER);
    const place = { left: x * k, top: y * k - GAP, width: text.length * PER_CHARACTER, height: size + GAP };
    if (taken.some((other) => overlaps(place, other))) return;
    taken.push(place);
    const element = svg("text", {
      class: name,
      x,
      y: y + size / k,
      "font-size": size / k,
      "stroke-width": 3 / k,
    });
    element.textContent = text;
    labels.push(element);
  }
}

function overlaps(a, b) {
  return (
    a.left < b.left + b.width &&
    b.left < a.left + a.width &&
    a.top < b.top + b.height &&
    b.top < a.top + a.height
  );
}

/** Subgraphs and outputs say most of a graph, then what is large and what much hangs on. */
function byWeight(model) {
  const links = new Float64Array(model.nodes.length);
  for (const { from, to } of model.wires) {
    links[from] += 1;
    links[to] += 1;
  }
  const weight = (at) => {
    const node = model.nodes[at];
    return (
      (node.isSubgraph || node.kind === "output" ? 1e6 : 0) + node.width * node.height + links[at] * 2000
    );
  };
  const weights = Float64Array.from(model.nodes, (_, at) => weight(at));
  return [...weights.keys()].sort((a, b) => weights[b] - weights[a]);
}

// Draws what stands around boxes, as SVG: wires, frames of groups, and coloured blocks for the view from far.

import { svg } from "../dom.js";
import { KINDS } from "./kinds.js";

/** Which level suits a zoom; `bulk` is how many times larger than usual the boxes are. */
export function levelFor(k, bulk) {
  if (k >= 0.45) return "full";
  if (k * bulk >= 0.3) return "headings";
  return k * bulk >= 0.17 ? "titles" : "blocks";
}

/** Frames of groups, with their titles. */
export function groupFrames(groups) {
  return groups.map(({ title, position, opened }) => {
    const { x, y, width, height } = position;
    const label = svg("text", { x: x + 12, y: y + 30 });
    label.textContent = title;
    const name = opened === undefined ? null : "unfolded";
    return svg("g", { class: name }, svg("rect", { x, y, width, height, rx: 12 }), label);
  });
}

/** The view from far: a coloured path for the boxes of each kind, and dots at those with problems. */
export function farView(nodes, places) {
  const members = Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, []]));
  for (const [at, node] of nodes.entries()) members[node.kind].push(at);
  const blocks = Object.entries(members).map(([kind, list]) =>
    svg("path", { class: `block kind-${kind}`, d: blocksPath(list, nodes, places) }),
  );
  const dots = ["warning", "error"].map((severity) => {
    const list = [...nodes.keys()].filter((at) => nodes[at].problem === severity);
    return svg("path", { class: `dot-${severity}`, d: dotsPath(list, nodes, places, 44) });
  });
  return [...blocks, ...dots];
}

function blocksPath(members, nodes, places) {
  return members
    .map(
      (at) =>
        `M${round(places.x[at])} ${round(places.y[at])}h${nodes[at].width}v${nodes[at].height}h-${nodes[at].width}z`,
    )
    .join("");
}

function dotsPath(members, nodes, places, radius) {
  const r = round(radius);
  return members
    .map((at) => {
      const x = round(places.x[at] + nodes[at].width);
      return `M${x - r} ${round(places.y[at])}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0-${2 * r} 0z`;
    })
    .join("");
}

/** The curve of one wire: straight across, or along the bends that the layout found for it. */
export function wirePath({ from, to, fromY, toY }, nodes, places) {
  const x1 = places.x[from] + nodes[from].width;
  const y1 = places.y[from] + Math.min(fromY, nodes[from].height - 8);
  const x2 = places.x[to];
  const y2 = places.y[to] + Math.min(toY, nodes[to].height - 8);
  const bends = places.routes?.get(`${from} ${to}`);
  if (bends) return bent(x1, y1, bends, x2, y2);
  const pull = Math.max(32, Math.min(240, Math.abs(x2 - x1) / 2));
  const curve = [x1 + pull, y1, x2 - pull, y2, x2, y2].map(round).join(" ");
  return `M${round(x1)} ${round(y1)}C${curve}`;
}

/** A smooth line from bend to bend: each is a control point, the curve passes midway between them. */
function bent(x1, y1, bends, x2, y2) {
  const points = [x1 + 24, y1, ...bends, x2 - 24, y2];
  const parts = [`M${round(x1)} ${round(y1)}`];
  for (let at = 0; at + 3 < points.length; at += 2) {
    const [x, y, nextX, nextY] = points.slice(at, at + 4);
    parts.push(`Q${round(x)} ${round(y)} ${round((x + nextX) / 2)} ${round((y + nextY) / 2)}`);
  }
  parts.push(`Q${round(points.at(-2))} ${round(points.at(-1))} ${round(x2)} ${round(y2)}`);
  return parts.join("");
}

function round(value) {
  return Math.round(value * 10) / 10;
}

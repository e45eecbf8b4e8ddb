// Draws what stands around boxes, as SVG: the editor's frames, and wires. All text goes in as text.

import { svg } from "../dom.js";

/** A frame of the editor around boxes. */
export function drawFrame({ title, position: { x, y, width, height } }) {
  const label = svg("text", { x: x + 12, y: y + 30 });
  label.textContent = title;
  return svg("g", { class: "frame" }, svg("rect", { x, y, width, height, rx: 12 }), label);
}

/** A wire from box to box: one curve, or a smooth line along the points that it passes. */
export function wirePath({ from, to, fromY, toY }, boxes, { x, y }, bends) {
  const start = [x[from] + boxes[from].width, y[from] + Math.min(fromY, boxes[from].height - 8)];
  const end = [x[to], y[to] + Math.min(toY, boxes[to].height - 8)];
  const points = [...start, ...bends, ...end];
  let path = `M${start.map(round).join(" ")}`;
  for (let at = 0; at + 3 < points.length; at += 2) {
    const [x1, y1, x2, y2] = points.slice(at, at + 4);
    const pull = Math.max(32, Math.min(160, Math.abs(x2 - x1) / 2));
    path += `C${[x1 + pull, y1, x2 - pull, y2, x2, y2].map(round).join(" ")}`;
  }
  return path;
}

function round(value) {
  return Math.round(value * 10) / 10;
}

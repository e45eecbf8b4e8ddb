// Draws boxes, frames and wires as SVG. All text goes in as text.

import { svg } from "../dom.js";
import { portY } from "./model.js";

/** Widths of a character of each size, counted and not measured: measuring each text would cost a layout. */
const TITLE = 8.2;
const SMALL = 6.4;

/** One box; `bare` leaves out all but its titles. */
export function drawBox(box, x, y, bare) {
  const kind = [box.isOutput && "output", box.isOff && "off"].filter(Boolean).join(" ");
  return svg(
    "g",
    { class: `node ${kind}`, transform: `translate(${round(x)} ${round(y)})`, "data-node": box.id },
    svg("rect", { width: box.width, height: box.height, rx: 8 }),
    text("title", 14, 22, fitted(box.title, box.width - 28, TITLE)),
    text("soft", 14, 38, fitted(`${box.classType} · ${box.id}`, box.width - 28, SMALL)),
    bare ? [] : rowsOf(box),
  );
}

function rowsOf({ inputs, outputs, values, width, height }) {
  const half = (width - 40) / 2;
  const rows = inputs.flatMap((name, row) => [
    port(0, row),
    text("soft", 14, base(row), fitted(name, half, SMALL)),
  ]);
  for (const [row, { name }] of outputs.entries()) {
    rows.push(port(width, row));
    // A number alone tells nothing: the file has no name for it.
    if (!/^\d+$/.test(name)) rows.push(text("soft end", width - 14, base(row), fitted(name, half, SMALL)));
  }
  const first = Math.max(inputs.length, outputs.length);
  for (const [at, value] of values.entries()) {
    const y = base(first + at);
    if (y > height - 4) break;
    rows.push(
      text("soft", 14, y, fitted(value.name, 92, SMALL)),
      text("", 112, y, fitted(value.text, width - 122, SMALL)),
    );
  }
  return rows;
}

function base(row) {
  return portY(row) + 4;
}

function port(x, row) {
  return svg("circle", { cx: x, cy: portY(row), r: 4 });
}

function text(name, x, y, content) {
  const element = svg("text", { class: name, x, y });
  element.textContent = content;
  return element;
}

/** Text cut to a width. Wide scripts count twice. */
function fitted(words, width, perCharacter) {
  let room = width / perCharacter;
  let cut = "";
  for (const character of words) {
    room -= character.codePointAt(0) > 0x2e7f ? 1.8 : 1;
    if (room < 0) return `${cut.slice(0, -1)}…`;
    cut += character;
  }
  return cut;
}

/** A frame of the editor around boxes. */
export function drawFrame({ title, position: { x, y, width, height } }) {
  return svg(
    "g",
    { class: "frame" },
    svg("rect", { x, y, width, height, rx: 12 }),
    text("", x + 12, y + 30, title),
  );
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

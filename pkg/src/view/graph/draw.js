// Draws a box as SVG: with rows to read, or with its title alone, in a size for the distance. All text goes in as text.

import { svg } from "../dom.js";
import { portY } from "./model.js";

/** Sizes of titles alone, from near and from further away. */
const TITLE_SIZES = { headings: 20, titles: 30 };

/**
 * One box. `bulk` is how many times larger than usual the boxes are.
 *
 * @param {"full" | "headings" | "titles"} level
 */
export function drawBox(node, level, bulk = 1) {
  const classes = [
    "box",
    node.kind && `kind-${node.kind}`,
    node.isOutput && "output",
    node.mode,
    node.note && "note",
    node.isSubgraph && "subgraph",
  ];
  return svg(
    "g",
    { class: classes.filter(Boolean).join(" "), "data-node": node.id, "data-level": level },
    node.isSubgraph &&
      svg("rect", { class: "box-behind", x: 6, y: 6, width: node.width, height: node.height, rx: 8 }),
    svg("rect", { class: "box-body", width: node.width, height: node.height, rx: 8 }),
    svg("path", { class: "box-edge", d: leftEdge(node.height) }),
    level === "full" ? rowsOf(node) : titleOf(node, TITLE_SIZES[level] * bulk),
    node.problem && markOf(node),
  );
}

/** A stripe along the left side, following the round corners. */
function leftEdge(height) {
  return `M5 0h3v${height}H8a8 8 0 0 1-8-8V8a8 8 0 0 1 5-7.4z`;
}

function rowsOf(node) {
  const { width } = node;
  const parts = [
    text("box-title", 18, 20, fitted(node.title, width - (node.problem ? 52 : 30), 8.2)),
    text("box-class", 18, 36, fitted(`${node.classType} · ${node.id}`, width - 30, 6)),
  ];
  const half = (width - 44) / 2;
  for (const [row, name] of node.inputs.entries()) {
    parts.push(port(0, row), text("box-port", 18, portY(row) + 4, fitted(name, half, 6.1)));
  }
  for (const [row, { name }] of node.outputs.entries()) {
    parts.push(port(width, row));
    // A number alone tells nothing: the file has no name for it.
    if (!/^\d+$/.test(name))
      parts.push(text("box-port end", width - 12, portY(row) + 4, fitted(name, half, 6.1)));
  }
  const first = Math.max(node.inputs.length, node.outputs.length);
  for (const [at, value] of node.values.entries()) {
    const y = portY(first + at) + 4;
    if (y > node.height - 4) break;
    const name = fitted(value.name, 92, 6.1);
    parts.push(
      text("box-port", 18, y, name),
      text("box-value", 118, y, fitted(value.text, width - 128, 6.3)),
    );
  }
  return parts;
}

function port(x, row) {
  return svg("circle", { class: "box-dot", cx: x, cy: portY(row), r: 4 });
}

function titleOf(node, size) {
  const perLine = Math.floor((node.width - 30) / (size * 0.66));
  const lineHeight = size * 1.12;
  const lines = wrapped(node.title, perLine, Math.max(1, Math.floor((node.height - 12) / lineHeight)));
  const top = (node.height - lines.length * lineHeight) / 2 + size * 0.88;
  return lines.map((line, at) => text("box-headline", 22, top + at * lineHeight, line, size));
}

function markOf(node) {
  return svg(
    "g",
    { class: `box-mark mark-${node.problem}`, transform: `translate(${node.width - 4} 4)` },
    svg("circle", { r: 11 }),
    svg("path", { d: "M0-5v6M0 4.5v.5" }),
  );
}

function text(name, x, y, content, size = null) {
  const element = svg("text", { class: name, x, y, "font-size": size });
  element.textContent = content;
  return element;
}

/** Text cut to a width, counting characters: measuring each would cost a layout. Wide scripts count twice. */
export function fitted(words, width, perCharacter) {
  let room = width / perCharacter;
  let cut = "";
  for (const character of words) {
    room -= character.codePointAt(0) > 0x2e7f ? 1.8 : 1;
    if (room < 0) return `${cut.slice(0, -1)}…`;
    cut += character;
  }
  return cut;
}

function wrapped(words, perLine, most) {
  const lines = [""];
  for (const word of words.split(/\s+/)) {
    const joined = lines.at(-1) === "" ? word : `${lines.at(-1)} ${word}`;
    if (joined.length <= perLine || lines.at(-1) === "") lines[lines.length - 1] = joined;
    else lines.push(word);
  }
  const shown = lines.slice(0, most).map((line) => fitted(line, perLine, 1));
  if (lines.length > most) shown[most - 1] = fitted(`${shown[most - 1]} …`, perLine, 1);
  return shown;
}

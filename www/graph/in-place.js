// Subgraphs opened in place: what is inside stands in a frame where the box was, and what is right of it or below it makes room.

import { asDrawn } from "../../pkg/src/view/graph/model.js";
import { graphModel } from "./model.js";

/** Around what is inside. */
const MARGIN = 24;
/** For the frame's title. */
const HEAD = 40;

/**
 * The canvas of a scope with the nodes of `opened` opened in it, and those inside them that are opened, too: the model and its
 * places. `isDrawn` says whether boxes stand where the file has them; otherwise `arrange(model)` finds their places.
 */
export async function openedGraph(inspection, scope, opened, how) {
  const { boxes, groups } = await levelOf(inspection, scope, opened, how);
  return withPlaces(inspection, scope, opened, { boxes, groups });
}

/** The same with places that are known: values and problems may have changed, what is opened has not. */
export function withPlaces(inspection, scope, opened, { boxes, groups }) {
  const model = graphModel(inspection, scope, opened);
  const nodes = model.nodes.map((node) => {
    const { width, height } = boxes.get(node.id);
    return { ...node, width, height };
  });
  const at = (side) => Float64Array.from(nodes, (node) => boxes.get(node.id)[side]);
  return { boxes, groups, model: { ...model, nodes, groups }, places: { x: at("x"), y: at("y") } };
}

/** Boxes by node and the frames of one level, those of the levels inside it included. */
async function levelOf(inspection, scope, opened, how) {
  const level = graphModel(inspection, scope);
  const insides = [];
  for (const { id, title } of level.nodes.filter((node) => opened.has(node.id))) {
    insides.push({ id, title, ...sized(await levelOf(inspection, id, opened, how)) });
  }
  const drawn = how.isDrawn ? asDrawn(level) : null;
  const placed = drawn ? madeRoom(drawn, insides) : await arranged(level, insides, how.arrange);
  return insides.reduce(putInside, placed);
}

/** How large a frame around all of a level is, and where its contents begin. */
function sized({ boxes, groups }) {
  const all = [...boxes.values(), ...groups.map(({ position }) => position)];
  const least = (side) => all.reduce((found, box) => Math.min(found, box[side]), Number.POSITIVE_INFINITY);
  const most = (side, length) =>
    all.reduce((found, box) => Math.max(found, box[side] + box[length]), Number.NEGATIVE_INFINITY);
  const [x, y] = [least("x"), least("y")];
  const width = most("x", "width") - x + 2 * MARGIN;
  const height = most("y", "height") - y + 2 * MARGIN + HEAD;
  return { boxes, groups, x, y, width, height };
}

async function arranged(level, insides, arrange) {
  const sizes = new Map(insides.map((inside) => [inside.id, inside]));
  const nodes = level.nodes.map((node) => {
    const { width, height } = sizes.get(node.id) ?? node;
    return { ...node, width, height };
  });
  return { boxes: boxesOf(nodes, await arrange({ ...level, nodes })), groups: [] };
}

function boxesOf(nodes, { x, y }) {
  const box = ({ width, height }, at) => ({ x: x[at], y: y[at], width, height });
  return new Map(nodes.map((node, at) => [node.id, box(node, at)]));
}

/** Where the file has places: each box that grows moves what lies behind its right and its lower side. */
function madeRoom({ model, places }, insides) {
  const boxes = boxesOf(model.nodes, places);
  const groups = model.groups.map((group) => ({ ...group, position: { ...group.position } }));
  for (const inside of insides) {
    const grown = boxes.get(inside.id);
    widen({ boxes, groups }, grown, "x", "width", Math.max(grown.width, inside.width));
    widen({ boxes, groups }, grown, "y", "height", Math.max(grown.height, inside.height));
  }
  return { boxes, groups };
}

function widen({ boxes, groups }, grown, side, length, size) {
  const edge = grown[side] + grown[length];
  const more = size - grown[length];
  const moved = (at) => (at >= edge ? at + more : at);
  for (const box of boxes.values()) box[side] = moved(box[side]);
  for (const { position } of groups) {
    // A group around the box grows with it.
    const end = moved(position[side] + position[length]);
    position[side] = moved(position[side]);
    position[length] = end - position[side];
  }
  grown[length] = size;
}

/** Puts what is inside into the frame that takes the place of its box. */
function putInside({ boxes, groups }, { id, title, ...inside }) {
  const frame = boxes.get(id);
  const byX = frame.x + MARGIN - inside.x;
  const byY = frame.y + MARGIN + HEAD - inside.y;
  const moved = (box) => ({ ...box, x: box.x + byX, y: box.y + byY });
  const all = new Map(boxes);
  all.delete(id);
  for (const [inner, box] of inside.boxes) all.set(inner, moved(box));
  const inner = inside.groups.map((group) => ({ ...group, position: moved(group.position) }));
  return { boxes: all, groups: [...groups, { title, position: frame, opened: id }, ...inner] };
}

// From an inspection to what is drawn: a box for each node, with its ports, its first values and its size, and the wires.

const HEAD = 44;
const ROW = 18;
const WIDTH = 232;
const VALUES = 4;
const VALUE_LENGTH = 80;
/** The editor's title bar stands above the place that the file names. */
const TITLE_BAR = 30;

/**
 * @typedef {object} Box
 * @property {string} id
 * @property {string} title
 * @property {string} classType
 * @property {boolean} isOutput
 * @property {boolean} isOff whether it is muted or bypassed
 * @property {string[]} inputs
 * @property {{ at: number, name: string }[]} outputs
 * @property {{ name: string, text: string }[]} values
 * @property {number} width
 * @property {number} height
 */

/**
 * The boxes and wires of the outermost canvas; what a link has inside of a subgraph ends at the subgraph's node.
 *
 * @param {import("viewcomfy-wasm/inspect").Inspection} inspection
 */
export function graphModel({ nodes, links, groups }) {
  const parents = new Map(nodes.map((node) => [node.id, node.parent]));
  const outer = nodes.filter((node) => node.parent === null);
  const index = new Map(outer.map((node, at) => [node.id, at]));
  const ends = links.map((link) => endsOf(link, index, parents)).filter((link) => link !== null);
  const leaving = outer.map(() => new Map());
  for (const { from, output } of ends) {
    leaving[from].set(output, outer[from].outputs[output]?.name ?? String(output));
  }
  const boxes = outer.map((node, at) => boxOf(node, leaving[at]));
  const drawn = outer.length > 0 && outer.every((node) => node.position !== null);
  return {
    boxes,
    wires: ends.map((end) => wireOf(end, boxes)),
    /** Where the editor drew the boxes; null where the file does not say. */
    places: drawn ? placesOf(outer, boxes) : null,
    frames: drawn ? groups.filter((group) => group.nodes.every((id) => index.has(id))) : [],
  };
}

function endsOf({ from, to }, index, parents) {
  const [source, target] = [outermost(from.node, index, parents), outermost(to.node, index, parents)];
  if (source === null || target === null || source === target) return null;
  return {
    from: index.get(source),
    output: source === from.node ? (from.output ?? 0) : 0,
    to: index.get(target),
    input: target === to.node ? to.input : null,
  };
}

function outermost(id, index, parents) {
  let at = id;
  while (at !== null && at !== undefined && !index.has(at)) at = parents.get(at);
  return at ?? null;
}

/** @returns {Box} */
function boxOf(node, leaving) {
  const inputs = node.inputs.filter((input) => input.link !== null).map((input) => input.name);
  const outputs = [...leaving].sort(([a], [b]) => a - b).map(([at, name]) => ({ at, name }));
  const values = node.inputs.filter(hasText).slice(0, VALUES);
  const rows = Math.max(inputs.length, outputs.length) + values.length;
  return {
    id: node.id,
    title: node.title,
    classType: node.classType ?? "",
    isOutput: node.isOutput,
    isOff: node.mode !== "active",
    inputs,
    outputs,
    values: values.map(({ name, value }) => ({ name, text: oneLine(value) })),
    width: WIDTH,
    height: HEAD + rows * ROW + 12,
  };
}

function hasText({ link, value }) {
  return link === null && value !== null && typeof value !== "object" && value !== "";
}

function oneLine(value) {
  return String(value).slice(0, VALUE_LENGTH).replace(/\s+/g, " ");
}

function wireOf({ from, output, to, input }, boxes) {
  const outRow = boxes[from].outputs.findIndex((port) => port.at === output);
  return { from, to, fromY: portY(outRow), toY: portY(boxes[to].inputs.indexOf(input)) };
}

/** Where a port stands below the top of its box. */
export function portY(row) {
  return HEAD + 6 + Math.max(row, 0) * ROW + ROW / 2;
}

function placesOf(nodes, boxes) {
  for (const [at, { position }] of nodes.entries()) {
    boxes[at].width = Math.max(120, position.width);
    boxes[at].height = Math.max(0, position.height) + TITLE_BAR;
  }
  return {
    bends: null,
    x: nodes.map(({ position }) => position.x),
    y: nodes.map(({ position }) => position.y - TITLE_BAR),
  };
}

// What differs between two workflows, as text for a person.

import { count, nodeLines } from "./inspect-text.js";
import { shown } from "./json.js";
import { oneLine, painter } from "./terminal.js";

const MAX_VALUE = 300;
/** So much of two texts is shown before the place where they part. */
const BEFORE = 40;

/**
 * @typedef {{ name: string, nodes: import("viewcomfy-wasm/inspect").InspectedNode[] }} Side
 * @param {import("viewcomfy-wasm/inspect").WorkflowDiff} told
 * @param {Side} a
 * @param {Side} b
 */
export function diffText(told, a, b) {
  const paint = painter(process.stdout);
  const inputs = inputsOf(told);
  const facts = [
    { list: told.removed, what: "node", how: "only in the first" },
    { list: told.added, what: "node", how: "only in the second" },
    { list: told.renamed, what: "node", how: "with another title or class" },
    { list: inputs, what: "input", how: "with another value or link" },
  ].filter(({ list }) => list.length > 0);
  const summary = facts.map(({ list, what, how }) => `${count(list.length, what)} ${how}`).join(", ");
  const sections = [
    [
      paint("red", `- ${oneLine(a.name)}`),
      paint("green", `+ ${oneLine(b.name)}`),
      summary || "The two do the same.",
    ],
    nodesOf(told.removed, a, "red", paint),
    nodesOf(told.added, b, "green", paint),
    told.renamed.flatMap((pair) => [
      paint("cyan", oneLine(pair.a.id)),
      ...twoLines(named(pair.a), named(pair.b), paint),
    ]),
    inputs.flatMap(({ key, node, first, second }) => [
      paint("cyan", oneLine(key)) + paint("dim", node),
      ...twoLines(first, second, paint),
    ]),
  ];
  const texts = sections.filter((lines) => lines.length > 0).map((lines) => lines.join("\n"));
  return `${texts.join("\n\n")}\n`;
}

/** Nodes that only one of the two has, with their values. */
function nodesOf(list, { nodes }, colour, paint) {
  const inspected = new Map(nodes.map((node) => [node.id, node]));
  const sign = colour === "red" ? "-" : "+";
  return list.flatMap(({ id }) => {
    const node = inspected.get(id);
    return node ? nodeLines(node, paint).map((line) => `${paint(colour, sign)} ${line}`) : [];
  });
}

function named({ title, classType }) {
  return classType === null || classType === title ? title : `${title} (${classType})`;
}

/** Inputs that have another value or another link; one whose link gave way to a value is told once. */
function inputsOf({ changed, rewired }) {
  const found = new Map();
  const at = ({ nodeA, nodeB, input }) => {
    const place = JSON.stringify([nodeA, input]);
    if (!found.has(place)) {
      const node = nodeA === nodeB ? "" : `  node ${oneLine(nodeB)} in the second`;
      found.set(place, { key: `${nodeA}-inputs-${input}`, node, first: "nothing", second: "nothing" });
    }
    return found.get(place);
  };
  for (const each of changed) {
    const told = at(each);
    if (each.inA) told.first = shown(each.a);
    if (each.inB) told.second = shown(each.b);
  }
  for (const each of rewired) {
    const told = at(each);
    if (each.a) told.first = linked(each.a);
    if (each.b) told.second = linked(each.b);
  }
  return [...found.values()];
}

function linked({ node, output }) {
  return `${output === null ? "an output" : `output ${output}`} of node ${node}`;
}

/** Both, one under the other; of long ones the part around the place where they part. */
function twoLines(first, second, paint) {
  const start = Math.max(0, partingOf(first, second) - BEFORE);
  const part = (text) => (start > 0 ? "…" : "") + oneLine(text.slice(start), MAX_VALUE);
  return [`    ${paint("red", `- ${part(first)}`)}`, `    ${paint("green", `+ ${part(second)}`)}`];
}

/** Where the two begin to differ, where that is beyond what is shown of their beginning; else 0. */
function partingOf(first, second) {
  let at = 0;
  while (at < first.length && first[at] === second[at]) at += 1;
  return at < MAX_VALUE / 2 ? 0 : at;
}

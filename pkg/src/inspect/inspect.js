// Makes an `Inspection` of the rows that the wasm hands over; src/inspect/write.rs says what stands where.

import * as wasm from "../viewcomfy_inspect.js";
import { withDefinitions } from "./definitions.js";

const SETTABLE = 1;
const LINKED = 2;
const EXACT = 4;
const REQUIRED = 8;
const NOTHING = 16;

/** See inspect.d.ts. */
export function inspectWorkflow(workflow, options) {
  return withDefinitions(options?.objectInfo, (definitions) =>
    inspectionOf(wasm.inspectWorkflow(workflow, definitions)),
  );
}

function inspectionOf(rows) {
  const specs = rows.specs.map(specOf);
  const context = { rows, specs, ids: rows.nodes.map(([id]) => id), api: rows.format === "api" };
  const nodes = rows.nodes.map((row) => nodeOf(row, context));
  const placed = (place) => (place === null ? null : context.ids[place]);
  return {
    format: rows.format,
    nodes,
    links: linksOf(rows),
    order: rows.order.map(placed),
    depth: rows.depth,
    outputs: nodes.filter((node) => node.isOutput).map((node) => node.id),
    groups: rows.groups.map(([title, color, position, places]) => ({
      title,
      color,
      position: rectOf(position),
      nodes: places.map(placed),
    })),
    models: rows.models.map(([name, place, input, folder, available]) => ({
      name,
      node: placed(place),
      input: rows.nodes[place][11][input][0],
      folder,
      available,
    })),
    problems: rows.problems.map(([code, severity, place, input, message, advice]) => ({
      code,
      severity,
      node: placed(place),
      input,
      message,
      advice,
    })),
  };
}

/** What a class says of an input; every input of it has the same lists, not copies of them. */
function specOf([type, min, max, step, fallback, choices, tooltip, exact]) {
  const value = (index, given) => ((exact >> index) & 1 ? wasm.exactValue(given) : given);
  return {
    type,
    min: value(0, min),
    max: value(1, max),
    step: value(2, step),
    fallback: value(3, fallback),
    choices: value(4, choices),
    tooltip,
  };
}

const UNKNOWN = { type: null, min: null, max: null, step: null, fallback: null, choices: null, tooltip: null };

function nodeOf(row, context) {
  const [id, classType, title, category, mode, isOutput, depth, parent, position, editorOnly, outputs, inputs] =
    row;
  return {
    id,
    classType,
    title,
    category,
    mode,
    isOutput: isOutput === 1,
    depth,
    parent: parent === null ? null : context.ids[parent],
    inputs: inputs.map((input) => inputOf(id, input, context)),
    outputs: outputs.map(([name, type, links]) => ({ name, type, links })),
    position: position && rectOf(position),
    editorOnly: editorOnly === 1,
  };
}

function inputOf(id, [name, kind, flags, given, place], { rows, specs, api }) {
  const spec = place === undefined ? UNKNOWN : specs[place];
  const linked = flags & LINKED;
  return {
    name,
    key: api ? `${id}-inputs-${name}` : null,
    kind: rows.kinds[kind],
    value: linked || flags & NOTHING ? null : flags & EXACT ? wasm.exactValue(given) : given,
    link: linked ? { node: given[0], output: given[2] } : null,
    settable: (flags & SETTABLE) !== 0,
    type: spec.type,
    required: place === undefined ? null : (flags & REQUIRED) !== 0,
    min: spec.min,
    max: spec.max,
    step: spec.step,
    default: spec.fallback,
    choices: spec.choices,
    tooltip: spec.tooltip,
  };
}

/** The links between nodes that are there, in file order. */
function linksOf({ nodes }) {
  const links = [];
  for (const node of nodes) {
    for (const [name, , flags, given] of node[11]) {
      if (!(flags & LINKED) || given[1] === null) continue;
      const [, place, output, type] = given;
      const from = nodes[place];
      links.push({
        from: { node: from[0], output },
        to: { node: node[0], input: name },
        type: type ?? from[10][output]?.[1] ?? null,
      });
    }
  }
  return links;
}

function rectOf([x, y, width, height]) {
  return { x, y, width, height };
}

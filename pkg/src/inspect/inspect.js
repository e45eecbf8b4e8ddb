// Makes an `Inspection` of what the wasm hands over; src/inspect/write.rs says what stands where.

import { workflowBytes } from "../document.js";
import { parseJson } from "../json.js";
import { optionsOf } from "../options.js";
import * as wasm from "../viewcomfy_inspect.js";
import { withDefinitions } from "./definitions.js";
import { InspectOptions } from "./option-names.js";

/** What is said about an input by one bit each. */
const SETTABLE = 1;
const LINKED = 2;
const EXACT = 4;
const REQUIRED = 8;
const NOTHING = 16;
const TYPED = 32;

/** How many fields an input and an output have. */
const INPUT = 6;
const OUTPUT = 3;

/** See inspect.d.ts. */
export function inspectWorkflow(workflow, options) {
  const { objectInfo } = optionsOf(options, InspectOptions, "inspectWorkflow");
  const file = workflowBytes(workflow);
  return withDefinitions(objectInfo, (definitions) =>
    inspectionOf(JSON.parse(wasm.inspectWorkflow(file, definitions))),
  );
}

function inspectionOf(rows) {
  const ids = rows.nodes.map(([id]) => id);
  const placed = (place) => (place === null ? null : ids[place]);
  const { nodes, links } = graphOf(rows, ids);
  return {
    format: rows.format,
    nodes,
    links,
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
      input: nodes[place].inputs[input].name,
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

/** The nodes, and the links between those that are there. */
function graphOf(rows, ids) {
  const specs = rows.specs.map(specOf);
  /** @type {ReturnType<typeof nodeOf>[]} */
  const nodes = [];
  /** @type {[any, any, number, number][]} */
  const ends = [];
  let inputAt = 0;
  let outputAt = 0;
  for (const row of rows.nodes) {
    const node = nodeOf(row, ids);
    for (let end = outputAt + row[10] * OUTPUT; outputAt < end; outputAt += OUTPUT) {
      node.outputs.push(outputOf(rows.outputs, outputAt));
    }
    for (let end = inputAt + row[11] * INPUT; inputAt < end; inputAt += INPUT) {
      const input = inputOf(node.id, rows, inputAt, specs, ids);
      node.inputs.push(input);
      const place = rows.inputs[inputAt + 3];
      if (input.link && typeof place === "number") ends.push([node, input, place, inputAt]);
    }
    nodes.push(node);
  }
  const links = ends.map(([node, input, place, at]) => linkOf(node, input, nodes[place], rows.inputs, at));
  return { nodes, links };
}

/** What a class says of an input; every input of it has the same lists, not copies of them. */
function specOf([type, min, max, step, fallback, choices, tooltip, exact]) {
  const value = (index, given) => ((exact >> index) & 1 ? parseJson(given) : given);
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

const UNKNOWN = {
  type: null,
  min: null,
  max: null,
  step: null,
  fallback: null,
  choices: null,
  tooltip: null,
};

function nodeOf(row, ids) {
  const [id, classType, title, category, mode, isOutput, depth, parent, position, editorOnly] = row;
  return {
    id,
    classType,
    title,
    category,
    mode,
    isOutput: isOutput === 1,
    depth,
    parent: parent === null ? null : ids[parent],
    inputs: /** @type {any[]} */ ([]),
    outputs: /** @type {any[]} */ ([]),
    position: position && rectOf(position),
    editorOnly: editorOnly === 1,
  };
}

function outputOf(list, at) {
  return { name: list[at], type: list[at + 1], links: list[at + 2] };
}

function inputOf(id, { format, kinds, inputs }, at, specs, ids) {
  const name = inputs[at];
  const flags = inputs[at + 2];
  const place = inputs[at + 5];
  const spec = place === null ? UNKNOWN : specs[place];
  return {
    name,
    key: format === "api" ? `${id}-inputs-${name}` : null,
    kind: kinds[inputs[at + 1]],
    value: flags & (LINKED | NOTHING) ? null : flags & EXACT ? parseJson(inputs[at + 3]) : inputs[at + 3],
    link: flags & LINKED ? sourceOf(inputs[at + 3], inputs[at + 4], flags, ids) : null,
    settable: (flags & SETTABLE) !== 0,
    type: spec.type,
    required: place === null ? null : (flags & REQUIRED) !== 0,
    min: spec.min,
    max: spec.max,
    step: spec.step,
    default: spec.fallback,
    choices: spec.choices,
    tooltip: spec.tooltip,
  };
}

function sourceOf(place, output, flags, ids) {
  return { node: typeof place === "number" ? ids[place] : place, output: flags & TYPED ? output[0] : output };
}

function linkOf(node, input, from, inputs, at) {
  const { output } = input.link;
  const type = inputs[at + 2] & TYPED ? inputs[at + 4][1] : (from.outputs[output]?.type ?? null);
  return { from: { node: from.id, output }, to: { node: node.id, input: input.name }, type };
}

function rectOf([x, y, width, height]) {
  return { x, y, width, height };
}

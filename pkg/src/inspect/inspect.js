// Makes an `Inspection` of the rows that the wasm hands over; src/inspect/layout.rs says what stands where.

import * as at from "../contract.js";
import { workflowBytes } from "../document.js";
import { parseJson } from "../json.js";
import { optionsOf } from "../options.js";
import * as wasm from "../viewcomfy_inspect.js";
import { withBoth } from "./definitions.js";
import { InspectOptions } from "./option-names.js";

/** See inspect.d.ts. */
export function inspectWorkflow(workflow, options) {
  const { objectInfo, customNodes } = optionsOf(options, InspectOptions, "inspectWorkflow");
  const file = workflowBytes(workflow);
  return withBoth(objectInfo, customNodes, (definitions, custom) =>
    inspectionOf(JSON.parse(wasm.inspectWorkflow(file, definitions, custom))),
  );
}

function inspectionOf(rows) {
  const ids = rows.nodes.map((row) => row[at.NODE_ID]);
  const idAt = (index) => (index === null ? null : ids[index]);
  const { nodes, links } = graphOf(rows, ids);
  const stages = rows.stages.map((row) => stageOf(row, nodes));
  return {
    format: rows.format,
    nodes,
    links,
    order: rows.order.map(idAt),
    depth: rows.depth,
    outputs: nodes.filter((node) => node.isOutput).map((node) => node.id),
    groups: rows.groups.map((row) => ({
      title: row[at.GROUP_TITLE],
      color: row[at.GROUP_COLOR],
      position: rectOf(row[at.GROUP_POSITION]),
      nodes: row[at.GROUP_NODES].map(idAt),
    })),
    models: rows.models.map((row) => ({
      name: row[at.MODEL_NAME],
      node: idAt(row[at.MODEL_NODE]),
      input: nodes[row[at.MODEL_NODE]].inputs[row[at.MODEL_INPUT]].name,
      folder: row[at.MODEL_FOLDER],
      url: row[at.MODEL_URL],
      available: row[at.MODEL_AVAILABLE],
    })),
    packs: rows.packs.map((row) => ({
      id: row[at.PACK_ID],
      repository: row[at.PACK_REPOSITORY],
      versions: row[at.PACK_VERSIONS],
      nodes: row[at.PACK_NODES].map(idAt),
    })),
    notes: rows.notes.map((row) => ({
      node: idAt(row[at.NOTE_NODE]),
      text: row[at.NOTE_TEXT],
      format: row[at.NOTE_FORMAT],
    })),
    app: rows.app && {
      opens: rows.app.opens,
      inputs: rows.app.inputs.map(([node, input]) => ({ node: idAt(node), input })),
      outputs: rows.app.outputs.map(idAt),
    },
    recipes: rows.recipes.map((row) => ({
      output: idAt(row[at.RECIPE_OUTPUT]),
      stages: row[at.RECIPE_STAGES].map((index) => stages[index]),
    })),
    problems: rows.problems.map((row) => ({
      code: row[at.PROBLEM_CODE],
      severity: row[at.PROBLEM_SEVERITY],
      node: idAt(row[at.PROBLEM_NODE]),
      input: row[at.PROBLEM_INPUT],
      message: row[at.PROBLEM_MESSAGE],
      advice: row[at.PROBLEM_ADVICE],
    })),
  };
}

/** The nodes, and the links between those that are there. */
function graphOf(rows, ids) {
  const specs = rows.specs.map(specOf);
  /** @type {ReturnType<typeof nodeOf>[]} */
  const nodes = [];
  /** @type {{ node: any, input: any, source: number, from: number }[]} */
  const ends = [];
  let inputFrom = 0;
  let outputFrom = 0;
  for (const row of rows.nodes) {
    const node = nodeOf(row, ids, rows.packs);
    for (let left = row[at.NODE_OUTPUTS]; left > 0; left--, outputFrom += at.OUTPUT_COUNT) {
      node.outputs.push(outputOf(rows.outputs, outputFrom));
    }
    for (let left = row[at.NODE_INPUTS]; left > 0; left--, inputFrom += at.INPUT_COUNT) {
      const input = inputOf(node.id, rows, inputFrom, specs, ids);
      node.inputs.push(input);
      const source = rows.inputs[inputFrom + at.INPUT_GIVEN];
      if (input.link && typeof source === "number") ends.push({ node, input, source, from: inputFrom });
    }
    nodes.push(node);
  }
  return { nodes, links: ends.map((end) => linkOf(end, nodes[end.source], rows.inputs)) };
}

/** What a class says of an input; every input of it has the same lists, not copies of them. */
function specOf(row) {
  const value = (index, bit) => (row[at.SPEC_EXACT] & bit ? parseJson(row[index]) : row[index]);
  return {
    type: row[at.SPEC_TYPE],
    min: value(at.SPEC_MIN, at.EXACT_MIN),
    max: value(at.SPEC_MAX, at.EXACT_MAX),
    step: value(at.SPEC_STEP, at.EXACT_STEP),
    fallback: value(at.SPEC_DEFAULT, at.EXACT_DEFAULT),
    choices: value(at.SPEC_CHOICES, at.EXACT_CHOICES),
    tooltip: row[at.SPEC_TOOLTIP],
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

function nodeOf(row, ids, packs) {
  const parent = row[at.NODE_PARENT];
  const position = row[at.NODE_POSITION];
  return {
    id: row[at.NODE_ID],
    classType: row[at.NODE_CLASS_TYPE],
    title: row[at.NODE_TITLE],
    category: row[at.NODE_CATEGORY],
    mode: row[at.NODE_MODE],
    isOutput: row[at.NODE_IS_OUTPUT] === 1,
    depth: row[at.NODE_DEPTH],
    parent: parent === null ? null : ids[parent],
    inputs: /** @type {any[]} */ ([]),
    outputs: /** @type {any[]} */ ([]),
    position: position && rectOf(position),
    editorOnly: row[at.NODE_EDITOR_ONLY] === 1,
    pack: row[at.NODE_PACK] && packOf(row[at.NODE_PACK], packs),
  };
}

function packOf(place, packs) {
  const row = packs[place[at.OF_NODE_PACK]];
  return { id: row[at.PACK_ID], repository: row[at.PACK_REPOSITORY], version: place[at.OF_NODE_VERSION] };
}

/** What one node that samples was given; outputs that need the same one share it. */
function stageOf(row, nodes) {
  const fact = (place) => place && factOf(place, nodes);
  const facts = (places) => places.map(fact);
  return {
    node: nodes[row[at.STAGE_NODE]].id,
    positive: facts(row[at.STAGE_POSITIVE]),
    negative: facts(row[at.STAGE_NEGATIVE]),
    models: facts(row[at.STAGE_MODELS]),
    loras: row[at.STAGE_LORAS].map((lora) => ({
      name: fact(lora[at.LORA_NAME]),
      strengthModel: fact(lora[at.LORA_STRENGTH_MODEL]),
      strengthClip: fact(lora[at.LORA_STRENGTH_CLIP]),
    })),
    sampler: fact(row[at.STAGE_SAMPLER]),
    scheduler: fact(row[at.STAGE_SCHEDULER]),
    steps: fact(row[at.STAGE_STEPS]),
    cfg: fact(row[at.STAGE_CFG]),
    guidance: fact(row[at.STAGE_GUIDANCE]),
    denoise: fact(row[at.STAGE_DENOISE]),
    seed: fact(row[at.STAGE_SEED]),
    width: fact(row[at.STAGE_WIDTH]),
    height: fact(row[at.STAGE_HEIGHT]),
    length: fact(row[at.STAGE_LENGTH]),
    batchSize: fact(row[at.STAGE_BATCH_SIZE]),
  };
}

/** A value with the place where it stands; of a sampler that has no name the class is what is said. */
function factOf(place, nodes) {
  const node = nodes[place[at.FACT_NODE]];
  if (place[at.FACT_INPUT] === null) return { value: node.classType, node: node.id, input: null };
  const { name, value } = node.inputs[place[at.FACT_INPUT]];
  const entry = place[at.FACT_ENTRY];
  return { value: entry === null ? value : value[entry], node: node.id, input: name };
}

function outputOf(list, from) {
  return {
    name: list[from + at.OUTPUT_NAME],
    type: list[from + at.OUTPUT_TYPE],
    links: list[from + at.OUTPUT_LINKS],
  };
}

function inputOf(id, { format, kinds, inputs }, from, specs, ids) {
  const name = inputs[from + at.INPUT_NAME];
  const flags = inputs[from + at.INPUT_FLAGS];
  const given = inputs[from + at.INPUT_GIVEN];
  const index = inputs[from + at.INPUT_SPEC];
  const spec = index === null ? UNKNOWN : specs[index];
  return {
    name,
    key: format === "api" ? `${id}-inputs-${name}` : null,
    kind: kinds[inputs[from + at.INPUT_KIND]],
    value: givenOf(given, flags),
    link: flags & at.FLAG_LINKED ? sourceOf(given, inputs[from + at.INPUT_OUTPUT], flags, ids) : null,
    settable: (flags & at.FLAG_SETTABLE) !== 0,
    type: spec.type,
    required: index === null ? null : (flags & at.FLAG_REQUIRED) !== 0,
    min: spec.min,
    max: spec.max,
    step: spec.step,
    default: spec.fallback,
    choices: spec.choices,
    tooltip: spec.tooltip,
  };
}

function givenOf(given, flags) {
  if (flags & (at.FLAG_LINKED | at.FLAG_NOTHING)) return null;
  return flags & at.FLAG_EXACT ? parseJson(given) : given;
}

function sourceOf(given, output, flags, ids) {
  return {
    node: typeof given === "number" ? ids[given] : given,
    output: flags & at.FLAG_TYPED ? output[at.TYPED_OUTPUT] : output,
  };
}

function linkOf({ node, input, from }, source, inputs) {
  const { output } = input.link;
  const isTyped = inputs[from + at.INPUT_FLAGS] & at.FLAG_TYPED;
  const type = isTyped
    ? inputs[from + at.INPUT_OUTPUT][at.TYPED_TYPE]
    : (source.outputs[output]?.type ?? null);
  return { from: { node: source.id, output }, to: { node: node.id, input: input.name }, type };
}

function rectOf(row) {
  return { x: row[at.RECT_X], y: row[at.RECT_Y], width: row[at.RECT_WIDTH], height: row[at.RECT_HEIGHT] };
}

// A workflow as the page shows it: nodes in file order, each input with its value, exact text and kind.

import { literalsOf } from "./literals.js";
import { giveWay } from "./slices.js";

const LABEL = /^_(.*)-node-class_type-info$/s;
const MEDIA_CLASSES = {
  LoadImage: "image",
  LoadImageMask: "image",
  LoadImageOutput: "image",
  loadImage_ViewComfy: "image",
  LoadImage_ViewComfy: "image",
  LoadVideo: "video",
  VHS_LoadVideo: "video",
  LoadAudio: "audio",
  VHS_LoadAudioUpload: "audio",
};
const MEDIA_INPUTS = new Set(["image", "video", "audio", "file"]);
const MEDIA_KINDS = { image: "image", mask: "image", video: "video", audio: "audio" };
const LONG_TEXT = /text|prompt|positive|negative|caption|description/i;

/** Reads a file's bytes or a text with the package. Throws the package's own error when it is not a workflow. */
export async function readWorkflow(library, name, source) {
  // With nothing to change, applyParams gives back the workflow alone, out of whatever wraps it.
  const text = library.applyParams(source, {});
  const raw = rawNodes(library, text);
  await giveWay();
  const literals = literalsOf(library.flattenWorkflowToJson(text, 1));
  await giveWay();
  const nodes = [];
  for (const [key, value] of Object.entries(library.flattenWorkflow(text))) {
    const label = LABEL.exec(key);
    if (label) nodes.push(nodeOf(label[1], value, raw[label[1]]));
    else nodes.at(-1).inputs.push({ key, value, literal: literals.get(key) });
  }
  const titles = new Map(nodes.map((node) => [node.id, node.title]));
  for (const node of nodes) for (const input of node.inputs) describe(input, node, titles);
  return { name, text, nodes, inputs: nodes.flatMap((node) => node.inputs) };
}

/** The nodes as they are, for their classes. Only what Python wrote takes a reader that is slower than the browser's. */
function rawNodes(library, text) {
  return /NaN|Infinity/.test(text) ? library.parseJson(text) : JSON.parse(text);
}

function nodeOf(id, title, raw) {
  const classType = typeof raw?.class_type === "string" ? raw.class_type : "";
  return { id, title: typeof title === "string" ? title : classType || `Node ${id}`, classType, inputs: [] };
}

function describe(input, node, titles) {
  input.name = input.key.slice(`${node.id}-inputs-`.length);
  input.label = `${node.title}, ${input.name || "(no name)"}`;
  input.kind = kindOf(input, node);
  if (input.kind === "file") input.media = MEDIA_CLASSES[node.classType];
  if (input.kind === "link")
    input.from = { id: input.value[0], output: input.value[1], title: titles.get(input.value[0]) };
}

function kindOf({ name, value }, node) {
  switch (typeof value) {
    case "boolean":
      return "boolean";
    case "bigint":
      return /seed/i.test(name) ? "seed" : "number";
    case "number":
      return /seed/i.test(name) && Number.isInteger(value) ? "seed" : "number";
    case "string":
      return stringKind(name, value, node);
    default:
      return isLink(value) ? "link" : "json";
  }
}

function stringKind(name, value, node) {
  if (MEDIA_CLASSES[node.classType] && MEDIA_INPUTS.has(name)) return "file";
  return LONG_TEXT.test(name) || value.length > 60 || value.includes("\n") ? "long-text" : "text";
}

function isLink(value) {
  return (
    Array.isArray(value) && value.length === 2 && typeof value[0] === "string" && typeof value[1] === "number"
  );
}

/** Adds what an inspection knows about each input: `about` holds range, choices and tooltip, and the kind may become finer. */
export function enrich(workflow, inspection) {
  const inspected = new Map();
  for (const node of inspection.nodes) for (const input of node.inputs) inspected.set(input.key, input);
  for (const input of workflow.inputs) {
    input.about = inspected.get(input.key) ?? null;
    if (input.about) refine(input, input.about);
  }
}

function refine(input, about) {
  if (["link", "json", "file"].includes(input.kind)) return;
  if (MEDIA_KINDS[about.kind]) {
    input.kind = "file";
    input.media = MEDIA_KINDS[about.kind];
  } else if (about.choices !== null && about.choices.length > 0 && typeof input.value !== "boolean") {
    input.kind = "choice";
  } else if (about.kind === "long-text") {
    input.kind = "long-text";
  }
}

/** The picture size a workflow names, to keep room for its output; null when it names none. */
export function namedSize(workflow, changes) {
  for (const node of workflow.nodes) {
    const number = (name) => {
      const input = node.inputs.find((candidate) => candidate.name === name);
      return Number(input ? (changes.get(input.key) ?? input.value) : Number.NaN);
    };
    const size = { width: number("width"), height: number("height") };
    if (size.width > 0 && size.height > 0) return size;
  }
  return null;
}

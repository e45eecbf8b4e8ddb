// The JSON Schema of one parameter. Keywords and their meaning: JSON Schema 2020-12,
// https://json-schema.org/draft/2020-12/json-schema-validation.

import { oneLine } from "./terminal.js";
import { choicesOf, UPLOADED } from "./value-type.js";

const MAX_TITLE = 200;
const MAX_DESCRIPTION = 1_000;
/** ComfyUI takes seeds of 64 bits; a class may take less. */
const SEED = { min: 0n, max: 2n ** 64n - 1n };
const TYPES = {
  text: "string",
  "long-text": "string",
  integer: "integer",
  number: "number",
  boolean: "boolean",
  choice: "string",
  seed: "integer",
  image: "string",
  mask: "string",
  video: "string",
  audio: "string",
  file: "string",
  model: "string",
};
/** A link: a node's id and which of its outputs. */
const LINK = {
  type: "array",
  prefixItems: [{ type: "string" }, { type: "integer", minimum: 0 }],
  items: false,
  minItems: 2,
};

/**
 * @param {import("viewcomfy-wasm/inspect").InspectedNode} node
 * @param {import("viewcomfy-wasm/inspect").InspectedInput} input
 * @param {{ isOfServer: boolean }} definitions whether they are those of the server that runs the workflow. Others give way
 *   where the file's own value does not fit: the value ran, and the class may have another version there.
 */
export function parameterSchema(node, input, { isOfServer }) {
  const about = aboutOf(node, input);
  if (input.link !== null) return { ...about, ...linkedSchema(input), ...linkDefault(input) };
  const limits = limitsOf(input);
  const kept = isOfServer || fits(input.value, limits) ? limits : {};
  return { ...about, ...typeOf(input), ...contentOf(input), ...kept, ...defaultOf(input.value) };
}

/** Whether a file may be sent as this parameter's value. */
export function isUpload({ kind }) {
  return UPLOADED.has(kind);
}

function aboutOf(node, { name, tooltip }) {
  const title = oneLine(`${node.title}: ${name}`, MAX_TITLE);
  return tooltip ? { title, description: oneLine(tooltip, MAX_DESCRIPTION) } : { title };
}

/** A linked input takes another link; where the definitions know it as a value as well, that too. */
function linkedSchema(input) {
  if (input.kind === "link" || TYPES[input.kind] === undefined) return LINK;
  return { anyOf: [{ type: TYPES[input.kind], ...contentOf(input), ...limitsOf(input) }, LINK] };
}

function linkDefault({ link }) {
  return link.output === null ? {} : { default: [link.node, link.output] };
}

/** The type of the kind, and that of the value in the file where it has another: that one ran. */
function typeOf({ kind, value, choices }) {
  if (choicesOf({ kind, choices })) return {};
  const own = typeOfValue(value);
  const type = TYPES[kind] ?? (ANY.has(own) ? undefined : own);
  if (type === undefined) return {};
  const covered = own === type || (own === "integer" && type === "number");
  return { type: covered ? type : [type, own] };
}

/** Values that tell nothing of what else an input takes. */
const ANY = new Set(["null", "array", "object"]);

/** A value's type, in words of JSON Schema. */
function typeOfValue(value) {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "bigint") return "integer";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value;
}

/** The value is a file's bytes, or the name of one that the server has; either way nothing is encoded. */
function contentOf(input) {
  return isUpload(input) ? { contentMediaType: "application/octet-stream" } : {};
}

/** @returns {{ enum?: any[], minimum?: number | bigint, maximum?: number | bigint, multipleOf?: number }} */
function limitsOf(input) {
  const choices = choicesOf(input);
  if (choices) return { enum: [...new Set(choices)] };
  const type = TYPES[input.kind];
  if (type !== "integer" && type !== "number") return {};
  const { min, max } = input.kind === "seed" && input.min === null && input.max === null ? SEED : input;
  return {
    ...(isFiniteNumber(min) ? { minimum: min } : {}),
    ...(isFiniteNumber(max) ? { maximum: max } : {}),
    ...(type === "integer" ? stepOf(input) : {}),
  };
}

/**
 * Steps count from the smallest value, multiples from 0, so a step is told where both come to the same. That of a fraction is
 * not: ComfyUI does not hold values to it, and 0.3 is not a multiple of 0.1 to every validator.
 */
function stepOf({ min, step }) {
  if (!Number.isSafeInteger(step) || step <= 1) return {};
  return min === null || isMultiple(min, step) ? { multipleOf: step } : {};
}

function isFiniteNumber(value) {
  return typeof value === "bigint" || Number.isFinite(value);
}

/** @param {any} value @param {ReturnType<typeof limitsOf>} limits */
function fits(value, { enum: choices, minimum, maximum, multipleOf }) {
  if (choices) return choices.includes(value);
  if (!isFiniteNumber(value)) return true;
  if ((minimum !== undefined && value < minimum) || (maximum !== undefined && value > maximum)) return false;
  return multipleOf === undefined || isMultiple(value, multipleOf);
}

/** @param {number | bigint} value @param {number} step a whole number */
function isMultiple(value, step) {
  return (typeof value === "bigint" || Number.isInteger(value)) && BigInt(value) % BigInt(step) === 0n;
}

/** `NaN` and infinities, which Python writes, have no form in JSON. */
function defaultOf(value) {
  return typeof value === "number" && !Number.isFinite(value) ? {} : { default: value };
}

// The values of a run, from --params, --seed, --set, --file and --mask, in this order: what is more exact wins.

import { basename, extname } from "node:path";

import { isViewComfyError, parseJson } from "viewcomfy-wasm";

import { CliFailure } from "./failure.js";
import { bytesOf, openInput } from "./files.js";
import { entriesOf } from "./json.js";
import { inspection } from "./library.js";
import { usage } from "./options.js";
import { seedsOf } from "./run-seeds.js";
import { oneLine, quoted } from "./terminal.js";

const NAME = "run";
const MAX_SEED = 2n ** 64n - 1n;
const LABEL = /^_.*-node-class_type-info$/s;
const TYPES = {
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".webp": "image/webp",
  ".gif": "image/gif",
  ".avif": "image/avif",
  ".mp4": "video/mp4",
  ".webm": "video/webm",
  ".mov": "video/quicktime",
  ".mkv": "video/x-matroska",
  ".mp3": "audio/mpeg",
  ".wav": "audio/wav",
  ".flac": "audio/flac",
  ".ogg": "audio/ogg",
  ".opus": "audio/ogg",
};

/**
 * @param {Record<string, any>} options of the command
 * @param {import("./run-seeds.js").Inputs | null} known the inputs to hold keys and values against; null where there are none
 * @returns {Promise<Map<string, any>>}
 */
export async function valuesOf(options, known) {
  const values = new Map(await fromFile(options.params));
  for (const [key, seed] of typedSeeds(options.seed ?? [], known)) values.set(key, seed);
  for (const given of options.set ?? []) {
    const { key, text } = split(given, "--set", known);
    values.set(key, valueFor(key, text, known));
  }
  await addFiles(values, options, known);
  return values;
}

/**
 * The inputs of a workflow, by key.
 *
 * @param {string | Uint8Array} workflow in API format
 * @param {any} [objectInfo] what a server knows of its classes
 * @returns {Promise<import("./run-seeds.js").Inputs>}
 */
export async function inputsOf(workflow, objectInfo) {
  const { inspectWorkflow } = await inspection();
  const { nodes } = inspectWorkflow(workflow, { objectInfo });
  return new Map(nodes.flatMap(({ inputs }) => inputs.map((input) => [String(input.key), input])));
}

/** A file as `params` writes it: its labels are for the reader. */
async function fromFile(path) {
  if (path === undefined) return [];
  const bytes = await bytesOf(await openInput(path));
  const entries = asJson(new TextDecoder().decode(bytes), entriesOf);
  if (entries) return [...entries].filter(([key]) => !LABEL.test(key));
  const advice = 'Give a JSON object of keys and values, as "viewcomfy-wasm params" writes it.';
  throw new CliFailure("invalid_param", `${quoted(path)} holds no parameters`, advice);
}

/** Seeds for all inputs that are one come first: they do not undo one that is given by name. */
function typedSeeds(given, known) {
  const forAll = given.filter((text) => !text.includes("="));
  const named = given.filter((text) => text.includes("=")).map((each) => split(each, "--seed", known));
  return [
    ...forAll.flatMap((text) => {
      const seed = seedFor(text);
      return seedKeys(text, known).map((key) => [key, seed]);
    }),
    ...named.map(({ key, text }) => [key, seedFor(text)]),
  ];
}

function seedKeys(text, known) {
  const seeds = known ? seedsOf(known) : [];
  if (seeds.length > 0) return seeds.map(([key]) => key);
  const words = known ? "the workflow has no seed" : "--seed needs the workflow to know the seed's key";
  throw usage(words, NAME, `Name it: --seed 3-inputs-seed=${oneLine(text, 30)}. `);
}

function seedFor(text) {
  if (text === "random" || text === "-1") return "random";
  if (/^\d{1,20}$/.test(text) && BigInt(text) <= MAX_SEED) return BigInt(text);
  throw usage(`--seed takes "random" or a whole number up to ${MAX_SEED}, not ${quoted(text)}`, NAME);
}

/** `KEY=VALUE`; a key of the workflow may hold a "=" itself. */
function split(given, option, known) {
  const keys = [...(known?.keys() ?? [])].filter((key) => given.startsWith(`${key}=`));
  const [longest] = keys.sort((a, b) => b.length - a.length);
  const at = longest?.length ?? given.indexOf("=");
  if (at > 0) return { key: given.slice(0, at), text: given.slice(at + 1) };
  throw usage(`${option} takes KEY=VALUE, as in ${option} 6-inputs-text="a red fox"; this has no key`, NAME);
}

/** Text where the workflow has a text, JSON where it has something else; without a workflow JSON where it is JSON. */
function valueFor(key, text, known) {
  const input = known?.get(key);
  if (input && typeof input.value === "string" && input.link === null) return text;
  const value = asJson(text, strictJson);
  if (value !== undefined) return value;
  if (!input || input.link !== null || input.value === null) return text;
  const words = `${quoted(key)} is not a text in the workflow, and ${quoted(text)} is not JSON`;
  throw new CliFailure(
    "invalid_param",
    words,
    "Write a number, true, false, null, or a list or an object in JSON.",
  );
}

/** JSON that a person typed: `NaN` is a text. */
function strictJson(text) {
  JSON.parse(text);
  return parseJson(text);
}

async function addFiles(values, { file = [], mask = [] }, known) {
  const masks = new Map();
  for (const given of mask) {
    const { key, text } = split(given, "--mask", known);
    masks.set(key, await blobOf(text));
  }
  for (const given of file) {
    const { key, text } = split(given, "--file", known);
    const image = await blobOf(text);
    values.set(key, masks.has(key) ? { image, mask: masks.get(key) } : image);
    masks.delete(key);
  }
  const [alone] = masks.keys();
  if (alone !== undefined)
    throw usage(`--mask ${oneLine(alone)} has no image`, NAME, "Give its --file as well. ");
}

async function blobOf(path) {
  const { name, blob } = await openInput(path);
  return new File([blob], basename(name), {
    type: TYPES[extname(name).toLowerCase()] ?? "application/octet-stream",
  });
}

/** Undefined when the text is not JSON. */
function asJson(text, read) {
  try {
    return read(text);
  } catch (error) {
    if (error instanceof SyntaxError || isViewComfyError(error)) return undefined;
    throw error;
  }
}

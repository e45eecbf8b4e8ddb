// Trims classes to what the conversion reads, for the definitions that come with the package. Node built-ins only.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { root, say } from "./run.js";

/** Options of an input that are kept unchanged for the conversion, in this order: the same texts compress best. */
const KEPT = [
  "default",
  "min",
  "max",
  "step",
  "round",
  "control_after_generate",
  "forceInput",
  "defaultInput",
  "widgetType",
  "multiline",
  "dynamicPrompts",
  "multi_select",
  "image_upload",
  "video_upload",
  "animated_image_upload",
  "audio_upload",
  "remote",
  "socketless",
];

/** Matches strings and numbers in JSON; numbers are then wrapped in marks. */
const TOKENS = /"(?:[^"\\]|\\.)*"?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const MARKED = /"\\u0001([^"]*)\\u0001"/g;

/** Parses JSON and keeps numbers as written: a maximum of 2^64 − 1 is not rounded and 1.0 stays a float. */
export function parseExact(json) {
  return JSON.parse(
    json.replace(TOKENS, (token) => (token.startsWith('"') ? token : `"\\u0001${token}\\u0001"`)),
  );
}

/** Serializes what {@link parseExact} returned. */
export function printExact(value) {
  return JSON.stringify(value).replace(MARKED, "$1");
}

/** Writes a file of pkg/ and prints its size. */
export function writeDefinitions(name, definitions) {
  const text = `${printExact(definitions)}\n`;
  writeFileSync(join(root, "pkg", name), text);
  const count = Object.keys(definitions.classes).length;
  say(`pkg/${name}: ${count} classes, ${Buffer.byteLength(text)} bytes, ${gzipSize(text)} gzip`);
}

/** How many bytes a page downloads for a text. */
export function gzipSize(text) {
  return gzipSync(text, { level: 9 }).length;
}

/**
 * The inputs of a class. `cut` shortens a list of choices without inputs of their own; `whole(choices, options)` returns
 * the choices that are kept in addition, as `choices`, or null.
 */
export function trimmedInputs(input, cut, whole = (_choices, _options) => null) {
  const kept = {};
  for (const name of ["required", "optional"])
    if (input?.[name]) kept[name] = mapped(input[name], (spec) => trimmedSpec(spec, cut, whole));
  return kept;
}

/** `[type, options]`, where the type can be a list of choices. */
function trimmedSpec([type, options], cut, whole) {
  const kept = trimmedOptions(options ?? {}, cut, whole);
  const choices = keptWhole([type, options], whole);
  if (choices) kept.choices = choices;
  const short = Array.isArray(type) ? cut(type) : type;
  return Object.keys(kept).length > 0 ? [short, kept] : [short];
}

/** The choices of an input that are kept besides the first; null where they are not. */
export function keptWhole([type, options], whole) {
  const list = Array.isArray(type) ? type : type === "COMBO" ? options?.options : null;
  return Array.isArray(list) ? whole(list, options ?? {}) : null;
}

function trimmedOptions(options, cut, whole) {
  const kept = {};
  for (const name of KEPT) if (name in options && options[name] !== false) kept[name] = options[name];
  if ("options" in options) kept.options = trimmedChoices(options.options, cut, whole);
  if ("template" in options) kept.template = trimmedTemplate(options.template, cut, whole);
  // For a seed, a missing option means true.
  if (options.control_after_generate === false) kept.control_after_generate = false;
  return kept;
}

/** All choices that have inputs of their own are needed. */
function trimmedChoices(options, cut, whole) {
  if (!Array.isArray(options)) return options;
  return isTree(options)
    ? options.map(({ key, inputs }) => ({ key, inputs: trimmedInputs(inputs, cut, whole) }))
    : cut(options);
}

/** Whether choices bring inputs of their own. */
export function isTree(options) {
  return options.some((option) => option?.inputs);
}

function trimmedTemplate({ input, ...rest }, cut, whole) {
  return input ? { ...rest, input: trimmedInputs(input, cut, whole) } : rest;
}

/** Maps an object's values and keeps its keys. */
export function mapped(object, change) {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));
}

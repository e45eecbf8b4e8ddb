// Makes pkg/definitions.json, the classes of ComfyUI's own nodes that `toApiFormat` knows without a server:
// `node scripts/definitions.js object_info.json 0.33.0`. It keeps what the conversion reads: names, types, defaults,
// ranges, and of a combo's choices the first. Node built-ins only.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { Failure, main, root, say } from "./run.js";

const MADE = join("pkg", "definitions.json");

/** Options of an input that the conversion reads as they are. */
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

/** Texts and numbers of a JSON text; a number among marks. */
const TOKENS = /"(?:[^"\\]|\\.)*"?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const MARKED = /"\\u0001([^"]*)\\u0001"/g;

await main(() => {
  const [file, version] = process.argv.slice(2);
  if (!file || !version) throw new Failure("usage: node scripts/definitions.js object_info.json VERSION");
  const objectInfo = JSON.parse(withMarkedNumbers(readFileSync(file, "utf8")));
  const classes = mapped(objectInfo, trimmedClass);
  const text = `${JSON.stringify({ comfyui: version, classes }).replace(MARKED, "$1")}\n`;
  writeFileSync(join(root, MADE), text);
  say(
    `${MADE}: ${Object.keys(classes).length} classes, ${text.length} bytes, ${gzipSync(text, { level: 9 }).length} gzip`,
  );
});

/** Numbers as marked texts, so that a maximum of 2^64 − 1 is not rounded and 1.0 stays a float. */
function withMarkedNumbers(json) {
  return json.replace(TOKENS, (token) => (token.startsWith('"') ? token : `"\\u0001${token}\\u0001"`));
}

function trimmedClass({ input, output, display_name, output_matchtypes }) {
  return {
    input: sections(input),
    output,
    display_name,
    ...(output_matchtypes && { output_matchtypes }),
  };
}

function sections(input) {
  const kept = {};
  for (const name of ["required", "optional"])
    if (input?.[name]) kept[name] = mapped(input[name], trimmedSpec);
  return kept;
}

/** `[type, options]`; a list of choices becomes the first of them. */
function trimmedSpec([type, options]) {
  const kept = trimmedOptions(options ?? {});
  const short = Array.isArray(type) ? type.slice(0, 1) : type;
  return Object.keys(kept).length > 0 ? [short, kept] : [short];
}

function trimmedOptions(options) {
  const kept = {};
  for (const [name, value] of Object.entries(options)) {
    if (KEPT.includes(name) && value !== false) kept[name] = value;
    if (name === "options") kept.options = choices(value);
    if (name === "template") kept.template = template(value);
  }
  // The absence of this one means yes for a seed.
  if (options.control_after_generate === false) kept.control_after_generate = false;
  return kept;
}

/** Choices with inputs of their own are all needed, of others the first. */
function choices(options) {
  if (!Array.isArray(options)) return options;
  const isTree = options.some((option) => option?.inputs);
  return isTree ? options.map(({ key, inputs }) => ({ key, inputs: sections(inputs) })) : options.slice(0, 1);
}

function template({ input, ...rest }) {
  return input ? { ...rest, input: sections(input) } : rest;
}

function mapped(object, change) {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));
}

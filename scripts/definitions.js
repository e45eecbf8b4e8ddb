// Generates pkg/definitions.json, the classes of ComfyUI's own nodes that `toApiFormat` knows without a server:
// `node scripts/definitions.js object_info.json 0.33.0`. It keeps what the conversion reads: names, types, defaults,
// ranges, and the first of a combo's choices; for the inspection, which classes are output nodes and the choices that do not
// depend on a server. All choices go to the local endpoint, which acts as a ComfyUI server. Node built-ins only.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import {
  isTree,
  keptWhole,
  mapped,
  parseExact,
  printExact,
  trimmedInputs,
  writeDefinitions,
} from "./definitions-trimmed.js";
import { Failure, main, root } from "./run.js";

const CHOICES = join(root, "local-endpoint", "src", "comfyui", "choices.json");

/** Matches file names, but not versions such as "2.0". */
const FILE = /\.[a-z]\w{1,11}$/i;

await main(() => {
  const [file, version] = process.argv.slice(2);
  if (!file || !version) throw new Failure("usage: node scripts/definitions.js object_info.json VERSION");
  const objectInfo = parseExact(readFileSync(file, "utf8"));
  writeDefinitions("definitions.json", { comfyui: version, classes: mapped(objectInfo, trimmedClass) });
  writeFileSync(CHOICES, `${printExact(choicesOf(objectInfo))}\n`);
});

function trimmedClass(described) {
  const { input, output, output_node, display_name, output_matchtypes } = described;
  return {
    input: trimmedInputs(input, firstChoice, wholeOf(described)),
    output,
    ...(output_node && { output_node }),
    display_name,
    ...(output_matchtypes && { output_matchtypes }),
  };
}

function firstChoice(choices) {
  return choices.slice(0, 1);
}

/** By class and the path of an input, also one that a choice adds: the lists of which the package's definitions contain only the first choice. */
function choicesOf(objectInfo) {
  const all = mapped(objectInfo, (described) =>
    Object.fromEntries(cutLists(described.input, wholeOf(described))),
  );
  return Object.fromEntries(Object.entries(all).filter(([, lists]) => Object.keys(lists).length > 0));
}

function cutLists(input, whole, path = "") {
  return Object.entries({ ...input?.required, ...input?.optional }).flatMap(([name, spec]) => {
    const place = `${path}${name}`;
    const [type, options] = spec;
    const list = Array.isArray(type) ? type : options?.options;
    if (options?.template) return cutLists(options.template.input, whole, `${place}.`);
    if (!Array.isArray(list)) return [];
    if (isTree(list)) return list.flatMap(({ key, inputs }) => cutLists(inputs, whole, `${place}.${key}.`));
    return list.length > 1 && keptWhole(spec, whole) === null ? [[place, list]] : [];
  });
}

/** What decides whether all choices of a class are kept. */
function wholeOf(described) {
  return isOfPartner(described) ? () => null : ownChoices;
}

/** Nodes that call a company's service: the models that it offers change from week to week. */
function isOfPartner({ category, python_module }) {
  return `${category}`.startsWith("api node") || `${python_module}`.startsWith("comfy_api_nodes");
}

/** The choices that ComfyUI itself defines; null for those that depend on a server's files. */
function ownChoices(choices, options) {
  const areFiles = choices.some((choice) => typeof choice === "string" && FILE.test(choice));
  const isUploaded = Object.keys(options).some((name) => name.endsWith("_upload"));
  return choices.length < 2 || areFiles || isUploaded || options.remote ? null : choices;
}

// Generates pkg/definitions.json, the classes of ComfyUI's own nodes that `toApiFormat` knows without a server:
// `node scripts/definitions.js object_info.json 0.33.0`. It keeps what the conversion reads: names, types, defaults,
// ranges, and the first of a combo's choices; for the inspection, which classes are output nodes and the choices that do not
// depend on a server. All choices go to the local endpoint, which acts as a ComfyUI server. Node built-ins only.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { mapped, parseExact, printExact, trimmedInputs, writeDefinitions } from "./definitions-trimmed.js";
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
    input: trimmedInputs(input, firstChoice, isOfPartner(described) ? () => null : ownChoices),
    output,
    ...(output_node && { output_node }),
    display_name,
    ...(output_matchtypes && { output_matchtypes }),
  };
}

function firstChoice(choices) {
  return choices.slice(0, 1);
}

/** By class and input: the lists of which the package's definitions contain only the first choice. */
function choicesOf(objectInfo) {
  const all = mapped(objectInfo, ({ input }) => {
    const specs = Object.entries({ ...input?.required, ...input?.optional });
    const lists = specs.map(([name, [type, options]]) => [
      name,
      Array.isArray(type) ? type : options?.options,
    ]);
    return Object.fromEntries(lists.filter(([, list]) => isCut(list)));
  });
  return Object.fromEntries(Object.entries(all).filter(([, lists]) => Object.keys(lists).length > 0));
}

function isCut(list) {
  return Array.isArray(list) && list.length > 1 && !list.some((choice) => choice?.inputs);
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

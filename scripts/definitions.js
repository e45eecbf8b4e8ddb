// Makes pkg/definitions.json, the classes of ComfyUI's own nodes that `toApiFormat` knows without a server:
// `node scripts/definitions.js object_info.json 0.33.0`. It keeps what the conversion reads: names, types, defaults,
// ranges, and of a combo's choices the first; for the inspection, in which classes a run ends and the choices that do not
// depend on a server. Node built-ins only.

import { readFileSync } from "node:fs";

import { mapped, parseExact, trimmedInputs, writeDefinitions } from "./definitions-trimmed.js";
import { Failure, main } from "./run.js";

/** What a file is called; a version such as "2.0" is not one. */
const FILE = /\.[a-z]\w{1,11}$/i;

await main(() => {
  const [file, version] = process.argv.slice(2);
  if (!file || !version) throw new Failure("usage: node scripts/definitions.js object_info.json VERSION");
  const objectInfo = parseExact(readFileSync(file, "utf8"));
  writeDefinitions("definitions.json", { comfyui: version, classes: mapped(objectInfo, trimmedClass) });
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

/** Nodes that ask a company's service: which models it offers changes from week to week. */
function isOfPartner({ category, python_module }) {
  return `${category}`.startsWith("api node") || `${python_module}`.startsWith("comfy_api_nodes");
}

/** The choices that ComfyUI writes down; null for those that a server's files make up. */
function ownChoices(choices, options) {
  const areFiles = choices.some((choice) => typeof choice === "string" && FILE.test(choice));
  const isUploaded = Object.keys(options).some((name) => name.endsWith("_upload"));
  return choices.length < 2 || areFiles || isUploaded || options.remote ? null : choices;
}

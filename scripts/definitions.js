// Makes pkg/definitions.json, the classes of ComfyUI's own nodes that `toApiFormat` knows without a server:
// `node scripts/definitions.js object_info.json 0.33.0`. It keeps what the conversion reads: names, types, defaults,
// ranges, and of a combo's choices the first; for the inspection, in which classes a run ends. All choices go to the local
// endpoint, which answers as a ComfyUI server does. Node built-ins only.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { mapped, parseExact, printExact, trimmedInputs, writeDefinitions } from "./definitions-trimmed.js";
import { Failure, main, root } from "./run.js";

const CHOICES = join(root, "local-endpoint", "src", "comfyui", "choices.json");

await main(() => {
  const [file, version] = process.argv.slice(2);
  if (!file || !version) throw new Failure("usage: node scripts/definitions.js object_info.json VERSION");
  const objectInfo = parseExact(readFileSync(file, "utf8"));
  writeDefinitions("definitions.json", { comfyui: version, classes: mapped(objectInfo, trimmedClass) });
  writeFileSync(CHOICES, `${printExact(choicesOf(objectInfo))}\n`);
});

function trimmedClass({ input, output, output_node, display_name, output_matchtypes }) {
  return {
    input: trimmedInputs(input, firstChoice),
    output,
    ...(output_node && { output_node }),
    display_name,
    ...(output_matchtypes && { output_matchtypes }),
  };
}

function firstChoice(choices) {
  return choices.slice(0, 1);
}

/** By class and input: those lists of which the package's definitions have the first choice alone. */
function choicesOf(objectInfo) {
  const all = mapped(objectInfo, ({ input }) => {
    const specs = Object.entries({ ...input?.required, ...input?.optional });
    const lists = specs.map(([name, [type, options]]) => [name, Array.isArray(type) ? type : options?.options]);
    return Object.fromEntries(lists.filter(([, list]) => isCut(list)));
  });
  return Object.fromEntries(Object.entries(all).filter(([, lists]) => Object.keys(lists).length > 0));
}

function isCut(list) {
  return Array.isArray(list) && list.length > 1 && !list.some((choice) => choice?.inputs);
}

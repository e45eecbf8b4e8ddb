// Makes pkg/definitions.json, the classes of ComfyUI's own nodes that `toApiFormat` knows without a server:
// `node scripts/definitions.js object_info.json 0.33.0`. It keeps what the conversion reads: names, types, defaults,
// ranges, and of a combo's choices the first; for the inspection, in which classes a run ends. Node built-ins only.

import { readFileSync } from "node:fs";

import { mapped, parseExact, trimmedInputs, writeDefinitions } from "./definitions-trimmed.js";
import { Failure, main } from "./run.js";

await main(() => {
  const [file, version] = process.argv.slice(2);
  if (!file || !version) throw new Failure("usage: node scripts/definitions.js object_info.json VERSION");
  const objectInfo = parseExact(readFileSync(file, "utf8"));
  writeDefinitions("definitions.json", { comfyui: version, classes: mapped(objectInfo, trimmedClass) });
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

// `convert`: the API format of a workflow in the editor's format.

import { OBJECT_INFO, readDefinitions } from "./definitions.js";
import { refuseSameFile, writeOutput } from "./files.js";
import { inspection } from "./library.js";
import { required, usage } from "./options.js";
import { oneLine, painter, quoted, writeError } from "./terminal.js";
import { readWorkflow } from "./workflow.js";

const NAME = "convert";

/** @type {import("./commands.js").Command} */
export const convert = {
  name: NAME,
  summary: "convert the editor's format to API format; take the workflow out of a picture",
  positionals: ["workflow"],
  options: {
    output: { type: "string", short: "o" },
    editor: { type: "boolean" },
    "dynamic-prompts": { type: "string" },
    strict: { type: "boolean" },
    json: { type: "boolean" },
    ...OBJECT_INFO,
  },
  help: `Converts a workflow in the editor's format (workflow.json) to API format, as ComfyUI's own "Export (API)" does.

Usage: viewcomfy-wasm convert FILE [-o FILE] [--object-info FILE-OR-URL] [--json]

FILE is a workflow that ComfyUI's editor saved, or a picture (or another file) with a workflow in it. From a picture, the
workflow that ran is used, which is already in API format; --editor converts what was on the canvas. "-" is stdin.

  -o, --output FILE           write to this file instead of stdout; an existing file is replaced
      --object-info FILE-OR-URL
                              your server's definitions: its /object_info saved to a file, or the server's address.
                              Without it, the definitions in the package are used.
      --editor                from a picture, or JSON that has both, convert what was on the canvas, not what ran
      --dynamic-prompts HOW   for {a|b} in prompts: "first" (the default), "keep", or a seed that chooses one
      --strict                fail if the workflow may not run: unknown classes, values that do not fit
      --json                  write the warnings and the report as JSON to stdout; without --output, the workflow too

Warnings go to stderr, and so does the answer to whether the workflow will run.

Examples:
  viewcomfy-wasm convert workflow.json -o workflow_api.json --object-info http://127.0.0.1:8188
  viewcomfy-wasm convert picture.png -o workflow_api.json
`,
  async run(values, positionals) {
    const file = required(positionals, "the workflow's file", NAME);
    const dynamicPrompts = promptsOf(values["dynamic-prompts"]);
    await refuseSameFile(file, values.output);
    const { toApiFormat } = await inspection();
    const { workflow } = await readWorkflow(file, { editor: values.editor });
    const objectInfo = await readDefinitions(values["object-info"]);
    const strict = values.strict ?? false;
    const converted = await toApiFormat(workflow, { objectInfo, dynamicPrompts, strict });
    if (values.json) return writeJson(values.output, converted);
    const { json, warnings, report } = converted;
    await writeOutput(values.output, json);
    for (const warning of warnings) await writeError(sentence(warning));
    if (report !== null) await writeError(`${oneLine(report.summary, 500)}\n`);
  },
};

/** All that was found, as one object; with an output file the workflow goes there. */
async function writeJson(output, { json, warnings, report }) {
  const facts = JSON.stringify({ warnings, report }, null, 2);
  if (output === undefined) return writeOutput(undefined, `{\n  "workflow": ${json},${facts.slice(1)}`);
  await writeOutput(output, json);
  await writeOutput(undefined, facts);
}

/** @returns {"first" | "keep" | bigint | undefined} */
function promptsOf(given) {
  if (given === undefined || given === "first" || given === "keep") return given;
  if (/^\d{1,20}$/.test(given)) return BigInt(given);
  throw usage(`--dynamic-prompts takes "first", "keep" or a seed, not ${quoted(given)}`, NAME);
}

function sentence({ node, input, message, advice }) {
  const place = [node === null ? "" : `node ${node}`, input].filter(Boolean).join(", ");
  const paint = painter(process.stderr);
  return `${paint("yellow", "warning")}: ${oneLine(`${place ? `${place}: ` : ""}${message} ${advice}`, 500)}\n`;
}

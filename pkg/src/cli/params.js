// `params`: flattens a workflow to the file that workflow_parameters_maker.py writes.

import { readApiWorkflow } from "./api-workflow.js";
import { OBJECT_INFO } from "./definitions.js";
import { refuseSameFile, writeOutput } from "./files.js";
import { client } from "./library.js";
import { required, wholeNumber } from "./options.js";
import { asPythonWrites } from "./python-json.js";

const NAME = "params";
const INDENT = 4;
const MAX_INDENT = 16;

/** @type {import("./commands.js").Command} */
export const params = {
  name: NAME,
  summary: "flatten a workflow to its parameters, as workflow_parameters_maker.py does",
  positionals: ["workflow"],
  options: {
    output: { type: "string", short: "o" },
    indent: { type: "string" },
    ascii: { type: "boolean" },
    ...OBJECT_INFO,
  },
  help: `Flattens a workflow to its parameters: one key per input, "6-inputs-text", and a label per node.

Usage: viewcomfy-wasm params FILE [-o FILE] [--indent 4] [--ascii]

FILE is a workflow, or a picture (or another file) that it made; the workflow that ran is used. A workflow in the editor's
format is converted. "-" is stdin.
Keys and order are those of ViewComfy's workflow_parameters_maker.py; like that, there is no newline at the end.

  -o, --output FILE   write to this file instead of stdout; an existing file is replaced
      --indent N      spaces per level, 0 to ${MAX_INDENT}, default ${INDENT}; 0 writes one line
      --ascii         exactly the bytes that Python writes: other letters as \\uXXXX, floats as Python writes them
                      (1E5 becomes 100000.0). Without it, the text is UTF-8 and numbers stay as they are in the file.
      --object-info FILE-OR-URL
                      your server's definitions, for the conversion: its /object_info saved to a file, or its address

Examples:
  viewcomfy-wasm params workflow_api.json -o workflow_api_parameters.json
  viewcomfy-wasm params picture.png | less
  viewcomfy-wasm run --params workflow_api_parameters.json     runs with the values of an edited file
`,
  async run({ output, indent = `${INDENT}`, ascii = false, ...values }, positionals) {
    const file = required(positionals, "the workflow's file", NAME);
    const spaces = wholeNumber(indent, "indent", 0, MAX_INDENT, NAME);
    await refuseSameFile(file, output);
    const { flattenWorkflowToJson } = await client();
    const { workflow } = await readApiWorkflow(file, values["object-info"]);
    const text = flattenWorkflowToJson(workflow, spaces);
    await writeOutput(output, ascii ? asPythonWrites(text, spaces) : text);
  },
};

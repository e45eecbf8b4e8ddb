// `inspect`: the nodes of a workflow, what may be set, and what is wrong with it.

import { isViewComfyError } from "viewcomfy-wasm";

import { tellConverted, tellUnconverted } from "./api-workflow.js";
import { dataWithoutSecrets } from "./credentials.js";
import { OBJECT_INFO, readDefinitions } from "./definitions.js";
import { EXIT } from "./failure.js";
import { inspectionText } from "./inspect-text.js";
import { jsonOf } from "./json.js";
import { inspection } from "./library.js";
import { required } from "./options.js";
import { writeOut } from "./terminal.js";
import { readWorkflow } from "./workflow.js";

const NAME = "inspect";

/** @type {import("./commands.js").Command} */
export const inspect = {
  name: NAME,
  summary: "print a workflow's nodes, the inputs you can set, and its problems",
  positionals: ["workflow"],
  options: { json: { type: "boolean" }, editor: { type: "boolean" }, ...OBJECT_INFO },
  help: `Prints the nodes of a workflow with their values, how its outputs are made, the models it needs with their folders, its
packs and notes, and its problems.

Usage: viewcomfy-wasm inspect FILE [--json] [--object-info FILE-OR-URL]

FILE is a workflow in API format or the editor's, or a picture, video, sound or model with one in it. If a picture has
both, the workflow that ran is used; --editor uses what was on the canvas. "-" is stdin. For the editor's format, values
and keys are those of the converted workflow: what a run sends and can change.

      --json          everything as one JSON document: what inspectWorkflow of viewcomfy-wasm/inspect returns
      --object-info FILE-OR-URL
                      your server's definitions: its /object_info saved to a file, or the server's address. With it,
                      values are checked against choices, ranges and types, and missing nodes and models are found.
                      Without it, the package's own definitions name the values of an editor's file.
      --editor        from a picture, or JSON that has both, use what was on the canvas

Exit codes: 0 no problems, or only notes; 1 warnings; 2 errors, with which ComfyUI would not run it; 3 wrong command
line; 4 unusable file.

Examples:
  viewcomfy-wasm inspect workflow_api.json
  viewcomfy-wasm inspect picture.png --object-info http://127.0.0.1:8188
  viewcomfy-wasm inspect workflow_api.json --json | jq '.problems[].message'
`,
  async run(values, positionals) {
    const file = required(positionals, "the workflow's file", NAME);
    const { name, workflow, where } = await readWorkflow(file, { editor: values.editor });
    const objectInfo = await readDefinitions(values["object-info"]);
    const told = await look(workflow, objectInfo);
    if (values.json) await writeOut(`${jsonOf(dataWithoutSecrets(told), 2)}\n`);
    else {
      const converted = told.format === "editor" ? await convertedNodes(name, workflow, objectInfo) : [];
      await writeOut(inspectionText(told, { name, where, converted }));
    }
    return exitCodeOf(told.problems);
  },
};

/** What the editor saves has values without names: where no server tells them, the package's own definitions do. */
async function look(workflow, objectInfo) {
  const { inspectWorkflow, NodeDefinitions } = await inspection();
  const told = inspectWorkflow(workflow, { objectInfo });
  if (objectInfo !== undefined || told.format !== "editor") return told;
  const own = await NodeDefinitions.bundled();
  const isOwn = told.nodes.every(({ classType }) => classType === null || own.has(classType));
  const customNodes = isOwn ? undefined : await NodeDefinitions.customNodes();
  return inspectWorkflow(workflow, { objectInfo: own, customNodes });
}

/** The nodes of the converted workflow, with the keys of its parameters; none where it cannot be converted. */
async function convertedNodes(name, workflow, objectInfo) {
  const { inspectWorkflow, toApiFormat } = await inspection();
  try {
    const converted = await toApiFormat(workflow, { objectInfo });
    await tellConverted(name, converted);
    return inspectWorkflow(converted.json, { objectInfo }).nodes;
  } catch (error) {
    if (!isViewComfyError(error) || error.code !== "cannot_convert") throw error;
    await tellUnconverted(name, error);
    return [];
  }
}

function exitCodeOf(problems) {
  if (problems.some(({ severity }) => severity === "error")) return EXIT.errors;
  return problems.some(({ severity }) => severity === "warning") ? EXIT.warnings : EXIT.done;
}

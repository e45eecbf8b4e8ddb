// `diff`: what differs between two workflows.

import { readApiWorkflow } from "./api-workflow.js";
import { dataWithoutSecrets } from "./credentials.js";
import { OBJECT_INFO } from "./definitions.js";
import { diffText } from "./diff-text.js";
import { EXIT } from "./failure.js";
import { jsonOf } from "./json.js";
import { inspection } from "./library.js";
import { required, usage } from "./options.js";
import { writeOut } from "./terminal.js";

const NAME = "diff";

/** @type {import("./commands.js").Command} */
export const diff = {
  name: NAME,
  summary: "show what differs between two workflows, or between the workflows of two pictures",
  positionals: ["workflow", "other"],
  options: { json: { type: "boolean" }, ...OBJECT_INFO },
  help: `Shows what differs between two workflows: nodes that only one of them has, and titles, classes, values and links that
differ. Two pictures are compared by the workflows that made them.

Usage: viewcomfy-wasm diff A B [--json] [--object-info FILE-OR-URL]

A and B are workflows, or pictures (or other files) that they made; the workflow that ran is used. A workflow in the
editor's format is converted. One of them may be "-", stdin. Nodes are matched by id, or by class and title if ids changed.

      --json          the difference as one JSON document: what diffWorkflows of viewcomfy-wasm/inspect returns
      --object-info FILE-OR-URL
                      your server's definitions, for the conversion: its /object_info saved to a file, or its address

Exit codes: 0 the two do the same; 1 they differ; 3 wrong command line; 4 unusable file.

Examples:
  viewcomfy-wasm diff before_api.json after_api.json
  viewcomfy-wasm diff fox_00001_.png fox_00002_.png
  viewcomfy-wasm diff workflow.json workflow_api.json --json | jq '.changed[].key'
`,
  async run(values, positionals) {
    required(positionals, "the first workflow's file", NAME);
    required(positionals.slice(1), "the second workflow's file", NAME);
    const [first, second] = positionals;
    if (first === "-" && second === "-") throw usage("only one of the two can be stdin", NAME);
    const { diffWorkflows, inspectWorkflow } = await inspection();
    const a = await readApiWorkflow(first, values["object-info"]);
    const b = await readApiWorkflow(second, undefined, a.objectInfo);
    const told = diffWorkflows(a.workflow, b.workflow);
    const side = ({ name, workflow }) => ({ name, nodes: inspectWorkflow(workflow).nodes });
    await writeOut(
      values.json ? `${jsonOf(dataWithoutSecrets(told), 2)}\n` : diffText(told, side(a), side(b)),
    );
    return told.same ? EXIT.done : EXIT.differ;
  },
};

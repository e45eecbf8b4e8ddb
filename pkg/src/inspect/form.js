// Forms, with definitions given in any form.

import { documentBytes, workflowBytes } from "../document.js";
import { parseJson } from "../json.js";
import { optionsOf } from "../options.js";
import * as wasm from "../viewcomfy_inspect.js";
import { withBoth } from "./definitions.js";
import { FormOptions } from "./option-names.js";

/** See inspect.d.ts. */
export function formSchema(workflow, options) {
  const { objectInfo, customNodes, viewComfy, editorWorkflow } = optionsOf(
    options,
    FormOptions,
    "formSchema",
  );
  const file = workflowBytes(workflow);
  const design =
    (viewComfy ?? null) === null ? undefined : documentBytes(viewComfy, "viewComfy", "invalid_workflow");
  const editor = (editorWorkflow ?? null) === null ? undefined : workflowBytes(editorWorkflow);
  return withBoth(objectInfo, customNodes, (definitions, custom) =>
    parseJson(wasm.formSchema(file, definitions, custom, design, editor)),
  );
}

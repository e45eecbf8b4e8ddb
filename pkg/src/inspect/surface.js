// The public calls of the inspection: each checks that the wasm is there and hands over.

import { workflowBytes } from "../document.js";
import { guarded, guardedAsync } from "../guarded.js";
import { parseJson } from "../json.js";
import * as wasm from "../viewcomfy_inspect.js";
import { applyParams as apply, toApiFormat as convert } from "./convert.js";
import { findWorkflow as find } from "./find.js";
import { formSchema as form } from "./form.js";
import { inspectWorkflow as inspect } from "./inspect.js";

export { isViewComfyError, ViewComfyError } from "../errors.js";
export { NodeDefinitions } from "./definitions.js";

export const findWorkflow = guardedAsync("findWorkflow", find);
export const inspectWorkflow = guarded("inspectWorkflow", inspect);
export const formSchema = guarded("formSchema", form);
export const toApiFormat = guardedAsync("toApiFormat", convert);
export const applyParams = guardedAsync("applyParams", apply);

export const diffWorkflows = guarded("diffWorkflows", (a, b) =>
  parseJson(wasm.diffWorkflows(workflowBytes(a), workflowBytes(b))),
);

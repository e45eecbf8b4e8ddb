// The public calls of the inspection: each checks that the wasm is there and hands over.

import { guarded } from "../guarded.js";
import { diffWorkflows as diff } from "../viewcomfy_inspect.js";
import { formSchema as form } from "./form.js";
import { inspectWorkflow as inspect } from "./inspect.js";

export { isViewComfyError, ViewComfyError } from "../errors.js";
export { toApiFormat } from "./convert.js";
export { NodeDefinitions } from "./definitions.js";
export { findWorkflow } from "./find.js";

export const inspectWorkflow = guarded("inspectWorkflow", inspect);
export const formSchema = guarded("formSchema", form);
export const diffWorkflows = guarded("diffWorkflows", diff);

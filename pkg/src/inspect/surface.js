// The public calls of the inspection: each checks that the wasm is there and hands over.

import { guarded } from "../guarded.js";
import { inspectWorkflow as inspect } from "./inspect.js";

export { isViewComfyError, ViewComfyError } from "../errors.js";
export { NodeDefinitions } from "./definitions.js";
export { findWorkflow } from "./find.js";

export const inspectWorkflow = guarded("inspectWorkflow", inspect);

// Forms, with definitions given in any form.

import * as wasm from "../viewcomfy_inspect.js";
import { withDefinitions } from "./definitions.js";

/** See inspect.d.ts. */
export function formSchema(workflow, options) {
  return withDefinitions(options?.objectInfo, (definitions) =>
    wasm.formSchema(workflow, definitions, options?.viewComfy ?? undefined),
  );
}

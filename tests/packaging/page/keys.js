// One module that uses the package: init() may be called by each that needs it, and loads once.

import init, { flattenWorkflow } from "viewcomfy-wasm";

export async function keysOf(workflow) {
  await init();
  return Object.keys(flattenWorkflow(workflow));
}

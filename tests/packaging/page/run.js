// Another module that uses it.

import init, { ViewComfyClient } from "viewcomfy-wasm";

export async function run(workflow, onLog) {
  await init();
  const client = new ViewComfyClient({ endpoint: "/api/viewcomfy" }); // a route of one's own backend: see the proxy
  const params = { "6-inputs-text": "a red fox", "3-inputs-seed": "random" };
  return client.inferWithLogs({ workflow, params, onLog });
}

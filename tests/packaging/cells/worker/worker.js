// Flattens and runs the workflow that it is given.

import init, { flattenWorkflow, ViewComfyClient } from "viewcomfy-wasm";

self.onmessage = async ({ data: { workflow } }) => {
  await init();
  postMessage({ keys: Object.keys(flattenWorkflow(workflow)) });
  const client = new ViewComfyClient({ endpoint: new URL("/api/viewcomfy", location.origin) });
  const params = { "6-inputs-text": "a red fox", "3-inputs-seed": "random" };
  const result = await client.inferWithLogs({ workflow, params, onLog: (line) => postMessage({ line }) });
  postMessage({ picture: await result.outputs[0].blob() });
};

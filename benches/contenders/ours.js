// This package, through its public API.

import init, { ViewComfyClient } from "viewcomfy-wasm";

/** Loads the wasm. */
export const prepare = () => init();

/** @returns {Promise<Blob[]>} */
export async function receive(url, onLog) {
  const client = new ViewComfyClient({ endpoint: url });
  const result = await client.inferWithLogs({ params: { "1-inputs-x": 1 }, onLog });
  return Promise.all(result.outputs.map((output) => output.blob()));
}

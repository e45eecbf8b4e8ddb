// Runs a workflow from Bun and writes the picture to a file.

import init, { flattenWorkflow, ViewComfyClient } from "viewcomfy-wasm";
import initInspect, { findWorkflow, toApiFormat } from "viewcomfy-wasm/inspect";

await init();
const workflow = await Bun.file("workflow_api.json").text();
const client = new ViewComfyClient({
  endpoint: Bun.env.VIEWCOMFY_API_URL,
  clientId: Bun.env.VIEWCOMFY_CLIENT_ID,
  clientSecret: Bun.env.VIEWCOMFY_CLIENT_SECRET,
});

const log = [];
const params = { "6-inputs-text": "a red fox", "3-inputs-seed": "random" };
const result = await client.inferWithLogs({ workflow, params, onLog: (line) => log.push(line) });
const picture = await result.outputs[0].blob();
await Bun.write(result.outputs[0].filename, picture);

// ComfyUI writes the workflow into the picture.
await initInspect();
const { prompt } = await findWorkflow(picture);
const { json } = await toApiFormat(prompt.json); // what is in API format stays
const keys = Object.keys(flattenWorkflow(json));
console.log(JSON.stringify({ keys, log, picture: { bytes: picture.size } }));

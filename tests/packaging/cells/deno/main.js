// Runs a workflow from Deno and writes the picture to a file.

import init, { flattenWorkflow, ViewComfyClient } from "viewcomfy-wasm";
import initInspect, { findWorkflow, toApiFormat } from "viewcomfy-wasm/inspect";

await init();
const workflow = await Deno.readTextFile("workflow_api.json");
const client = new ViewComfyClient({
  endpoint: Deno.env.get("VIEWCOMFY_API_URL"),
  clientId: Deno.env.get("VIEWCOMFY_CLIENT_ID"),
  clientSecret: Deno.env.get("VIEWCOMFY_CLIENT_SECRET"),
});

const log = [];
const params = { "6-inputs-text": "a red fox", "3-inputs-seed": "random" };
const result = await client.inferWithLogs({ workflow, params, onLog: (line) => log.push(line) });
const picture = await result.outputs[0].blob();
await Deno.writeFile(result.outputs[0].filename, picture.stream());

// ComfyUI writes the workflow into the picture.
await initInspect();
const { prompt } = await findWorkflow(picture);
const { json } = await toApiFormat(prompt.json); // what is in API format stays
const keys = Object.keys(flattenWorkflow(json));
console.log(JSON.stringify({ keys, log, picture: { bytes: picture.size } }));

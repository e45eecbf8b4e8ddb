// Runs a workflow from Node and writes the picture to a file.

import { readFile, writeFile } from "node:fs/promises";

import init, { flattenWorkflow, ViewComfyClient } from "viewcomfy-wasm";
import initInspect, { findWorkflow, toApiFormat } from "viewcomfy-wasm/inspect";

await init();
const workflow = await readFile("workflow_api.json");
const client = new ViewComfyClient({
  endpoint: process.env.VIEWCOMFY_API_URL,
  clientId: process.env.VIEWCOMFY_CLIENT_ID,
  clientSecret: process.env.VIEWCOMFY_CLIENT_SECRET,
});

const log = [];
const params = { "6-inputs-text": "a red fox", "3-inputs-seed": "random" };
const result = await client.inferWithLogs({ workflow, params, onLog: (line) => log.push(line) });
const picture = await result.outputs[0].blob();
await writeFile(result.outputs[0].filename, picture.stream());

// ComfyUI writes the workflow into the picture.
await initInspect();
const { prompt } = await findWorkflow(picture);
const { json } = await toApiFormat(prompt.json); // what is in API format stays
const keys = Object.keys(flattenWorkflow(json));
console.log(JSON.stringify({ keys, log, picture: { bytes: picture.size } }));

// An app for ViewComfy's TypeScript client, with its one import changed, in Node, Bun or Deno.

import { readFile } from "node:fs/promises";
import process from "node:process";

import { flattenWorkflow } from "viewcomfy-wasm";
import { inferWithLogsStream } from "viewcomfy-wasm/compat";

const log = [];
const { outputs } = await inferWithLogsStream({
  apiUrl: process.env.VIEWCOMFY_API_URL,
  params: { "6-inputs-text": "a red fox", "3-inputs-seed": 7 },
  loggingCallback: (message) => log.push(message),
  clientId: process.env.VIEWCOMFY_CLIENT_ID,
  clientSecret: process.env.VIEWCOMFY_CLIENT_SECRET,
});

// The first call has loaded the wasm, for everybody.
const keys = Object.keys(flattenWorkflow(await readFile("workflow_api.json")));
console.log(JSON.stringify({ keys, log, picture: { bytes: outputs[0].size } }));

// Entry for apps written for ViewComfy's TypeScript client: its two calls. The same source for the web and for Node.

import init, { ViewComfyClient } from "viewcomfy-wasm";

import { handlersOf, optionsOf, requestOf } from "./request.js";
import { resultOf } from "./result.js";

export { isViewComfyError } from "../errors.js";
export { PromptResult, S3FilesData } from "./result.js";

/** See compat.d.ts. */
export async function infer(given) {
  const client = await clientOf(given);
  return resultOf(await client.infer(requestOf(given)));
}

/** See compat.d.ts. */
export async function inferWithLogsStream(given) {
  const client = await clientOf(given);
  return resultOf(await client.inferWithLogs({ ...requestOf(given), ...handlersOf(given) }));
}

async function clientOf(given) {
  await init();
  return new ViewComfyClient(optionsOf(given));
}

// Entry for apps written for ViewComfy's TypeScript client, as it is today and as it was. The same source for the web and for Node.

import { clientOf } from "./client.js";
import { handlersOf, requestOf } from "./request.js";
import { resultOf } from "./result.js";

export { isViewComfyError } from "../errors.js";
export { PromptResult, S3FilesData, S3FilesData as S3FileData } from "./result.js";

/** See compat.d.ts. */
export async function infer(given) {
  const client = await clientOf(given);
  // Only a stream tells the id at once.
  if (given.onPromptId)
    return resultOf(await client.inferWithLogs({ ...requestOf(given), ...handlersOf(given) }));
  return resultOf(await client.infer(requestOf(given)));
}

/** See compat.d.ts. */
export async function inferWithLogsStream(given) {
  const client = await clientOf(given);
  return resultOf(await client.inferWithLogs({ ...requestOf(given), ...handlersOf(given) }));
}

/** See compat.d.ts. */
export async function inferCancel(given) {
  const client = await clientOf(given);
  return client.cancel(given.promptId);
}

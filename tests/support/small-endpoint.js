// An endpoint whose deployed workflow creates a small picture, so that a run takes milliseconds.

import { fileURLToPath } from "node:url";

import { startEndpoint } from "./endpoint.js";

const WORKFLOW = fileURLToPath(new URL("../fixtures/workflows/small_picture.json", import.meta.url));

/** Like `startEndpoint`, with the fixture `small_picture` deployed. */
export function startSmallEndpoint({ args = [], ...options } = {}) {
  return startEndpoint({ ...options, args: ["--workflow", WORKFLOW, ...args] });
}

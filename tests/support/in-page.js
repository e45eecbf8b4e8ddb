// What the API's browser tests run inside the page: the built package and the same descriptions as in Node.

import init, * as lib from "/pkg/index.js";
import { describeFailure, describeResult, failureOf, runAs } from "/tests-support/describe.js";

await init();

export { describeFailure, describeResult, failureOf, lib, runAs };

/** Runs in one of the four ways and describes the result, with the types of the events before it. */
export async function told(way, options, request) {
  const { result, events } = await runAs(lib, way, options, request);
  return { ...(await describeResult(result)), events };
}

/** Describes the error of a run in one of the four ways. */
export function failed(way, options, request) {
  return failureOf(() => runAs(lib, way, options, request));
}

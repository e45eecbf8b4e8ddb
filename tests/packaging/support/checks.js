// What every cell is held to: the workflow's keys in order, a run that was streamed, and the picture that it made.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import { settledRequest } from "../../support/requests.js";

const FLAT = new URL("../../fixtures/workflows/expected/small_picture.flat.json", import.meta.url);
/** The keys of the workflow that every app runs, in its order; none is like an integer, so `JSON.parse` leaves them in it. */
export const KEYS = Object.keys(JSON.parse(readFileSync(FLAT, "utf8")));
const STEPS = 20;

/**
 * @param {{ keys: string[], log: string[], picture: { width?: number, bytes?: number } }} told what the app showed
 * @param {string} endpoint the endpoint's address
 */
export async function checkTold({ keys, log, picture }, endpoint) {
  assert.deepEqual(keys, KEYS);
  assert.ok(log.length >= STEPS, `only ${log.length} lines of the log came`);
  assert.ok(
    log.some((line) => line.includes(`${STEPS}/${STEPS}`)),
    "the log's last step did not come",
  );
  if (picture.width !== undefined) assert.equal(picture.width, 64);
  else assert.ok(picture.bytes > 100, "the picture is empty");
  await checkReceived(endpoint);
}

/** The endpoint got one streamed request, with the credentials, and answered it to its end. */
export async function checkReceived(endpoint) {
  const { state, logs, params, ...rest } = await settledRequest(endpoint);
  assert.deepEqual({ state, logs }, { state: "finished", logs: true }, JSON.stringify(rest));
  assert.equal(JSON.parse(params)["6-inputs-text"], "a red fox");
}

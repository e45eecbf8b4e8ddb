// Failures in Node's tests.

import assert from "node:assert/strict";

import { failureOf } from "./describe.js";
import { differences } from "./faults.js";

/** Asserts that `work` throws or rejects with this code and these facts (equal, matching, or asked). */
export async function assertFailure(work, code, facts = {}) {
  const failure = await failureOf(work);
  const wrong = differences(failure, { code, ...facts });
  assert.deepEqual(wrong, [], `${failure.text ?? failure.outcome}`);
  return failure;
}

/** What `work` throws or rejects with, itself. */
export async function failureThrownBy(work) {
  try {
    await work();
  } catch (error) {
    return error;
  }
  return assert.fail("nothing was thrown");
}

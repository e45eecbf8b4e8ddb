// Assertions about failures for Node's tests.

import assert from "node:assert/strict";

import { failureOf } from "./describe.js";
import { differences } from "./faults.js";

/** Asserts that `work` throws or rejects with this code and these facts (values, patterns or predicates). */
export async function assertFailure(work, code, facts = {}) {
  const failure = await failureOf(work);
  const wrong = differences(failure, { code, ...facts });
  assert.deepEqual(wrong, [], `${failure.text ?? failure.outcome}`);
  return failure;
}

/** The error that `work` throws or rejects with. */
export async function failureThrownBy(work) {
  try {
    await work();
  } catch (error) {
    return error;
  }
  return assert.fail("nothing was thrown");
}

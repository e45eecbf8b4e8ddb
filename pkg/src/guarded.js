// Calls that need the wasm: each checks that it is there.

import { assertReady } from "./load.js";

/**
 * @template {(...args: any[]) => any} Call
 * @param {string} name what the call is named in the message
 * @param {Call} call
 * @returns {Call}
 */
export function guarded(name, call) {
  return /** @type {Call} */ (
    (...args) => {
      assertReady(name);
      return call(...args);
    }
  );
}

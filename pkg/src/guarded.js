// Calls that need the wasm: each checks that it is there, and its errors show who called.

import { CallSite } from "./call-site.js";
import { assertReady } from "./load.js";

/**
 * @template {(...args: any[]) => any} Call
 * @param {string} name what the call is named in the message
 * @param {Call} call
 * @returns {Call}
 */
export function guarded(name, call) {
  const outer = (...args) => {
    try {
      assertReady(name);
      return call(...args);
    } catch (error) {
      throw new CallSite(outer).place(error);
    }
  };
  return /** @type {Call} */ (outer);
}

/**
 * The same for a call that gives a promise.
 *
 * @template {(...args: any[]) => Promise<any>} Call
 * @param {string} name
 * @param {Call} call
 * @returns {Call}
 */
export function guardedAsync(name, call) {
  const outer = async (...args) => {
    const site = new CallSite(outer);
    try {
      assertReady(name);
      return await call(...args);
    } catch (error) {
      throw site.place(error);
    }
  };
  return /** @type {Call} */ (outer);
}

// Stacks of our errors begin where the caller called, not in here or in the wasm, and not where a stream was read.

import { ViewComfyError } from "./errors.js";

/** Errors that show their caller already. A handler may throw one, which keeps its own. */
const placed = new WeakSet();

/** The place of a call, as far as the engine tells it. */
export class CallSite {
  /** @type {string | undefined} */
  stack;

  /** @param {Function} call what was called */
  constructor(call) {
    /** @type {any} */ (Error).captureStackTrace?.(this, call);
  }

  /** The same error with this place in its stack, when it is one of ours. */
  place(error) {
    if (!(error instanceof ViewComfyError) || placed.has(error) || !this.stack) return error;
    placed.add(error);
    // Chromium and Node write the error in front of the places, others do not.
    error.stack = this.stack.replace(/^Error(?=\n|$)/, () => `${error}`);
    return error;
  }
}

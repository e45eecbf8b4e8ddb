// What can end a call: the caller leaves, the answer does not begin in time, the body turns out wrong.

import { unlessAborted } from "../race.js";
import { Refusal } from "./refusal.js";

/** One for each request; ends all that was begun for it. */
export class Ending {
  #controller = new AbortController();
  #timer;
  #timeoutMs;
  #backend;
  #stopListening = () => {};

  /**
   * @param {AbortSignal} caller aborted when the caller leaves
   * @param {{ timeoutMs: number, backend: string }} settings how long it may take until the answer begins (0 means no limit), and of whom
   */
  constructor(caller, { timeoutMs, backend }) {
    this.#timeoutMs = timeoutMs;
    this.#backend = backend;
    if (caller.aborted) this.end(caller.reason);
    const leave = () => this.end(caller.reason);
    caller.addEventListener("abort", leave, { once: true });
    this.#stopListening = () => caller.removeEventListener("abort", leave);
  }

  get signal() {
    return this.#controller.signal;
  }

  /** Counts from here, as the body's arrival is the caller's affair. */
  startWaiting() {
    if (this.#timeoutMs === 0) return;
    const message = `The ${this.#backend}'s response did not begin in time.`;
    const end = () => this.end(new Refusal("timeout", message));
    this.#timer = setTimeout(end, this.#timeoutMs);
  }

  stopWaiting() {
    clearTimeout(this.#timer);
  }

  /** For one among many of the same caller: it is over, and hears of the caller no more. */
  close() {
    this.stopWaiting();
    this.#stopListening();
  }

  end(reason) {
    this.#controller.abort(reason);
  }

  /**
   * Waits, but no longer than the call goes on: not every runtime lets a request fail when its body does.
   *
   * @template T
   * @param {Promise<T>} work
   * @returns {Promise<T>}
   */
  for(work) {
    return unlessAborted(work, this.signal);
  }
}

// What can end a run early, joined into one signal, and the word now and then while nothing comes.

import { ViewComfyError } from "./errors.js";
import { amount, signalOf } from "./options.js";
import { unlessAborted } from "./race.js";

/** The reference clients' own limit for a streamed run, in milliseconds. */
export const STREAMED_TIMEOUT = 24_000_000;

/** The longest time that timers take, about 25 days. */
const MAX_TIMER = 2_147_483_647;
const TICK = Symbol("tick");

export class Watch {
  #user;
  /** Ends the run at its time limit, or for a handler's promise that rejected. */
  #ending = new AbortController();
  #limitTimer;
  /** What that promise rejected with. */
  #thrown;
  /** Promises of handlers that have not settled. */
  #pending = new Set();
  #timeoutMs;
  #every;
  #waited = 0;
  #timer;
  #tick;

  /**
   * @param {AbortSignal} cancel the surface's own way to end the run
   * @param {object} [options] `signal`, `timeoutMs`, `waitingAfterSeconds`
   * @param {number} [timeoutMs] unless the options say otherwise; 0 means no limit
   */
  constructor(cancel, options, timeoutMs) {
    this.#user = signalOf(options);
    this.#timeoutMs = amount(options, "timeoutMs", timeoutMs);
    this.#every = amount(options, "waitingAfterSeconds", 5);
    // Not AbortSignal.timeout: while something listens to it, Deno stays alive until it has passed.
    if (this.#timeoutMs > 0)
      this.#limitTimer = setTimeout(() => this.#ending.abort(), Math.min(this.#timeoutMs, MAX_TIMER));
    this.signal = AbortSignal.any([cancel, this.#user, this.#ending.signal].filter(Boolean));
  }

  get aborted() {
    return this.signal.aborted;
  }

  throwIfAborted() {
    if (this.aborted) throw this.#reason();
  }

  /** Takes what a handler gave: a promise that rejects ends the run as a handler that throws. */
  heed(given) {
    if (typeof given?.then !== "function") return;
    const settled = Promise.resolve(given).then(
      () => this.#pending.delete(settled),
      (reason) => {
        this.#thrown ??= { reason };
        this.#ending.abort();
      },
    );
    this.#pending.add(settled);
  }

  /** Waits until none of these promises can end the run any more. */
  async heeded() {
    if (this.#pending.size > 0) await this.for(Promise.all(this.#pending));
    this.throwIfAborted();
  }

  /** Waits for a promise or an abort, whichever comes first. */
  for(promise) {
    return unlessAborted(promise, this.signal, () => this.#reason());
  }

  /** The same, and yields again and again that it is waiting, and for how many seconds by now. */
  async *counting(promise) {
    for (;;) {
      const woken = await this.for(this.#every > 0 ? Promise.race([promise, this.#nextTick()]) : promise);
      if (woken !== TICK) return woken;
      this.#tick = undefined;
      this.#waited += this.#every;
      yield { waiting: this.#waited, watch: this };
    }
  }

  /** Says no more that it is waiting. */
  stopCounting() {
    clearTimeout(this.#timer);
    this.#every = 0;
  }

  /** Nothing is left behind that would keep a process alive. */
  end() {
    this.stopCounting();
    clearTimeout(this.#limitTimer);
  }

  /** The caller's own reason untouched, what a handler's promise rejected with, a `timeout`, or the surface's. */
  #reason() {
    if (this.#user?.aborted) return this.#user.reason;
    if (this.#thrown) return this.#thrown.reason;
    if (!this.#ending.signal.aborted) return this.signal.reason;
    const advice =
      "raise timeoutMs (0 means no limit) if the workflow needs longer; a cold start takes minutes";
    return new ViewComfyError("timeout", `no result within ${this.#timeoutMs} ms: ${advice}`, {
      timeoutMs: this.#timeoutMs,
    });
  }

  #nextTick() {
    this.#tick ??= new Promise((resolve) => {
      this.#timer = setTimeout(resolve, Math.min(this.#every * 1000, MAX_TIMER), TICK);
    });
    return this.#tick;
  }
}

// Follows a run to its end. What the look-up says holds; live events tell the log and when to look.

import { Refusal } from "../route/refusal.js";
import { Failed } from "./calls.js";
import { Live } from "./live.js";
import { Pace } from "./pace.js";

const PING_MS = 15_000;
/** What the socket still has to say once the look-up knows the end. */
const GRACE_MS = 500;
/** Of a caller who does not read, so much of the log is kept. */
const MAX_WAITING = 10_000;
const ENDS = new Set(["infer_result_message", "infer_canceled_message"]);

/**
 * @typedef {{ log: string } | { error: string } | { ping: true } | { end: import("./record.js").RunRecord }} Told
 */

/** One caller's view of one run. */
export class Following {
  #calls;
  #id;
  #settings;
  #ending;
  #live;
  #pace;
  /** @type {Told[]} */
  #waiting = [];
  #leftOut = 0;
  #wake = () => {};
  /** When the next look-up is due. */
  #due = 0;
  #isLooking = false;
  #failingSince;
  #failure;
  /** @type {string[]} errors that no look-up has confirmed yet */
  #errors = [];
  #record;
  #heardEnd = false;
  #saidAlone = false;

  /**
   * @param {import("./calls.js").CloudCalls} calls
   * @param {string} id
   * @param {import("./options.js").Settings} settings
   * @param {import("../route/ending.js").Ending} ending
   */
  constructor(calls, id, settings, ending) {
    this.#calls = calls;
    this.#id = id;
    this.#settings = settings;
    this.#ending = ending;
    this.#pace = new Pace(settings.pollMs);
    if (settings.liveEvents) this.#live = new Live(settings, calls, this.#listener());
    ending.signal.addEventListener("abort", () => this.close(), { once: true });
  }

  /** The socket that is to hear of the run, if there is one. */
  sid() {
    return this.#live?.sid();
  }

  /** For a run that was begun elsewhere. */
  async subscribe() {
    const sid = await this.sid();
    if (sid !== undefined) this.#live?.subscribe(sid);
  }

  close() {
    this.#live?.close();
    this.#wake();
  }

  /**
   * What is told of the run from now on; the last is its end.
   *
   * @returns {AsyncGenerator<Told>}
   */
  async *events() {
    const { runTimeoutMs } = this.#settings;
    const over = runTimeoutMs === 0 ? Number.POSITIVE_INFINITY : Date.now() + runTimeoutMs;
    this.#lookIn(this.#pace.next());
    let [ping, grace] = [Date.now() + PING_MS, Number.POSITIVE_INFINITY];
    try {
      for (;;) {
        this.#ending.signal.throwIfAborted();
        while (this.#waiting.length > 0) yield/** @type {Told} */ (this.#waiting.shift());
        if (this.#failure) throw this.#failure;
        const now = Date.now();
        if (this.#record) {
          if (grace > now + GRACE_MS) grace = now + GRACE_MS;
          if (this.#hasHeardAll() || now >= grace) break;
        } else if (now >= over) {
          throw new Refusal("timeout", `The run has not ended in ${runTimeoutMs / 1_000} s.`);
        } else if (now >= this.#due) {
          this.#look();
        }
        if (now >= ping) {
          ping = now + PING_MS;
          yield { ping: true };
          continue;
        }
        const next = this.#record ? grace : Math.min(over, this.#isLooking ? over : this.#due);
        await this.#sleep(Math.min(next, ping) - Date.now());
      }
      yield { end: this.#confirmed() };
    } finally {
      this.close();
    }
  }

  /** @returns {import("./live.js").Listener} */
  #listener() {
    return {
      hear: (event, data, isSure) => this.#hear(event, data, isSure),
      connected: () => this.#lookIn(0),
      alone: (why) => {
        if (this.#saidAlone) return;
        this.#saidAlone = true;
        this.#tell({ log: `No live log (${why}): the run is looked up until it ends.` });
      },
    };
  }

  #hear(event, data, isSure) {
    if (!this.#isOurs(data, isSure)) {
      // An empty result message may be ours.
      if (ENDS.has(event)) this.#lookIn(0);
      return;
    }
    if (event === "infer_log_message") this.#tell({ log: messageOf(data) });
    else if (event === "infer_error_message") this.#errors.push(messageOf(data));
    if (ENDS.has(event)) this.#heardEnd = true;
    if (event !== "infer_log_message") this.#lookIn(0);
    this.#wake();
  }

  /** Older forms are bare texts, which a socket of more than one run could not tell apart. */
  #isOurs(data, isSure) {
    if (typeof data === "string") return isSure;
    return data?.prompt_id === this.#id;
  }

  #tell(told) {
    if (this.#waiting.length === MAX_WAITING) {
      this.#waiting.shift();
      this.#leftOut += 1;
    }
    this.#waiting.push(told);
    this.#wake();
  }

  #lookIn(ms) {
    if (ms === 0) this.#pace.reset();
    this.#due = Date.now() + ms;
    this.#wake();
  }

  async #look() {
    this.#isLooking = true;
    this.#due = Number.POSITIVE_INFINITY;
    const errors = this.#errors.length;
    try {
      const record = (await this.#calls.lookUp([this.#id])).find(({ id }) => id === this.#id);
      if (!record) throw new Failed("The cloud API does not know the run.");
      this.#failingSince = undefined;
      if (record.ended) this.#record = record;
      if (record.status !== "error") this.#refute(errors);
    } catch (error) {
      this.#failed(error);
    }
    this.#isLooking = false;
    // Unless it became due meanwhile.
    if (this.#due === Number.POSITIVE_INFINITY) this.#due = Date.now() + this.#pace.next();
    this.#wake();
  }

  /** What looked like an error while the run goes on is a line of its log. */
  #refute(count) {
    for (const log of this.#errors.splice(0, count)) this.#tell({ log });
  }

  #failed(error) {
    const now = Date.now();
    this.#failingSince ??= now;
    if (!(error instanceof Failed)) this.#failure = error;
    else if (now - this.#failingSince >= this.#settings.patienceMs) {
      const message =
        "The cloud API has not said for a while how the run stands. The run may go on: ask for it again.";
      this.#failure = new Refusal("unreachable", message, { cause: error });
    }
  }

  #hasHeardAll() {
    return this.#heardEnd || this.#errors.length > 0 || !this.#live?.isConnected;
  }

  #confirmed() {
    const record = /** @type {import("./record.js").RunRecord} */ (this.#record);
    if (record.status !== "error") return record;
    return { ...record, error: record.error ?? this.#errors[0] };
  }

  async #sleep(ms) {
    if (ms <= 0 || this.#waiting.length > 0 || this.#failure || this.#ending.signal.aborted) return;
    await new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.min(ms, PING_MS));
      this.#wake = () => {
        clearTimeout(timer);
        resolve(undefined);
      };
    });
    this.#wake = () => {};
  }
}

function messageOf(data) {
  const text = typeof data === "string" ? data : data.data;
  return typeof text === "string" ? text : (JSON.stringify(text) ?? "");
}

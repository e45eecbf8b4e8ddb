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
  /** @type {import("./record.js").RunRecord | undefined} of a run that has ended */
  #record;
  /** The run may take as long as this. */
  #over = Number.POSITIVE_INFINITY;
  #graceEnds = 0;
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
    if (runTimeoutMs > 0) this.#over = Date.now() + runTimeoutMs;
    this.#lookIn(this.#pace.next());
    let ping = Date.now() + PING_MS;
    try {
      while (!this.#isDone()) {
        yield* this.#told();
        this.#act();
        if (Date.now() >= ping) {
          ping = Date.now() + PING_MS;
          yield { ping: true };
        } else {
          await this.#sleep(Math.min(this.#next(), ping) - Date.now());
        }
      }
      yield* this.#told();
      yield { end: this.#confirmed() };
    } finally {
      this.close();
    }
  }

  /** Whether the look-up knows the end, and the socket has nothing more to say, or had its time. */
  #isDone() {
    if (!this.#record) return false;
    return this.#hasHeardAll() || Date.now() >= this.#graceEnds;
  }

  *#told() {
    if (this.#leftOut > 0) yield { log: `… ${this.#leftOut} lines of the log are left out` };
    this.#leftOut = 0;
    while (this.#waiting.length > 0) yield/** @type {Told} */ (this.#waiting.shift());
  }

  /** Throws what ends the following, and looks the run up when that is due. */
  #act() {
    this.#ending.signal.throwIfAborted();
    if (this.#failure) throw this.#failure;
    if (this.#record) return;
    const now = Date.now();
    if (now >= this.#over)
      throw new Refusal("timeout", `The run has not ended in ${this.#settings.runTimeoutMs / 1_000} s.`);
    if (!this.#isLooking && now >= this.#due) void this.#look();
  }

  /** When there is something to do by itself. */
  #next() {
    if (this.#record) return this.#graceEnds;
    return this.#isLooking ? this.#over : Math.min(this.#over, this.#due);
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
      if (record.ended) {
        this.#record = record;
        this.#graceEnds = Date.now() + GRACE_MS;
      }
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
        "The cloud API has not reported the run's state for a while. The run may go on: ask for it again.";
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

// The runs of one component, one at a time, as a store that React looks at.

import { ViewComfyError } from "../errors.js";
import { joinedSignal } from "../joined-signal.js";
import { Lines } from "./lines.js";

/** As often as a screen refreshes. A timer, because a hidden tab has no animation frames. */
const FRAME_MS = 16;

export class Runner {
  /** @type {import("viewcomfy-wasm").ViewComfyClient | null} */
  #client = null;
  #lines = new Lines(0);
  /** @type {import("viewcomfy-wasm").Progress | null} */
  #progress = null;
  /** @type {import("viewcomfy-wasm/react").UseInfer} */
  #idle = {
    run: (request) => this.#run(request),
    cancel: () => this.#cancel(),
    status: "idle",
    progress: this.#progress,
    logs: this.#lines.all(),
    result: null,
    error: null,
  };
  #state = this.#idle;
  #timer;
  /**
   * Ends the current run. Also identifies it, so that late events of an earlier run can be ignored.
   * @type {AbortController | null}
   */
  #going = null;
  /** @type {(() => void) | null} */
  #listener = null;
  /** True from unmounting on, and for a moment under StrictMode, which mounts twice. */
  #gone = false;

  /** What the next run takes. */
  configure(client, maxLogs) {
    this.#client = client;
    this.#lines.max = maxLogs;
  }

  /** The component is there until what this returns is called: then its run ends. */
  subscribe = (listener) => {
    this.#listener = listener;
    this.#gone = false;
    return () => {
      this.#listener = null;
      this.#gone = true;
      this.#cancel();
    };
  };

  look = () => this.#state;

  lookAtServer = () => this.#idle;

  async #run(request) {
    // Between StrictMode's two mountings, effects of children run while their parent is away.
    if (this.#gone) await null;
    if (this.#gone) return null;
    const run = this.#begin();
    try {
      if (!this.#client) throw notThere();
      const result = await this.#client.inferWithLogs(this.#observed(request, run));
      return this.#end(run, { status: "done", result });
    } catch (error) {
      const wanted = run.signal.aborted || request?.signal?.aborted;
      return this.#end(run, wanted ? { status: "cancelled" } : { status: "failed", error });
    }
  }

  #begin() {
    this.#going?.abort();
    const run = new AbortController();
    this.#going = run;
    this.#lines.clear();
    this.#progress = null;
    this.#show({ status: "waiting", result: null, error: null });
    return run;
  }

  /** Ends a run and gives its result; null, and nothing is shown, when it is no longer the current one. */
  #end(run, change) {
    if (this.#going !== run) return null;
    this.#going = null;
    this.#show(change);
    return this.#state.result;
  }

  #cancel() {
    const run = this.#going;
    if (!run) return;
    this.#end(run, { status: "cancelled" });
    run.abort();
  }

  /** The request with our handlers in front of its own; they are called only while it is the current run. */
  #observed(request, run) {
    const hear = (name, note) => {
      const own = request?.[name] ?? undefined;
      // The client refuses what is not a function, in its own words.
      if (own !== undefined && typeof own !== "function") return own;
      return (event) => {
        if (this.#going !== run) return;
        note?.(event);
        return own?.call(request, event);
      };
    };
    return {
      ...request,
      signal: joinedSignal(request?.signal, run.signal),
      onOpen: hear("onOpen", () => this.#show({ status: "running" })),
      onLog: hear("onLog", (line) => {
        if (this.#lines.add(line)) this.#showSoon();
      }),
      onProgress: hear("onProgress", (progress) => {
        this.#progress = progress;
        this.#showSoon();
      }),
      onError: hear("onError"),
      onWaiting: hear("onWaiting"),
    };
  }

  #showSoon() {
    this.#timer ??= setTimeout(() => this.#show({}), FRAME_MS);
  }

  /** Shows everything that has arrived by now, in one rendering. */
  #show(change) {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#state = { ...this.#state, progress: this.#progress, logs: this.#lines.all(), ...change };
    this.#listener?.();
  }
}

function notThere() {
  const advice = "await init(), make a ViewComfyClient and give it to useInfer()";
  return new ViewComfyError("not_initialised", `there is no client yet: ${advice}`);
}

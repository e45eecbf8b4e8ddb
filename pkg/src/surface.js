// The public calls: each checks that the wasm is there and hands over. Iteration and handlers live here.

import { listen } from "./follow.js";
import { guarded } from "./guarded.js";
import { assertReady } from "./load.js";
import { amount, callable } from "./options.js";
import { post } from "./run.js";
import { deliverBatch } from "./event-batch.js";
import * as wasm from "./viewcomfy_wasm.js";

export { isViewComfyError, ViewComfyError } from "./errors.js";

export const flattenWorkflow = guarded("flattenWorkflow", wasm.flattenWorkflow);
export const flattenWorkflowToJson = guarded("flattenWorkflowToJson", wasm.flattenWorkflowToJson);
export const applyParams = guarded("applyParams", wasm.applyParams);
export const buildParams = guarded("buildParams", wasm.buildParams);

/** Settings of a client that a request may override. */
const LIMITS = ["timeoutMs", "maxResultBytes", "maxEventBytes"];

/** See index.d.ts. */
export class ViewComfyClient {
  #client;
  #settings = {};

  constructor(options) {
    assertReady("ViewComfyClient");
    this.#client = new wasm.Client(options);
    for (const name of [...LIMITS, "waitingAfterSeconds"]) this.#settings[name] = amount(options, name);
    this.#settings.rewriteUrl = callable(options, "rewriteUrl");
  }

  async infer(request) {
    return settle(this.#run(request, false, new AbortController(), false), {});
  }

  async inferWithLogs(request) {
    const progress = Boolean(request?.onProgress);
    return settle(this.#run(request, true, new AbortController(), progress), handlersOf(request));
  }

  stream(request) {
    const cancel = new AbortController();
    return iterate(this.#run(request, true, cancel, true), cancel);
  }

  /** The request's own limits count before the client's; nothing happens before the first batch is asked for. */
  async *#run(request, streamed, cancel, progress) {
    const options = { ...this.#settings, progress, signal: request?.signal };
    for (const name of LIMITS) options[name] = amount(request, name, options[name]);
    yield* post(() => this.#client.prepare(request, streamed), options, streamed, cancel);
  }
}

/** See index.d.ts. */
export async function follow(url, options) {
  assertReady("follow");
  const settings = { ...options, rewriteUrl: callable(options, "rewriteUrl") };
  for (const name of LIMITS.slice(1)) settings[name] = amount(options, name);
  return settle(listen(String(url), settings, new AbortController()), handlersOf(options));
}

const HANDLERS = ["onOpen", "onLog", "onProgress", "onError", "onWaiting"];

/** The handlers of a call, checked before anything is sent. */
function handlersOf(options) {
  for (const name of HANDLERS) callable(options, name);
  return options ?? {};
}

/** Runs to the end, handlers called on the way, and gives the result. */
async function settle(batches, handlers) {
  for await (const batch of batches) {
    if (batch.result) return batch.result;
    deliver(batch, handlers);
  }
}

/** Who has aborted hears nothing more. */
function deliver({ events, open, waiting, watch }, handlers) {
  watch.throwIfAborted();
  if (events) deliverBatch(events, handlers, watch);
  if (open) handlers.onOpen?.(open);
  if (waiting) handlers.onWaiting?.(waiting);
}

/** The events of a run. Leaving the loop aborts it, also while the next event is awaited. */
function iterate(batches, cancel) {
  const events = generate(batches);
  return {
    next: () => events.next(),
    return(value) {
      cancel.abort();
      return events.return(value);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

async function* generate(batches) {
  for await (const batch of batches) {
    for (const event of eventsOf(batch)) {
      batch.watch?.throwIfAborted();
      yield event;
    }
    batch.watch?.throwIfAborted();
  }
}

/** A batch as the events of index.d.ts. */
function eventsOf(batch) {
  if (batch.result) return [{ type: "result", result: batch.result }];
  const events = [];
  deliver(batch, {
    onOpen: (open) => events.push(open),
    onLog: (line) => events.push({ type: "log", line }),
    onProgress: (progress) => events.push({ type: "progress", progress }),
    onError: (message) => events.push({ type: "error", message }),
    onWaiting: (seconds) => events.push({ type: "waiting", seconds }),
  });
  return events;
}

// The public calls: each checks that the wasm is there and hands over to it. Iteration and handlers live here,
// because a call per event is cheaper within JavaScript than across the boundary.

import { ViewComfyError } from "./errors.js";
import { assertReady } from "./load.js";
import * as wasm from "./viewcomfy_wasm.js";

export { isViewComfyError, ViewComfyError } from "./errors.js";

export const flattenWorkflow = guarded("flattenWorkflow", wasm.flattenWorkflow);
export const flattenWorkflowToJson = guarded("flattenWorkflowToJson", wasm.flattenWorkflowToJson);
export const applyParams = guarded("applyParams", wasm.applyParams);
export const buildParams = guarded("buildParams", wasm.buildParams);

/** See index.d.ts. */
export class ViewComfyClient {
  #client;

  constructor(options) {
    assertReady("ViewComfyClient");
    this.#client = new wasm.Client(options);
  }

  async infer(request) {
    return settle((signal) => this.#client.run(request, false, signal), request, {});
  }

  async inferWithLogs(request) {
    return settle((signal) => this.#client.run(request, true, signal), request, handlersOf(request));
  }

  stream(request) {
    return iterate((signal) => this.#client.run(request, true, signal), request);
  }
}

/** See index.d.ts. */
export async function follow(url, options) {
  assertReady("follow");
  return settle((signal) => new wasm.Follow(String(url), options, signal), options, handlersOf(options));
}

const HANDLERS = ["onOpen", "onLog", "onProgress", "onError", "onWaiting"];

/** The handlers of a call, checked before anything is sent. */
function handlersOf(options) {
  for (const name of HANDLERS) {
    const handler = options?.[name];
    if (handler === undefined || handler === null || typeof handler === "function") continue;
    throw new ViewComfyError("invalid_param", `${name} must be a function, not a ${typeof handler}`, {
      key: name,
    });
  }
  return options ?? {};
}

function guarded(name, call) {
  return (...args) => {
    assertReady(name);
    return call(...args);
  };
}

/** Runs to the end, handlers called on the way, and gives the result. */
async function settle(start, options, handlers) {
  for await (const events of batches(start, new AbortController())) {
    for (const event of events) {
      // An abort may come from a handler, in the middle of what one chunk brought.
      options?.signal?.throwIfAborted();
      if (event.type === "result") return event.result;
      deliver(event, handlers);
    }
    options?.signal?.throwIfAborted();
  }
}

function deliver(event, handlers) {
  switch (event.type) {
    case "log":
      return handlers.onLog?.(event.line);
    case "progress":
      return handlers.onProgress?.(event.progress);
    case "error":
      return handlers.onError?.(event.message);
    case "waiting":
      return handlers.onWaiting?.(event.seconds);
    case "open":
      return handlers.onOpen?.(event);
  }
}

/** The events of a run. Leaving the loop aborts it, also while the next event is awaited. */
function iterate(start, options) {
  const controller = new AbortController();
  const events = generate(start, options, controller);
  return {
    next: () => events.next(),
    return(value) {
      controller.abort();
      return events.return(value);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

async function* generate(start, options, controller) {
  for await (const events of batches(start, controller)) {
    for (const event of events) {
      options?.signal?.throwIfAborted();
      yield event;
      if (event.type === "result") return;
    }
    options?.signal?.throwIfAborted();
  }
}

/** What each chunk brought. However this ends, the request ends with it, and the run gives back what it holds. */
async function* batches(start, controller) {
  let run;
  try {
    run = start(controller.signal);
    for (;;) yield await run.next();
  } finally {
    controller.abort();
    run?.free();
  }
}

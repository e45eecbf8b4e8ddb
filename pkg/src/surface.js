// The public calls: each checks its options and that the wasm is there, and hands over. Iteration and handlers live here.

import { Call } from "./call.js";
import { CallSite } from "./call-site.js";
import { nameClass } from "./class-name.js";
import { workflowBytes } from "./document.js";
import { deliverBatch } from "./event-batch.js";
import { listen } from "./follow.js";
import { guarded } from "./guarded.js";
import { indentOf, parseJson } from "./json.js";
import { assertReady } from "./load.js";
import { BuildOptions, FollowOptions, InferRequest, ResumeOptions, StreamHandlers } from "./option-names.js";
import { amount, callable, optionsOf } from "./options.js";
import { build, workflowToCheck } from "./params.js";
import { cancel, lookUp, promptIdIn } from "./records.js";
import { resume } from "./resume.js";
import { post } from "./run.js";
import { runMany } from "./run-many.js";
import { settingsOf } from "./settings.js";
import { valuesText } from "./values.js";
import * as wasm from "./viewcomfy_wasm.js";

export { isViewComfyError, ViewComfyError } from "./errors.js";
export { parseJson, stringifyJson } from "./json.js";

export const flattenWorkflow = guarded("flattenWorkflow", (workflow) => {
  const [all, exact] = wasm.flattenWorkflow(workflowBytes(workflow));
  // Parsed natively, then the few values that would have been rounded are replaced.
  return Object.assign(JSON.parse(all), parseJson(exact));
});

export const flattenWorkflowToJson = guarded("flattenWorkflowToJson", (workflow, indent) =>
  wasm.flattenWorkflowToJson(workflowBytes(workflow), indentOf(indent ?? 0)),
);

export const applyParams = guarded("applyParams", (workflow, params) =>
  wasm.applyParams(workflowBytes(workflow), valuesText(params)),
);

export const buildParams = guarded("buildParams", (params, options) => {
  const given = optionsOf(options, BuildOptions, "buildParams");
  return build(params, workflowToCheck(given), undefined, given.objectInfo).built;
});

/** Settings of a client that a request may override. */
const LIMITS = ["timeoutMs", "maxResultBytes", "maxEventBytes", "maxResumes"];
const WITH_HANDLERS = [...InferRequest, ...StreamHandlers];

/** See index.d.ts. */
export class ViewComfyClient {
  static {
    nameClass(ViewComfyClient, "ViewComfyClient");
  }

  #settings;

  constructor(options) {
    try {
      assertReady("ViewComfyClient");
      this.#settings = settingsOf(options);
    } catch (error) {
      throw new CallSite(new.target).place(error);
    }
  }

  async infer(request) {
    const site = new CallSite(this.infer);
    return settle(this.#run(request, "infer", new AbortController(), false), {}, site);
  }

  async inferWithLogs(request) {
    const site = new CallSite(this.inferWithLogs);
    const progress = Boolean(request?.onProgress);
    return settle(this.#run(request, "inferWithLogs", new AbortController(), progress), request, site);
  }

  stream(request) {
    const cancel = new AbortController();
    const batches = this.#run(request, "stream", cancel, true);
    return iterate(placedIn(eventsIn(batches), new CallSite(this.stream)), cancel);
  }

  async resume(promptId, options) {
    const site = new CallSite(this.resume);
    return settle(this.#resume(promptId, options), options, site);
  }

  async lookUp(promptIds, options) {
    const site = new CallSite(this.lookUp);
    return lookUp(promptIds, this.#settings, options).catch((error) => {
      throw site.place(error);
    });
  }

  async cancel(promptId, options) {
    const site = new CallSite(this.cancel);
    return cancel(promptId, this.#settings, options).catch((error) => {
      throw site.place(error);
    });
  }

  runMany(requests, options) {
    const cancel = new AbortController();
    const run = (request) => this.inferWithLogs(request);
    const ended = runMany(run, requests, options, cancel.signal);
    return iterate(placedIn(ended, new CallSite(this.runMany)), cancel);
  }

  async *#resume(promptId, given) {
    const options = optionsOf(given, ResumeOptions, "resume");
    const settings = this.#optionsOf(options, Boolean(options.onProgress));
    yield* resume(promptIdIn(promptId), settings, new AbortController());
  }

  /** The request's own limits count before the client's; nothing happens before the first batch is asked for. */
  async *#run(request, call, cancel, progress) {
    const given = optionsOf(request, call === "inferWithLogs" ? WITH_HANDLERS : InferRequest, call);
    const options = this.#optionsOf(given, progress);
    const streamed = call !== "infer";
    yield* post(() => new Call(this.#settings, given, streamed), options, streamed, cancel);
  }

  #optionsOf(given, progress) {
    for (const name of StreamHandlers) callable(given, name);
    const options = { ...this.#settings, progress, signal: given.signal };
    for (const name of LIMITS) options[name] = amount(given, name, options[name]);
    return options;
  }
}

/** See index.d.ts. */
export async function follow(url, options) {
  const site = new CallSite(follow);
  return settle(following(url, options), options, site);
}

async function* following(url, given) {
  assertReady("follow");
  const options = optionsOf(given, FollowOptions, "follow");
  for (const name of StreamHandlers) callable(options, name);
  const settings = { ...options, rewriteUrl: callable(options, "rewriteUrl") };
  for (const name of ["maxResultBytes", "maxEventBytes"]) settings[name] = amount(options, name);
  yield* listen(String(url), settings, new AbortController());
}

/** Runs to the end, handlers called on the way, and gives the result. */
async function settle(batches, handlers, site) {
  try {
    for await (const batch of batches) {
      if (batch.result) return batch.result;
      deliver(batch, handlers ?? {});
    }
  } catch (error) {
    throw site.place(error);
  }
}

/** Who has aborted hears nothing more. */
function deliver({ events, open, waiting, watch }, handlers) {
  watch.throwIfAborted();
  if (events) deliverBatch(events, handlers, watch);
  if (open) watch.heed(handlers.onOpen?.(open));
  if (waiting) watch.heed(handlers.onWaiting?.(waiting));
}

/** Leaving the loop aborts what goes on, also while the next event is awaited. */
function iterate(events, cancel) {
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

async function* placedIn(events, site) {
  try {
    yield* events;
  } catch (error) {
    throw site.place(error);
  }
}

async function* eventsIn(batches) {
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
    onPreview: (blob, { nodeId }) => events.push({ type: "preview", blob, nodeId }),
  });
  return events;
}

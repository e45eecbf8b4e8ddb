// Following a run again that goes on without us: after its answer broke off, or from its prompt id alone.

import { isViewComfyError, typed } from "./errors.js";
import { Reading, receive } from "./reading.js";
import { ask } from "./route-call.js";
import { STREAMED_TIMEOUT, Watch } from "./watch.js";

/** Milliseconds before the first attempt; each further one waits twice as long. */
const FIRST_PAUSE = 500;
const MAX_PAUSE = 30_000;
/** What a route says that has lost the run. */
const GONE = new Set(["unknown_run", "not_supported"]);

/** The run with this id, from now on to its result. */
export async function* resume(promptId, settings, cancel) {
  const watch = new Watch(cancel.signal, settings, STREAMED_TIMEOUT);
  try {
    try {
      yield* attempt(promptId, settings, watch, null);
    } catch (error) {
      yield* goOn(promptId, settings, watch, null, error);
    }
  } catch (error) {
    throw typed(error);
  } finally {
    cancel.abort();
    watch.end();
  }
}

/**
 * Goes on with a run whose answer broke off, without its ever being started again. Throws what it broke off with when that
 * does not succeed.
 */
export async function* goOn(promptId, settings, watch, sent, broken) {
  if (watch.aborted || !mayPass(broken)) throw broken;
  for (let tried = 0; tried < settings.maxResumes && !watch.aborted; tried += 1) {
    await pause(watch, tried);
    try {
      for await (const batch of attempt(promptId, settings, watch, sent)) {
        if (!batch.open) yield batch;
      }
      return;
    } catch (error) {
      if (GONE.has(codeOf(error))) throw broken;
      if (!mayPass(error)) throw error;
    }
  }
  throw broken;
}

async function* attempt(promptId, settings, watch, sent) {
  const asking = ask(settings, "resume", { query: { resume: promptId }, watch });
  const response = yield* watch.counting(asking);
  const reading = new Reading(true, settings, watch);
  try {
    yield* receive(reading, response, true, sent);
  } finally {
    reading.free();
  }
}

/** Whether another attempt may find what this one did not. */
function mayPass(error) {
  const code = codeOf(error);
  if (code === "http_status") return error.status >= 500;
  return code === "network" || code === "stream_ended" || code === "rate_limited";
}

/** The code of an error of ours. */
function codeOf(error) {
  return isViewComfyError(error) ? error.code : undefined;
}

/** Many pages that lost one server do not come back at the same moment. */
async function pause(watch, tried) {
  const longest = Math.min(FIRST_PAUSE * 2 ** tried, MAX_PAUSE);
  let timer;
  const over = new Promise((resolve) => {
    timer = setTimeout(resolve, longest * (0.5 + Math.random() / 2));
  });
  try {
    await watch.for(over);
  } finally {
    clearTimeout(timer);
  }
}

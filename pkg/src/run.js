// One run by POST: sent, waited for, read to its result, and followed again where its answer broke off.

import { typed } from "./errors.js";
import { Reading, receive } from "./reading.js";
import { goOn } from "./resume.js";
import { offers, promptIdOf } from "./route-headers.js";
import { STREAMED_TIMEOUT, Watch } from "./watch.js";

/** The reference clients' own limit for a whole run, in milliseconds. */
const PLAIN_TIMEOUT = 2_400_000;

/**
 * Yields what came together: `{ open }`, `{ waiting }` or `{ events }`, each with the `watch`, and at last `{ result }`.
 * However this ends, the request ends with it, and the wasm gives back what it holds.
 *
 * @param {() => import("./call.js").Call} prepare checks the request and makes the call
 */
export async function* post(prepare, options, streamed, cancel) {
  const watch = new Watch(cancel.signal, options, streamed ? STREAMED_TIMEOUT : PLAIN_TIMEOUT);
  try {
    const call = prepare();
    const token = await watch.for(call.token());
    const response = yield* watch.counting(call.send(token, watch.signal));
    try {
      yield* read(response, streamed, options, watch, call.sent);
    } catch (error) {
      const promptId = promptIdOf(response);
      if (promptId === null || !offers(response, "resume")) throw error;
      yield* goOn(promptId, options, watch, call.sent, error);
    }
  } catch (error) {
    throw typed(error);
  } finally {
    cancel.abort();
    watch.end();
  }
}

async function* read(response, streamed, options, watch, sent) {
  const reading = new Reading(streamed, options, watch);
  try {
    yield* receive(reading, response, streamed, sent);
  } finally {
    reading.free();
  }
}

// The answers that carry a run: its events, its result.

import { answered, concealingAll } from "../route/answer.js";
import { EVENT_STREAM } from "../route/events.js";
import { pulled } from "../route/pulled.js";
import { Refusal } from "../route/refusal.js";
import { tell } from "../route/route.js";
import { eventOf } from "./events.js";
import { asBytes, resultText } from "./result.js";

/**
 * @typedef {object} Run
 * @property {string} id as the caller knows it
 * @property {import("./server.js").ComfyServer} server
 * @property {import("./watch.js").Watch} watch
 * @property {() => void} [unfollow] to be called once the answer has ended
 * @property {string} [prompt] as it was sent, where that is known
 * @property {string} route the route's own path
 * @property {import("./state.js").Finished} [state] of a run that is over
 */

/** What tells the caller which run this is. */
export function idHeaders(id) {
  return { "viewcomfy-prompt-id": id };
}

/**
 * The events of a run from now on, then its result.
 *
 * @param {Run} run
 * @param {import("./events.js").Events} events
 * @param {import("./server.js").Call} call
 * @param {number} status
 */
export function streamAnswer(run, events, call, status) {
  const over = untilOver(run, events, call);
  const body = bodyOf(streamBytes(run, over, events, call), run, call);
  return answered(body, { status, headers: { "content-type": EVENT_STREAM, ...idHeaders(run.id) } });
}

/**
 * Never rejects.
 *
 * @param {Run} run
 * @returns {Promise<import("./state.js").Finished | undefined>} undefined where the end is not known
 */
async function untilOver({ state, watch }, events, { settings, ending }) {
  try {
    const ended = state ?? (await watch.untilOver());
    if (ended.error !== undefined) events.error(ended.error);
    return ended;
  } catch (error) {
    if (ending.signal.aborted) return undefined;
    const refusal = Refusal.from(error, settings.backend);
    events.error(refusal.message);
    void tell(settings.onFailure, refusal);
    return undefined;
  } finally {
    events.end();
  }
}

/** What is told goes out at once. */
async function* streamBytes(run, over, events, call) {
  const encoder = new TextEncoder();
  for await (const text of events.texts(call.ending.signal)) yield encoder.encode(text);
  const state = await over;
  call.ending.signal.throwIfAborted();
  if (state) yield* asBytes(eventOf("prompt_result", textOf(run, state, call)));
}

/**
 * The result of a run as JSON, once it is over.
 *
 * @param {Run} run
 * @param {import("./server.js").Call} call
 */
export async function resultAnswer(run, call) {
  const state = await run.watch.untilOver();
  return answered(bodyOf(asBytes(textOf(run, state, call)), run, call), {
    status: 201,
    headers: idHeaders(run.id),
  });
}

/** @param {Run} run */
function textOf({ id, server, watch, prompt, route }, state, call) {
  return resultText({ id, state, sent: watch.sent, prompt }, server, call, route);
}

function bodyOf(bytes, run, { settings, ending }) {
  const whole = untilClosed(concealingAll(settings.secrets)(bytes), run, settings, ending);
  return pulled(whole, async (reason) => {
    ending.end(reason ?? new Error("the response was given up"));
    await whole.return(undefined);
  });
}

/** What broke an answer is for the route's own log: the reader of the answer may log what it gets. */
async function* untilClosed(bytes, { watch, unfollow }, { onFailure, backend }, ending) {
  try {
    yield* bytes;
  } catch (error) {
    if (!ending.signal.aborted) void tell(onFailure, Refusal.from(error, backend));
    throw new Error("The response broke off.");
  } finally {
    watch.close();
    unfollow?.();
    ending.close();
  }
}

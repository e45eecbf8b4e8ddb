// Begins a run, once: under an id that is chosen here, so that a look-up can tell whether a call arrived whose answer did not.

import { answerOf } from "../route/answer.js";
import { isNotConnected } from "../route/outgoing.js";
import { Refusal } from "../route/refusal.js";
import { Failed, jsonOf, textOf } from "./calls.js";
import { Pace, pause } from "./pace.js";

/** How often the form is sent at most. */
const MAX_CALLS = 3;
/** So many look-ups in a row have to say that they do not know a run before it counts as not begun. */
const UNKNOWN_TIMES = 3;
/** Of a gateway, behind which the call may have arrived, and of who gave up waiting. */
const UNCERTAIN = new Set([408, 500, 502, 503, 504]);
/** Of who gave up waiting for what goes on behind. */
const GAVE_UP = new Set([408, 504]);

/**
 * @typedef {object} Form
 * @property {string} type
 * @property {Uint8Array | ReadableStream<Uint8Array>} body
 * @property {(begin: () => void) => void} [whenSent] see CloudCalls.call
 */

/**
 * @param {import("./calls.js").CloudCalls} calls
 * @param {string} id
 * @param {Form} form
 * @param {import("./options.js").Settings} settings
 * @param {import("../route/ending.js").Ending} ending
 * @returns {Promise<Response | undefined>} the API's refusal; undefined once the run is begun
 */
export async function schedule(calls, id, form, settings, ending) {
  const pace = new Pace(settings.pollMs);
  for (let count = 1; ; count += 1) {
    const outcome = await sent(calls, form, ending);
    if (outcome === "taken") return undefined;
    if ("refusal" in outcome) return outcome.refusal;
    if (outcome.arrived !== false && (await isKnown(calls, id, settings, ending))) return undefined;
    if (outcome.mayArrive) throw notKnown(id, outcome.cause);
    // A body that was streamed is gone, and the service's own failure would only come again.
    const isLast =
      count === MAX_CALLS || !(form.body instanceof Uint8Array) || outcome.answer?.status === 500;
    if (isLast && outcome.answer) return answerOf(outcome.answer, outcome.secret ?? "", ending);
    if (isLast) throw notBegun(outcome.cause);
    await pause(pace.next(), ending.signal);
  }
}

function notBegun(cause) {
  return new Refusal(
    "unreachable",
    "The cloud API could not be reached, and the run was not started: try again.",
    {
      cause,
    },
  );
}

/**
 * @typedef {object} Lost what is not known to have arrived
 * @property {false} [arrived] it did not
 * @property {boolean} [mayArrive] somebody gave up waiting, and the API may still be at it: another call could be one too many
 * @property {unknown} [cause]
 * @property {Response} [answer] what somebody on the way, or the service, said instead
 * @property {string} [secret]
 *
 * @returns {Promise<"taken" | { refusal: Response } | Lost>}
 */
async function sent(calls, /** @type {Form} */ { type, body, whenSent }, ending) {
  const what = { path: "/api/workflow/infer", method: "POST", type, body };
  try {
    return await calls.call(
      what,
      (response, call, secret) => outcomeOf(response, call, secret, ending),
      whenSent,
    );
  } catch (cause) {
    if (ending.signal.aborted) throw cause;
    if (cause instanceof Refusal && !isTimeout(cause)) throw cause;
    return isNotConnected(cause) ? { arrived: false, cause } : { mayArrive: isTimeout(cause), cause };
  }
}

async function outcomeOf(response, call, secret, ending) {
  const { status } = response;
  if (status >= 200 && status <= 299) {
    jsonOf(await textOf(response, call));
    return "taken";
  }
  if (UNCERTAIN.has(status)) {
    const type = response.headers.get("content-type");
    const answer = new Response(await textOf(response, call), {
      status,
      headers: type ? { "content-type": type } : {},
    });
    return { answer, secret, mayArrive: GAVE_UP.has(status) };
  }
  if (status < 400)
    throw new Refusal("redirect_not_allowed", `The cloud API redirects elsewhere (${status}): set baseUrl.`);
  return { refusal: answerOf(response, secret, ending) };
}

/** The page may look it up by its id. */
function notKnown(id, cause) {
  const message = "It is not known whether the run was started: look it up before you send it again.";
  return new Refusal("unreachable", message, { headers: { "viewcomfy-prompt-id": id }, cause });
}

function isTimeout(error) {
  return error instanceof Refusal && error.code === "timeout";
}

/** Whether the API knows a run whose call was not answered; asked until it says so, or that it does not. */
async function isKnown(calls, id, { pollMs, patienceMs }, ending) {
  const pace = new Pace(pollMs);
  const giveUp = Date.now() + patienceMs;
  for (let unknown = 0; unknown < UNKNOWN_TIMES; ) {
    await pause(pace.next(), ending.signal);
    try {
      if ((await calls.lookUp([id])).some((record) => record.id === id)) return true;
      unknown += 1;
    } catch (error) {
      if (!(error instanceof Failed)) throw error;
      if (Date.now() > giveUp) throw notKnown(id, error);
    }
  }
  return false;
}

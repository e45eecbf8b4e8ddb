// Tells a caller of a run: as events, or as one plain result.

import { EVENT_STREAM, eventText, PING } from "../route/events.js";
import { pulled } from "../route/pulled.js";
import { Refusal } from "../route/refusal.js";
import { tell } from "../route/route.js";
import { concealed } from "./conceal.js";
import { resultText, whyNot } from "./result.js";

/** JSON begins after any white space, so this keeps its connection alive. */
const BLANK = "\n";

/**
 * @param {import("./following.js").Following} following
 * @param {import("./result.js").Context & { id: string }} context
 * @param {{ status: number, streamed: boolean, onLeave?: () => void }} how
 */
export function answerOfRun(following, context, { status, streamed, onLeave }) {
  const texts = streamed ? eventTexts(following, context) : plainTexts(following, context);
  const body = pulled(bytesOf(texts, context), (reason) => {
    onLeave?.();
    context.ending.end(reason);
    following.close();
  });
  const type = streamed ? EVENT_STREAM : "application/json";
  return { body, init: { status, headers: { "content-type": type, "viewcomfy-prompt-id": context.id } } };
}

async function* eventTexts(following, context) {
  const event = (name, text) => eventText(name, concealed(text, context.calls.secrets));
  for await (const told of following.events()) {
    if ("log" in told) yield event("log_message", told.log);
    if ("ping" in told) yield PING;
    if ("end" in told) {
      const why = whyNot(told.end);
      if (why !== undefined) yield event("error", why);
      yield "event: prompt_result\r\ndata: ";
      yield* resultText(told.end, context);
      yield "\r\n\r\n";
    }
  }
}

async function* plainTexts(following, context) {
  for await (const told of following.events()) {
    if ("ping" in told) yield BLANK;
    if ("end" in told) yield* resultText(told.end, context);
  }
}

/** What breaks the answer off is told to the app's log; the page asks again by the run's id. */
async function* bytesOf(texts, { settings, ending }) {
  const encoder = new TextEncoder();
  try {
    for await (const text of texts) yield encoder.encode(text);
  } catch (error) {
    const wasLeft = ending.signal.aborted;
    ending.end(error);
    if (!wasLeft) void tell(settings.onFailure, Refusal.from(error, settings.backend));
    // A server may log what breaks an answer, so it says nothing of what was underneath.
    throw new Error("The response broke off.");
  }
}

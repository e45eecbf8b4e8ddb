// What can be asked of runs that were begun before: to follow them, how they stand, to cancel them.

import { answered } from "../route/answer.js";
import { Refusal } from "../route/refusal.js";
import { CloudCalls, Failed } from "./calls.js";
import { Following } from "./following.js";
import { Pace, pause } from "./pace.js";
import { recordText } from "./result.js";
import { answerOfRun } from "./telling.js";

const ID = /^[\w.~:-]{1,300}$/;
const MAX_IDS = 100;
const MAX_TRIES = 4;

/**
 * GET `?resume=`: what is told of the run from now on, then its result.
 *
 * @param {Request} request
 * @param {import("./options.js").Settings} settings
 * @param {import("../route/ending.js").Ending} ending
 */
export async function resume(request, settings, ending) {
  const calls = new CloudCalls(settings, ending);
  const { id } = await known(calls, parameters(request).get("resume"), settings, ending);
  const following = new Following(calls, id, settings, ending);
  void following.subscribe();
  const context = { id, calls, settings, ending, route: pathOf(request) };
  const { body, init } = answerOfRun(following, context, { status: 200, streamed: true });
  return answered(body, init);
}

/**
 * GET `?prompt_ids=…&prompt_ids=…`: a record for each run that the API knows, in the order asked.
 *
 * @param {Request} request
 * @param {import("./options.js").Settings} settings
 * @param {import("../route/ending.js").Ending} ending
 */
export async function lookUp(request, settings, ending) {
  const ids = [...new Set(parameters(request).getAll("prompt_ids"))].filter((id) => ID.test(id));
  if (ids.length > MAX_IDS) throw new Refusal("invalid_body", `Ask for at most ${MAX_IDS} runs at once.`);
  const calls = new CloudCalls(settings, ending);
  const records = ids.length > 0 ? await patient(() => calls.lookUp(ids), settings, ending) : [];
  const context = { calls, settings, ending, route: pathOf(request) };
  const texts = ids
    .map((id) => records.find((record) => record.id === id))
    .filter((record) => record !== undefined)
    .map((record) => recordText(record, context));
  return answered(`[${texts.join(",")}]`);
}

/**
 * POST `?cancel=`.
 *
 * @param {Request} request
 * @param {import("./options.js").Settings} settings
 * @param {import("../route/ending.js").Ending} ending
 */
export async function cancel(request, settings, ending) {
  const calls = new CloudCalls(settings, ending);
  const { id, ended } = await known(calls, parameters(request).get("cancel"), settings, ending);
  if (ended) return canceledText(id, false);
  const failure = await patient(() => calls.cancel(id), settings, ending).then(
    () => undefined,
    (error) => error,
  );
  const after = await known(calls, id, settings, ending);
  // It may have ended on its own meanwhile, which the API may call a failure of the call.
  if (failure && !after.ended) throw failure;
  return canceledText(id, !after.ended || after.status === "canceled");
}

function canceledText(id, canceled) {
  return answered(JSON.stringify({ prompt_id: id, canceled }));
}

/** The run's record, or a refusal where the API does not know it. */
async function known(calls, id, settings, ending) {
  const records = ID.test(id ?? "") ? await patient(() => calls.lookUp([id]), settings, ending) : [];
  const record = records.find((each) => each.id === id);
  if (record) return record;
  throw new Refusal("unknown_run", "There is no such run, or it was too long ago.");
}

/** Tries a few times where an answer may still come. */
async function patient(call, { pollMs }, ending) {
  const pace = new Pace(pollMs);
  for (let tries = 1; ; tries += 1) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof Failed) || tries === MAX_TRIES) throw error;
    }
    await pause(pace.next(), ending.signal);
  }
}

function parameters(request) {
  return new URL(request.url).searchParams;
}

function pathOf(request) {
  return new URL(request.url).pathname;
}

// A route of a backend: who may call, what is answered when something is wrong, and what ends with the caller.

import { refused } from "./answer.js";
import { admit, answerPreflight, originsHeaders } from "./caller.js";
import { Ending } from "./ending.js";
import { Refusal } from "./refusal.js";

/** For answers after the caller has left. */
const CALLER_LEFT = 499;

/**
 * Answers one request.
 *
 * @template {import("./options.js").CommonSettings} Settings
 * @param {Request} request
 * @param {Settings} settings
 * @param {(request: Request, settings: Settings, ending: Ending) => Promise<Response>} serve what is done for a caller who may call
 */
export async function answerOnRoute(request, settings, serve) {
  const added = [...originsHeaders(request, settings), ...(settings.answerHeaders ?? [])];
  return withHeaders(await answer(request, settings, serve), added);
}

/** A new answer, as the headers of one that `authorize` made may be fixed. */
function withHeaders(response, added) {
  if (added.length === 0) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of added) headers.append(name, value);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

async function answer(request, settings, serve) {
  const preflight = answerPreflight(request, settings);
  if (preflight) return preflight;
  const ending = new Ending(request.signal, settings);
  try {
    const instead = await admit(request, settings);
    if (instead) return instead;
    return await serve(request, settings, ending);
  } catch (error) {
    ending.end(error);
    if (request.signal.aborted) return new Response(null, { status: CALLER_LEFT });
    const refusal = Refusal.from(error, settings.backend);
    void tell(settings.onFailure, refusal);
    return refused(refusal, settings.unserved);
  } finally {
    ending.stopWaiting();
  }
}

/**
 * A log that fails, at once or later, is not a reason to leave the caller without an answer or to end the process.
 *
 * @param {((failure: { code: string, status: number, message: string, cause?: unknown }) => unknown) | undefined} onFailure
 * @param {Refusal} refusal
 */
export async function tell(onFailure, { code, status, message, cause }) {
  try {
    await onFailure?.(cause === undefined ? { code, status, message } : { code, status, message, cause });
  } catch {}
}

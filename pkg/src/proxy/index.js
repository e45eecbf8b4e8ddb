// The route of a backend between a page and a deployment: `(Request) → Promise<Response>`, with web standards only.

import { refused } from "./answer.js";
import { admit, answerPreflight, originsHeaders } from "./caller.js";
import { runDeployment } from "./deployment.js";
import { Ending } from "./ending.js";
import { fetchLink } from "./link.js";
import { readOptions } from "./options.js";
import { Refusal } from "./refusal.js";

export { fromEnv } from "./environment.js";

/** For answers after the caller has left. */
const CALLER_LEFT = 499;

/** See proxy.d.ts. */
export function createProxy(options) {
  const settings = readOptions(options);
  return async function viewcomfyProxy(request) {
    return withHeaders(await answer(request, settings), originsHeaders(request, settings));
  };
}

/** A new answer, as the headers of one that `authorize` made may be fixed. */
function withHeaders(response, added) {
  if (added.length === 0) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of added) headers.append(name, value);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

async function answer(request, settings) {
  const preflight = answerPreflight(request, settings);
  if (preflight) return preflight;
  const ending = new Ending(request.signal, settings.timeoutMs);
  try {
    const instead = await admit(request, settings);
    if (instead) return instead;
    return await (request.method === "POST" ? runDeployment : fetchLink)(request, settings, ending);
  } catch (error) {
    ending.end(error);
    if (request.signal.aborted) return new Response(null, { status: CALLER_LEFT });
    const refusal = Refusal.from(error);
    void tell(settings.onFailure, refusal);
    return refused(refusal);
  } finally {
    ending.stopWaiting();
  }
}

/**
 * A log that fails, at once or later, is not a reason to leave the caller without an answer or to end the process.
 *
 * @param {((failure: import("viewcomfy-wasm/proxy").ProxyFailure) => unknown) | undefined} onFailure
 * @param {Refusal} refusal
 */
async function tell(onFailure, { code, status, message, cause }) {
  try {
    await onFailure?.(cause === undefined ? { code, status, message } : { code, status, message, cause });
  } catch {}
}

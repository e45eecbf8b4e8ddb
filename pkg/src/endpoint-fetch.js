// How servers ask the endpoint: through the gateway's redirects without taking the credentials anywhere else, where
// fetch would take them along; and in Node without the time limits of its fetch.

import { hopOf, MAX_HOPS } from "./hops.js";

/** Where Node keeps what its fetch sends with. */
const DISPATCHER = Symbol.for("undici.globalDispatcher.1");
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const OF_THE_BODY = ["content-type", "content-length", "transfer-encoding"];

/**
 * Node's alone.
 *
 * @type {object | undefined}
 */
let dispatcher;

/**
 * Stands in for `fetch` in a client.
 *
 * @param {Request} request
 * @returns {Promise<Response>}
 */
export async function endpointFetch(request) {
  dispatcher ??= patientDispatcher();
  const endpoint = new URL(request.url);
  const headers = new Headers(request.headers);
  for (const name of OF_THE_BODY) headers.delete(name);
  const { signal } = request;
  let next = new Request(request, { redirect: "manual" });
  for (let hop = 0; hop <= MAX_HOPS; hop += 1) {
    const response = await fetch(next, /** @type {any} */ ({ dispatcher }));
    if (!REDIRECTS.has(response.status)) return response;
    await response.body?.cancel();
    const target = hopOf(response, next.url, endpoint);
    if (!target)
      throw new Error(
        `the endpoint redirects elsewhere (HTTP ${response.status}), which gets no credentials`,
      );
    next = new Request(target, { headers, signal, redirect: "manual" });
  }
  throw new Error(`the endpoint redirected more than ${MAX_HOPS} times`);
}

/**
 * Node gives up after five minutes without a byte, and a deployment that starts or a long step may need more. The client's
 * own limit stays. Undefined where Node keeps its dispatcher elsewhere: then its limits apply.
 */
function patientDispatcher() {
  // Asking for it loads Node's fetch, which puts the dispatcher there.
  if (typeof Response !== "function") return undefined;
  const Dispatcher = globalThis[DISPATCHER]?.constructor;
  return typeof Dispatcher === "function" ? new Dispatcher({ headersTimeout: 0, bodyTimeout: 0 }) : undefined;
}

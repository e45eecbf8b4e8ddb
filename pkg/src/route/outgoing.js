// One request of the route's own, to the server behind it or to a link's host.

import { nodeSender } from "./node-sender.js";

/** What runtimes say of a connection that never stood. */
const NOT_CONNECTED = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);
/** Workers refuse the member; where there is a cache (a framework may have put one before `fetch`), it is told not to store. */
const CACHE = knowsCache() ? { cache: /** @type {const} */ ("no-store") } : {};

function knowsCache() {
  try {
    return Boolean(new Request("https://example.com", { cache: "no-store" }));
  } catch {
    return false;
  }
}

/**
 * Asks for bytes as they are: what a server compresses it also holds back, and lengths would no longer fit.
 *
 * @param {{ url: URL, headers: Record<string, string>, method?: string, body?: Uint8Array | ReadableStream<Uint8Array> }} what
 * @param {import("./options.js").CommonSettings} settings
 * @param {import("./ending.js").Ending} ending
 * @returns {Promise<Response>} redirects as they are
 */
export async function send(what, settings, ending) {
  const answer = sentBy(settings.fetch, {
    url: what.url,
    method: what.method ?? "GET",
    headers: { "accept-encoding": "identity", ...what.headers },
    body: what.body,
    signal: ending.signal,
  });
  // A `fetch` that ignores its signal answers when nobody is waiting any more.
  answer.then((response) => ending.signal.aborted && discard(response)).catch(() => {});
  return ending.for(answer);
}

async function sentBy(custom, what) {
  const { url, body, ...rest } = what;
  const inNode = custom === undefined ? nodeSender() : undefined;
  if (inNode) return inNode(what);
  // Streams are not sent without `duplex`, which the types of TypeScript do not know.
  const init = { ...CACHE, ...rest, body, redirect: "manual", duplex: "half" };
  const request = new Request(url, /** @type {RequestInit} */ (/** @type {unknown} */ (init)));
  return custom ? checked(await custom(request)) : fetch(request);
}

/** By what it can do rather than `instanceof`, so that the answers of another `fetch` count too. */
function checked(response) {
  const { status, headers, body, bodyUsed } = response;
  const isAnswer = Number.isInteger(status) && typeof headers?.get === "function" && !bodyUsed;
  if (isAnswer && (body === null || typeof body?.getReader === "function")) return response;
  throw new TypeError("fetch must give a Response whose body was not read");
}

/** Gives up an answer's body, so that its connection is free again. */
export function discard(response) {
  response.body?.cancel().catch(() => {});
}

/** Whether a request surely did not arrive. Not every runtime says so. */
export function isNotConnected(error) {
  return [error, error?.cause].some((each) => NOT_CONNECTED.has(each?.code));
}

// One request to the endpoint, whatever it asks: made with the settings of a client, sent, and answered.

import { ViewComfyError } from "./errors.js";
import { wrongType } from "./options.js";
import { requestHeaders } from "./settings.js";
import { unreachable } from "./viewcomfy_wasm.js";

/** Requests without an answer. WebKit forgets a request that nothing refers to, and its signal: an abort would not end it. */
const waiting = new Set();

/**
 * Sends it and waits for an answer that can be read, whatever its status.
 *
 * @param {any} settings see settings.js
 * @param {{ token?: string, streamed?: boolean, query?: ConstructorParameters<typeof URLSearchParams>[0] } & RequestInit} call
 *   the token as it was asked for, and whether the answer comes bit by bit
 */
export async function callEndpoint(settings, { token, streamed = false, query, ...init }) {
  const { endpoint, credentials, fetch = globalThis.fetch } = settings;
  const headers = requestHeaders(settings, token);
  const stays = settings.fetch === undefined && holdsPair(headers);
  const address = query === undefined ? endpoint : withQuery(endpoint, query);
  const request = requestOf(address, {
    headers,
    credentials,
    redirect: stays ? "error" : "follow",
    ...init,
  });
  const began = Date.now();
  let response;
  waiting.add(request);
  try {
    response = await fetch(request);
  } catch (cause) {
    const seconds = (Date.now() - began) / 1000;
    throw unreachable(streamed, isCrossOrigin(endpoint), stays, seconds, cause);
  } finally {
    waiting.delete(request);
  }
  if (!(response instanceof Response)) throw wrongType("what fetch gives", "a Response", response);
  if (!response.bodyUsed && !response.body?.locked) return response;
  throw new ViewComfyError(
    "invalid_param",
    "the response that fetch gave was already read: read its clone()",
    {
      key: "fetch",
    },
  );
}

/** Relative addresses stay relative; the fragment is none of a request's. */
function withQuery(endpoint, query) {
  const [address] = endpoint.split("#", 1);
  return `${address}${address.includes("?") ? "&" : "?"}${new URLSearchParams(query)}`;
}

function requestOf(address, init) {
  try {
    return new Request(address, init);
  } catch (cause) {
    const advice = "give a whole one (https://…); relative addresses work in a page only";
    const message = `the endpoint is not an address that can be called from here: ${advice}`;
    throw new ViewComfyError("invalid_param", message, { key: "endpoint" }, cause);
  }
}

/**
 * Browsers take these along to wherever a redirect points, unlike `authorization`; and a page could not follow the gateway's
 * redirects anyway. A fetch of the caller's own, as servers have one, sees to that itself.
 */
function holdsPair(headers) {
  return headers.has("client_id") || headers.has("client_secret");
}

/** Whether the page that runs this has another origin than the endpoint; false where there is no page. */
function isCrossOrigin(endpoint) {
  const page = globalThis.location?.href;
  if (!page || !URL.canParse(page) || !URL.canParse(endpoint, page)) return false;
  return new URL(endpoint, page).origin !== new URL(page).origin;
}

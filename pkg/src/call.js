// One call of an endpoint: everything is checked first, then it is sent.

import { ViewComfyError } from "./errors.js";
import { wrongType } from "./options.js";
import { build, formOf, workflowToCheck } from "./params.js";
<<<<<<< HEAD
import { askToken, holdsPair, requestHeaders } from "./settings.js";
import { request, send } from "./viewcomfy_wasm.js";
=======
import { requestHeaders } from "./settings.js";
import { unreachable } from "./viewcomfy_wasm.js";
>>>>>>> work

/** A run before its answer. What is wrong with it is said when it is made: nothing was sent by then. */
export class Call {
  #settings;
  #streamed;
  #form;

  /** @param {import("viewcomfy-wasm").InferRequest} options */
  constructor(settings, options, streamed) {
    const objectInfo = options.objectInfo ?? settings.objectInfo;
    const made = build(options.params, workflowToCheck(options), options.workflowApi, objectInfo);
    this.#settings = settings;
    this.#streamed = streamed;
    this.#form = formOf(made, streamed, streamed && wantsPreviews(options));
    /** What is sent, as the caller may read it. */
    this.sent = made.built;
  }

  /** The token; a function is asked for it now. */
  token() {
    return askToken(this.#settings);
  }

  /** Sends the form and waits for the answer, whatever its status. */
  async send(token, signal) {
    const { endpoint, credentials, fetch = globalThis.fetch } = this.#settings;
    const headers = requestHeaders(this.#settings, token);
<<<<<<< HEAD
    const stays = fetch === undefined && holdsPair(headers);
    const made = request(endpoint, headers, credentials, this.#form, signal, stays);
    return sendRequest(this.#settings, made, this.#streamed, stays);
  }
}

/** @param {{ previews?: boolean, onPreview?: unknown }} options */
function wantsPreviews({ previews, onPreview }) {
  const wants = previews ?? Boolean(onPreview);
  if (typeof wants === "boolean") return wants;
  throw wrongType("previews", "true or false", wants);
}

/** Sends a request and waits for an answer that can be read, whatever its status. */
export async function sendRequest({ endpoint, fetch }, made, streamed, stays) {
  const response = await send(fetch ?? globalThis.fetch, made, streamed, isCrossOrigin(endpoint), stays);
  if (!(response instanceof Response)) throw wrongType("what fetch gives", "a Response", response);
  if (!response.bodyUsed && !response.body?.locked) return response;
  throw new ViewComfyError("invalid_param", "what fetch gave was read already: read its clone()", {
    key: "fetch",
  });
=======
    const stays = this.#settings.fetch === undefined && holdsPair(headers);
    const redirect = stays ? "error" : "follow";
    const request = requestOf(endpoint, { headers, credentials, redirect, body: this.#form, signal });
    const began = Date.now();
    let response;
    try {
      response = await fetch(request);
    } catch (cause) {
      const seconds = (Date.now() - began) / 1000;
      throw unreachable(this.#streamed, isCrossOrigin(endpoint), stays, seconds, cause);
    }
    if (!(response instanceof Response)) throw wrongType("what fetch gives", "a Response", response);
    if (!response.bodyUsed && !response.body?.locked) return response;
    throw new ViewComfyError("invalid_param", "what fetch gave was read already: read its clone()", {
      key: "fetch",
    });
  }
}

function requestOf(endpoint, init) {
  try {
    return new Request(endpoint, { method: "POST", ...init });
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
>>>>>>> work
}

/** Whether the page that runs this has another origin than the endpoint; false where there is no page. */
function isCrossOrigin(endpoint) {
  const page = globalThis.location?.href;
  if (!page || !URL.canParse(page) || !URL.canParse(endpoint, page)) return false;
  return new URL(endpoint, page).origin !== new URL(page).origin;
}

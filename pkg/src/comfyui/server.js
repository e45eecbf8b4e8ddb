// One ComfyUI server: its address, what is sent with each request, and its answers read.

import { parseJson } from "viewcomfy-wasm";

import { Ending } from "../route/ending.js";
import { discard, send } from "../route/outgoing.js";
import { Refusal } from "../route/refusal.js";

/** How long an answer may take that should come at once. */
const SOON_MS = 30_000;
const JSON_TYPE = { "content-type": "application/json" };

/**
 * @typedef {{ settings: import("./options.js").Settings, ending: import("../route/ending.js").Ending }} Call
 *   on whose behalf a request is made, and what ends it
 */

export class ComfyServer {
  /** Runs that were given to this server and are not in its queue yet. */
  begun = 0;
  /** All the runs that were ever given to it. */
  given = 0;

  /**
   * @param {string} address without a slash at its end
   * @param {Record<string, string>} headers
   */
  constructor(address, headers) {
    this.address = address;
    this.headers = headers;
  }

  /** @param {string} path with its query */
  url(path) {
    return new URL(this.address + path);
  }

  /**
   * Sends a request, and gives the answer whatever its status.
   *
   * @param {string} path with its query
   * @param {Call} call
   * @param {{ method?: string, headers?: Record<string, string>, body?: Uint8Array | ReadableStream<Uint8Array> }} [what]
   */
  async ask(path, { settings, ending }, { headers, ...what } = {}) {
    return send({ url: this.url(path), ...what, headers: { ...headers, ...this.headers } }, settings, ending);
  }

  /**
   * Posts JSON, and gives the answer's status and text.
   *
   * @param {string} path
   * @param {string} json
   * @param {Call} call
   */
  async post(path, json, call, method = "POST") {
    const body = new TextEncoder().encode(json);
    const response = await this.ask(path, call, { method, headers: JSON_TYPE, body });
    return { status: response.status, text: await call.ending.for(response.text()) };
  }

  /**
   * What the server has under a path: its JSON with exact numbers, undefined where the answer is 404.
   *
   * @param {string} path
   * @param {Call} call
   * @returns {Promise<{ known: boolean, value: any }>} `known` is false where not even the path is
   */
  async get(path, call) {
    const response = await this.ask(path, call);
    const { status } = response;
    if (status === 404) {
      const isJson = (response.headers.get("content-type") ?? "").startsWith("application/json");
      discard(response);
      return { known: isJson, value: undefined };
    }
    if (status !== 200) {
      discard(response);
      throw unexpected(status);
    }
    return { known: true, value: parseJson(await call.ending.for(response.text())) };
  }
}

/** An answer that a ComfyUI server does not give unless something is wrong with it, or it is something else. */
export function unexpected(status) {
  const what = status === 200 ? "something that ComfyUI does not say" : `${status}`;
  return new Refusal("unreachable", `The ComfyUI server responded with ${what}.`);
}

/** For what has to be done whether the caller is still there or not. */
export function callOfOurOwn(settings) {
  const ending = new Ending(new AbortController().signal, { ...settings, timeoutMs: SOON_MS });
  ending.startWaiting();
  return { settings, ending };
}

/** For a question that should be answered soon, of a caller who may leave. */
export function soon({ settings, ending }) {
  const bounded = new Ending(ending.signal, { ...settings, timeoutMs: SOON_MS });
  bounded.startWaiting();
  return { settings, ending: bounded };
}

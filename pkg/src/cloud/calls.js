// The calls of the cloud API, each with the credentials and a limit of its own.

import { credentialHeaders } from "../route/credentials.js";
import { Ending } from "../route/ending.js";
import { discard, send } from "../route/outgoing.js";
import { Refusal } from "../route/refusal.js";
import { joined } from "../route/scanner.js";
import { exactValue } from "./exact-json.js";
import { recordOf } from "./record.js";

/** A record has its whole prompt. */
const MAX_ANSWER = 64 * 1024 * 1024;
/** These say that the next look-up will not be answered either. */
const FINAL = new Set([400, 401, 403, 404, 405, 410, 422]);

/** Thrown for an answer that will not become another one. */
class Refused extends Refusal {
  /** @param {number} told the status of the answer */
  constructor(told, message) {
    super("unreachable", message);
    this.told = told;
  }
}

/** Thrown for a call that may be made again. */
export class Failed extends Error {}

/** Made for each request of a page. */
export class CloudCalls {
  #settings;
  #ending;
  /** All that was shown to the API, so that nothing of it is told to a page. */
  secrets = new Set();

  /**
   * @param {import("./options.js").Settings} settings
   * @param {Ending} ending
   */
  constructor(settings, ending) {
    this.#settings = settings;
    this.#ending = ending;
  }

  /** The same calls, which go on when the page has left. */
  detached() {
    return new CloudCalls(this.#settings, new Ending(new AbortController().signal, this.#settings));
  }

  /** The credentials as a socket shows them. */
  async credentials() {
    const { secret } = await this.#headers();
    const { clientId, token } = this.#settings.credentials;
    return token === undefined ? { client_id: clientId, client_secret: secret } : { authorization: secret };
  }

  /**
   * Makes one call, and hands its answer to `read` while the limit lasts.
   *
   * @template T
   * @param {{ path: string, method?: string, body?: Uint8Array | ReadableStream<Uint8Array>, type?: string }} what
   * @param {(response: Response, call: Ending, secret: string) => T | Promise<T>} read
   * @param {(begin: () => void) => void} [whenSent] is given what starts the limit; without it that is at once
   * @returns {Promise<T>}
   */
  async call({ path, method = "GET", body, type }, read, whenSent = (begin) => begin()) {
    const { headers, secret } = await this.#headers();
    const call = new Ending(this.#ending.signal, this.#settings);
    whenSent(() => call.startWaiting());
    if (type !== undefined) headers["content-type"] = type;
    try {
      const response = await send({ url: this.#address(path), method, headers, body }, this.#settings, call);
      return await read(response, call, secret);
    } catch (error) {
      call.end(error);
      throw error;
    } finally {
      call.close();
    }
  }

  /**
   * The records of those ids that the API knows.
   *
   * @param {string[]} ids
   * @returns {Promise<import("./record.js").RunRecord[]>}
   * @throws {Failed} when it may be asked again
   */
  async lookUp(ids) {
    const query = new URLSearchParams(ids.map((id) => ["prompt_ids", id]));
    const text = await this.#asked({ path: `/api/workflow/infer/?${query}` });
    const records = jsonOf(text);
    if (!Array.isArray(records)) throw new Failed("The look-up's response is not a list.");
    return records.map(recordOf).filter((record) => record !== undefined);
  }

  /** From now on this socket hears of all runs that go on. */
  subscribe(sid) {
    const path = `/api/workflow/infer/subscribe/${encodeURIComponent(sid)}`;
    return this.#asked({ path, method: "POST" });
  }

  /** @param {string} id */
  async cancel(id) {
    const { apiUrl, credentials } = this.#settings;
    if (credentials.token !== undefined) {
      const path = `/api/viewcomfy-app/playground/infer/cancel/${encodeURIComponent(id)}`;
      return this.#asked({ path, method: "POST" });
    }
    // The service's Python client and its TypeScript client name these differently.
    const url = `${apiUrl}`;
    try {
      return await this.#cancelled({ prompt_id: id, view_comfy_api_url: url });
    } catch (error) {
      if (!(error instanceof Refused) || (error.told !== 400 && error.told !== 422)) throw error;
      return this.#cancelled({ promptId: id, viewComfyApiUrl: url });
    }
  }

  #cancelled(what) {
    const body = new TextEncoder().encode(JSON.stringify(what));
    return this.#asked({
      path: "/api/workflow/infer/cancel",
      method: "POST",
      body,
      type: "application/json",
    });
  }

  /** The text of an answer of 2xx. */
  async #asked(what) {
    try {
      return await this.call(what, async (response, call) => {
        const { status } = response;
        if (status >= 200 && status <= 299) return textOf(response, call);
        discard(response);
        const message = `The cloud API responded with ${status}.`;
        if (!FINAL.has(status)) throw new Failed(message);
        throw new Refused(status, message);
      });
    } catch (error) {
      if (this.#ending.signal.aborted || error instanceof Failed) throw error;
      if (error instanceof Refusal && error.code !== "timeout") throw error;
      throw new Failed("The cloud API could not be reached.", { cause: error });
    }
  }

  async #headers() {
    const { headers, secret } = await credentialHeaders(this.#settings.credentials, this.#ending);
    this.secrets.add(secret);
    return { headers: { ...headers }, secret };
  }

  #address(path) {
    const url = new URL(this.#settings.baseUrl);
    const [pathname, search = ""] = path.split("?");
    url.pathname = (url.pathname.endsWith("/") ? url.pathname.slice(0, -1) : url.pathname) + pathname;
    url.search = search;
    return url;
  }
}

/** The whole text of an answer. */
export async function textOf(response, ending) {
  const reader = response.body?.getReader();
  if (!reader) return "";
  const chunks = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await ending.for(reader.read());
      if (done) break;
      size += value.length;
      if (size > MAX_ANSWER) throw new Failed("The cloud API's response is too long.");
      chunks.push(value);
    }
  } finally {
    reader.cancel().catch(() => {});
  }
  return new TextDecoder().decode(joined(...chunks));
}

/** @param {string} text */
export function jsonOf(text) {
  try {
    return exactValue(text);
  } catch (cause) {
    throw new Failed("The cloud API's response is not JSON.", { cause });
  }
}

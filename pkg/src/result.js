// What a run gives back: plain data with two conveniences, a prompt parsed when asked for and `blob()`.

import { nameClass } from "./class-name.js";
import { ViewComfyError } from "./errors.js";
import { parseJson } from "./json.js";
import { BlobOptions } from "./option-names.js";
import { optionsOf, wrongType } from "./options.js";
import { plainData } from "./plain-data.js";

/**
 * The prompt result of its fields, with the files that the sink made.
 *
 * @param {any} fields
 * @param {import("./output-sink.js").OutputSink} sink
 * @param {object | null} sent
 * @param {LinkOptions} options
 */
export async function resultOf(fields, sink, sent, options) {
  const outputs = [];
  for (const [index, output] of fields.outputs.entries()) {
    const { filename, contentType, url } = output;
    outputs.push(
      url === null
        ? new Output({ ...output, file: await sink.file(index, filename, contentType) })
        : linked(output, options),
    );
  }
  return new PromptResult({ ...fields, outputs, sent });
}

/**
 * @typedef {{ endpoint?: string, fetch?: (request: Request) => Promise<Response>, rewriteUrl?: (url: string) => string }} LinkOptions
 */

/**
 * An output that is a link. A route's own links are relative, and what answers the route's address answers them too.
 *
 * @param {any} output
 * @param {LinkOptions} options
 */
export function linked(output, { endpoint, fetch, rewriteUrl }) {
  const { url } = output;
  const isOwn = endpoint !== undefined && !URL.canParse(url);
  const whole = isOwn ? fromEndpoint(url, endpoint) : url;
  return new Output(
    { ...output, url: rewriteUrl ? rewritten(whole, rewriteUrl) : whole },
    isOwn ? fetch : undefined,
  );
}

/** What has no base stays as it is. */
function fromEndpoint(url, endpoint) {
  const page = globalThis.location?.href;
  const base = URL.canParse(endpoint, page) ? new URL(endpoint, page) : undefined;
  return base && URL.canParse(url, base) ? new URL(url, base).href : url;
}

function rewritten(url, rewriteUrl) {
  const given = rewriteUrl(url);
  if (typeof given === "string") return given;
  // A promise that rejects is heard by nobody else.
  Promise.resolve(given).catch(() => {});
  throw wrongType("what rewriteUrl gives", "a string", given);
}

/** See index.d.ts. */
export class PromptResult {
  static {
    nameClass(PromptResult, "PromptResult");
  }

  #prompt;
  /** @type {string | null} */
  promptJson = null;

  /** @param {object} fields */
  constructor(fields) {
    Object.assign(this, fields);
  }

  get prompt() {
    this.#prompt ??= this.promptJson === null ? null : parseJson(this.promptJson);
    return this.#prompt;
  }

  toJSON() {
    const { promptJson, ...fields } = this;
    return plainData({ ...fields, prompt: this.prompt });
  }
}

/** See index.d.ts. */
export class Output {
  static {
    nameClass(Output, "Output");
  }

  /** @type {File | null} */
  file = null;
  /** @type {string | null} */
  url = null;

  #fetch;

  /**
   * @param {object} fields
   * @param {(request: Request) => Promise<Response>} [fetch] what answers the link, where that is not the web
   */
  constructor(fields, fetch) {
    Object.assign(this, fields);
    this.#fetch = fetch;
  }

  /** @param {{ signal?: AbortSignal }} [options] */
  async blob(options) {
    const { signal } = optionsOf(options, BlobOptions, "blob");
    return this.file ?? download(this.url, signal, this.#fetch);
  }
}

async function download(url, signal, given) {
  let response;
  try {
    response = await (given ? given(new Request(url, { signal })) : fetch(url, { signal }));
    if (response.ok) return await response.blob();
  } catch (cause) {
    if (signal?.aborted) throw signal.reason;
    const advice =
      "the link may not allow other origins (CORS): show it by its url, or rewrite it to a proxy";
    throw new ViewComfyError("network", `the output could not be downloaded: ${advice}`, {}, cause);
  }
  const { status } = response;
  const advice = "the link may have expired; run the workflow again";
  throw new ViewComfyError("http_status", `the output could not be downloaded (HTTP ${status}): ${advice}`, {
    status,
  });
}

// What a run gives back: plain data with two conveniences, a prompt parsed when asked for and `blob()`.

import { nameClass } from "./class-name.js";
import { ViewComfyError } from "./errors.js";
import { parseJson } from "./json.js";
import { BlobOptions } from "./option-names.js";
import { optionsOf, wrongType } from "./options.js";
import { plainData } from "./plain-data.js";

/** The prompt result of its fields, with the files that the sink made. */
export async function resultOf(fields, sink, sent, rewriteUrl) {
  const outputs = [];
  for (const [index, output] of fields.outputs.entries()) {
    const { filename, contentType, url } = output;
    const content =
      url === null
        ? { file: await sink.file(index, filename, contentType) }
        : { url: rewriteUrl ? rewritten(url, rewriteUrl) : url };
    outputs.push(new Output({ ...output, ...content }));
  }
  return new PromptResult({ ...fields, outputs, sent });
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

  /** @param {object} fields */
  constructor(fields) {
    Object.assign(this, fields);
  }

  /** @param {{ signal?: AbortSignal }} [options] */
  async blob(options) {
    const { signal } = optionsOf(options, BlobOptions, "blob");
    return this.file ?? download(this.url, signal);
  }
}

async function download(url, signal) {
  let response;
  try {
    response = await fetch(url, { signal });
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

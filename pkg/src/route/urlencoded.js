// Reads application/x-www-form-urlencoded, as Python's clients send a form without files, into what multipart.js yields.

import { CONTROL } from "./multipart.js";
import { Refusal } from "./refusal.js";
import { joined } from "./scanner.js";
import { chunksOfBody, multipartForm } from "./upload.js";

const TYPE = /^application\/x-www-form-urlencoded\b/i;
/** Such a form is read as a whole: texts, of which a workflow is the longest. */
const MAX_BYTES = 32 * 1024 * 1024;
/** As browsers write these in the names of multipart parts. */
const ESCAPES = { '"': "%22", "\r": "%0D", "\n": "%0A" };

/**
 * What a request's form holds, in either encoding. Throws at once where it cannot be read.
 *
 * @param {Request} request
 * @param {import("./options.js").CommonSettings} settings
 * @param {import("./ending.js").Ending} ending
 */
export function anyForm(request, settings, ending) {
  const isUrlEncoded = TYPE.test(request.headers.get("content-type") ?? "");
  if (!isUrlEncoded) return multipartForm(request, settings, ending);
  return urlEncodedEvents(chunksOfBody(request, settings, ending));
}

/**
 * @param {AsyncIterable<Uint8Array>} chunks
 * @returns {AsyncGenerator<import("./multipart.js").FormEvent>}
 */
async function* urlEncodedEvents(chunks) {
  const encoder = new TextEncoder();
  for (const [name, value] of new URLSearchParams(await textOf(chunks))) {
    const escaped = name.replace(/["\r\n]/g, (char) => ESCAPES[char]);
    if (CONTROL.test(escaped)) throw new Refusal("invalid_body", "A field's name cannot be read.");
    yield { part: { name: escaped, filename: undefined, type: undefined } };
    const data = encoder.encode(value);
    if (data.length > 0) yield { data };
  }
}

async function textOf(chunks) {
  const all = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > MAX_BYTES)
      throw new Refusal("too_large", "Send a form this large as multipart/form-data, as FormData is sent.");
    all.push(chunk);
  }
  return new TextDecoder().decode(joined(...all));
}

// The form on its way: read part by part, held to the protocol's fields, and written anew with a boundary of its own,
// so that the deployment reads what was checked here and nothing else.

import { MultipartReader } from "./multipart.js";
import { Refusal } from "./refusal.js";

const TEXTS = new Set(["params", "logs", "workflow_api", "previews"]);
/** A flattened key, with or without the mask's ending. Keys that begin with an underscore are not parameters. */
const KEY = /^[^_].*-inputs-./s;
const MEDIA_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?: *; *[\w-]+=[\w!#$&^.+-]+)*$/;
const MAX_NAME_SHOWN = 80;

const encoder = new TextEncoder();

/** The ending that a mask's key has beyond its picture's. */
export const MASK = "-viewcomfymask";

/** A boundary that nobody can have put into a file. */
export function newBoundary() {
  const random = crypto.getRandomValues(new Uint8Array(18));
  return `viewcomfy-${Array.from(random, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

/**
 * Yields the form that the deployment gets. Its end is only written once the whole of the caller's form was in order.
 *
 * @param {AsyncIterable<Uint8Array>} chunks the caller's body
 * @param {{ from: string, to: string, workflowApi: boolean }} how their boundary, ours, and whether a workflow may be sent
 */
export async function* rewritten(chunks, { from, to, workflowApi }) {
  const reader = new MultipartReader(from);
  const fields = new Fields({ workflowApi });
  let begun = false;
  for await (const chunk of chunks) {
    for (const event of reader.feed(chunk)) {
      if ("data" in event) {
        if (fields.takes(event.data)) yield event.data;
      } else if (fields.begins(event.part)) {
        yield encoder.encode(`${begun ? "\r\n" : ""}--${to}\r\n${headersOf(event.part)}\r\n`);
        begun = true;
      }
    }
  }
  reader.end();
  if (!begun) throw new Refusal("invalid_body", "The form is empty.");
  yield encoder.encode(`\r\n--${to}--\r\n`);
}

/** Which fields may pass, each once. */
export class Fields {
  #seen = new Set();
  #workflowApi;
  #previews;
  /** The present field is left out. */
  #leftOut = false;
  /** The present field may only be empty. */
  #empty = false;

  /** @param {{ workflowApi: boolean, previews?: boolean }} which of the fields are passed on that not every backend knows */
  constructor({ workflowApi, previews = false }) {
    this.#workflowApi = workflowApi;
    this.#previews = previews;
  }

  /** @returns {boolean} whether the part is passed on */
  begins({ name, filename }) {
    const asText = TEXTS.has(name);
    // A backslash escapes in some parsers and not in others.
    if (!asText && (!KEY.test(name) || name.includes("\\")))
      throw notAllowed(name, "is none of the protocol's");
    if (asText && filename !== undefined) throw notAllowed(name, "must be a text, not a file");
    if (this.#seen.has(name)) throw notAllowed(name, "is there twice");
    this.#seen.add(name);
    // Python's client sends an empty one for none.
    this.#empty = name === "workflow_api" && !this.#workflowApi;
    this.#leftOut = this.#empty || (name === "previews" && !this.#previews);
    return !this.#leftOut;
  }

  takes(data) {
    if (this.#empty && data.length > 0)
      throw notAllowed("workflow_api", "may not be sent: this app runs its own workflow only");
    return !this.#leftOut;
  }
}

/** The headers of a part, with an empty line behind. */
export function headersOf({ name, filename, type }) {
  const disposition = `Content-Disposition: form-data; name="${name}"`;
  if (filename === undefined) return `${disposition}\r\n`;
  const mediaType = type && MEDIA_TYPE.test(type) ? type : "application/octet-stream";
  return `${disposition}; filename="${filename.replaceAll("\\", "_")}"\r\nContent-Type: ${mediaType}\r\n`;
}

function notAllowed(name, why) {
  const shown = name.length > MAX_NAME_SHOWN ? `${name.slice(0, MAX_NAME_SHOWN)}…` : name;
  return new Refusal("field_not_allowed", `The form's field ${JSON.stringify(shown)} ${why}.`);
}

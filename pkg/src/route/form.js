// The form on its way: read part by part, held to the protocol's fields, and rewritten with a boundary of its own,
// so that the deployment reads what was checked here and nothing else.

import { multipartEvents } from "./multipart.js";
import { Refusal } from "./refusal.js";

const TEXTS = new Set(["params", "logs", "workflow_api", "previews"]);
/** A flattened key, with or without the mask's ending. Keys that begin with an underscore are not parameters. */
const KEY = /^[^_].*-inputs-./s;
const MEDIA_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?: *; *[\w-]+=[\w!#$&^.+-]+)*$/;
const MAX_NAME_SHOWN = 80;
/** Of a field that is meant for the route itself. */
const MAX_HELD = 64;

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
export function rewritten(chunks, { from, to, workflowApi }) {
  return writtenAnew(multipartEvents(chunks, from), { to, workflowApi });
}

/**
 * The same for a form that is read already.
 *
 * @param {AsyncIterable<import("./multipart.js").FormEvent>} events
 * @param {object} how
 * @param {string} how.to our boundary
 * @param {boolean} how.workflowApi whether a workflow may be sent
 * @param {Map<string, string>} [how.held] the fields that are for the route and go no further: their names, and what they say
 *   once they came
 * @param {() => Promise<[name: string, value: string][]>} [how.added] texts of the route's own, behind the caller's
 */
export async function* writtenAnew(events, { to, workflowApi, held = new Map([["previews", ""]]), added }) {
  const fields = new Fields(workflowApi, held);
  let begun = false;
  const open = (part) => {
    const start = begun ? "\r\n" : "";
    begun = true;
    return encoder.encode(`${start}--${to}\r\n${headersOf(part)}\r\n`);
  };
  for await (const event of events) {
    if ("part" in event) {
      if (fields.begins(event.part)) yield open(event.part);
    } else if (fields.takes(event.data)) {
      yield event.data;
    }
  }
  if (!begun) throw new Refusal("invalid_body", "The form is empty.");
  for (const [name, value] of (await added?.()) ?? []) {
    yield open({ name, filename: undefined, type: undefined });
    yield encoder.encode(value);
  }
  yield encoder.encode(`\r\n--${to}--\r\n`);
}

/** Which fields may pass, each once. */
export class Fields {
  #seen = new Set();
  #workflowApi;
  #held;
  /** The present field may only be empty, and is left out. */
  #leftOut = false;
  /** The present field is held. */
  #name;

  /**
   * @param {boolean} workflowApi
   * @param {Map<string, string>} [held]
   */
  constructor(workflowApi, held = new Map()) {
    this.#workflowApi = workflowApi;
    this.#held = held;
  }

  /** @returns {boolean} whether the part is passed on */
  begins({ name, filename }) {
    const asText = TEXTS.has(name);
    // A backslash escapes in some parsers and not in others.
    if (!asText && (!KEY.test(name) || name.includes("\\")))
      throw notAllowed(name, "is not a field of the protocol");
    if (asText && filename !== undefined) throw notAllowed(name, "must be a text, not a file");
    if (this.#seen.has(name)) throw notAllowed(name, "is there twice");
    this.#seen.add(name);
    // Python's client sends an empty one for none.
    this.#leftOut = name === "workflow_api" && !this.#workflowApi;
    this.#name = this.#held.has(name) ? name : undefined;
    return !this.#leftOut && this.#name === undefined;
  }

  takes(data) {
    if (this.#name !== undefined) return this.#hold(this.#name, data);
    if (this.#leftOut && data.length > 0)
      throw notAllowed("workflow_api", "may not be sent: this app runs its own workflow only");
    return !this.#leftOut;
  }

  #hold(name, data) {
    const text = this.#held.get(name) + String.fromCharCode(...data.subarray(0, MAX_HELD + 1));
    if (text.length > MAX_HELD) throw notAllowed(name, "is too long");
    this.#held.set(name, text);
    return false;
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

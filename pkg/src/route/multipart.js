// Reads multipart/form-data as browsers write it (RFC 7578, and the HTML Standard's escapes), chunk by chunk, and
// nothing else: what another parser might read differently is refused.

import { Refusal } from "./refusal.js";
import { FOUND, joined, Scanner } from "./scanner.js";

const TYPE = /^multipart\/form-data\s*;\s*boundary=(?:"([^"]*)"|([^\s;"]+))\s*$/i;
/** RFC 2046, section 5.1.1. */
const BOUNDARY = /^[\w'()+,./:=? -]{0,69}[\w'()+,./:=?-]$/;
const DISPOSITION = /^form-data *; *name="([^"]*)"(?: *; *filename="([^"]*)")?$/i;
const NAME = /^[\w-]+$/;
/** The last three end a line in some parsers. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
export const CONTROL = /[\x00-\x08\x0a-\x1f\x7f\x85\u2028\u2029]/;
const MAX_HEADERS = 8 * 1024;
const MAX_PARTS = 1_000;
const [CR, LF, DASH] = [13, 10, 45];
const CRLF = new Uint8Array([CR, LF]);

/**
 * The boundary that a `content-type` names.
 *
 * @param {string | null} type
 */
export function boundaryOf(type) {
  const match = TYPE.exec(type ?? "");
  const boundary = match?.[1] ?? match?.[2] ?? "";
  if (BOUNDARY.test(boundary)) return boundary;
  throw new Refusal("unsupported_type", "The body must be multipart/form-data, as FormData is sent.");
}

/**
 * @typedef {{ name: string, filename: string | undefined, type: string | undefined }} Part
 * @typedef {{ part: Part } | { data: Uint8Array }} FormEvent
 */

/**
 * The events of a whole form.
 *
 * @param {AsyncIterable<Uint8Array>} chunks
 * @param {string} boundary
 * @returns {AsyncGenerator<FormEvent>}
 */
export async function* multipartEvents(chunks, boundary) {
  const reader = new MultipartReader(boundary);
  for await (const chunk of chunks) yield* reader.feed(chunk);
  reader.end();
}

/** Is fed chunks and yields where parts begin, and their content. */
export class MultipartReader {
  #scanner;
  /** What comes next: the first "delimiter", the "rest" of its line, a part's "headers", its "content", the "end". */
  #next = "delimiter";
  /** Of what is read as a whole: a delimiter's line, a part's headers. */
  #gathered = new Uint8Array(MAX_HEADERS);
  #filled = 0;
  #parts = 0;

  constructor(boundary) {
    this.#scanner = new Scanner(new TextEncoder().encode(`\r\n--${boundary}`));
    // Before the first delimiter there is no end of line.
    for (const _ of this.#scanner.split(CRLF));
  }

  /**
   * @param {Uint8Array} chunk
   * @returns {Generator<FormEvent>}
   */
  *feed(chunk) {
    for (const piece of this.#scanner.split(chunk)) {
      if (piece === FOUND) this.#takeDelimiter();
      else yield* this.#take(piece);
    }
  }

  /** Asserts that the form is whole. */
  end() {
    if (
      this.#next !== "end" ||
      !isLineEnd(joined(this.#gathered.subarray(0, this.#filled), this.#scanner.rest()))
    )
      throw invalid("it ends in the middle");
  }

  #takeDelimiter() {
    if (this.#next !== "delimiter" && this.#next !== "content")
      throw invalid("a boundary is in the wrong place");
    this.#next = "rest";
  }

  *#take(piece) {
    let bytes = piece;
    while (bytes.length > 0) {
      if (this.#next === "content") {
        yield { data: bytes };
        return;
      }
      bytes = yield* this.#takeStructure(bytes);
    }
  }

  /** Gathers until it is complete, and gives back what is behind it. */
  *#takeStructure(bytes) {
    if (this.#next === "delimiter") throw invalid("it does not begin with its boundary");
    const had = this.#filled;
    const taken = bytes.subarray(0, MAX_HEADERS - had);
    this.#gathered.set(taken, had);
    this.#filled += taken.length;
    const length = this.#lengthFrom(had);
    if (length === undefined) return bytes.subarray(taken.length);
    const all = this.#gathered.slice(0, length);
    this.#filled = 0;
    if (this.#next === "rest") this.#takeRest(all);
    else yield { part: this.#partOf(all) };
    return bytes.subarray(length - had);
  }

  /** How long what was gathered is, once it is complete; looked for from `had` on, where it grew. */
  #lengthFrom(had) {
    if (this.#next === "rest") return this.#filled < CRLF.length ? undefined : CRLF.length;
    if (this.#next === "end") {
      if (this.#filled > CRLF.length) throw invalid("something follows its end");
      return undefined;
    }
    const length = headersLength(this.#gathered.subarray(0, this.#filled), Math.max(had - 3, 0));
    if (length === undefined && this.#filled === MAX_HEADERS) throw invalid("a part's headers are too long");
    return length;
  }

  #takeRest(all) {
    if (all[0] === DASH && all[1] === DASH) this.#next = "end";
    else if (all[0] === CR && all[1] === LF) this.#next = "headers";
    else throw invalid("a boundary is followed by something else");
  }

  /** @returns {Part} */
  #partOf(bytes) {
    this.#parts += 1;
    if (this.#parts > MAX_PARTS) throw invalid(`it has more than ${MAX_PARTS} parts`);
    this.#next = "content";
    return readPart(decoded(bytes).slice(0, -4));
  }
}

/** @returns {Part} */
function readPart(text) {
  const headers = new Map();
  for (const line of text.split("\r\n")) {
    const { name, value } = readHeader(line);
    if (headers.has(name)) throw unreadable();
    headers.set(name, value);
  }
  const match = DISPOSITION.exec(headers.get("content-disposition") ?? "");
  if (!match) throw invalid("a part does not say its name as browsers do");
  return { name: match[1], filename: match[2], type: headers.get("content-type") };
}

/** Cut at the colon and trimmed by hand: a pattern for all of it would try every way to share the spaces out. */
function readHeader(line) {
  const colon = line.indexOf(":");
  const name = line.slice(0, Math.max(colon, 0));
  if (!NAME.test(name) || CONTROL.test(line)) throw unreadable();
  return { name: name.toLowerCase(), value: withoutBlanksAround(line.slice(colon + 1)) };
}

function withoutBlanksAround(text) {
  let [start, end] = [0, text.length];
  while (start < end && isBlank(text[start])) start += 1;
  while (start < end && isBlank(text[end - 1])) end -= 1;
  return text.slice(start, end);
}

function isBlank(char) {
  return char === " " || char === "\t";
}

function unreadable() {
  return invalid("a part's headers cannot be read");
}

function decoded(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw invalid("a part's headers are not UTF-8");
  }
}

/** With the empty line behind them; undefined as long as it is not there. */
function headersLength(bytes, from) {
  for (let at = from; at + 3 < bytes.length; at += 1) {
    if (bytes[at] === CR && bytes[at + 1] === LF && bytes[at + 2] === CR && bytes[at + 3] === LF)
      return at + 4;
  }
  return undefined;
}

function isLineEnd(bytes) {
  return bytes.length === 0 || (bytes.length === 2 && bytes[0] === CR && bytes[1] === LF);
}

function invalid(what) {
  return new Refusal("invalid_body", `The form cannot be read: ${what}.`);
}

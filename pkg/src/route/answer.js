// The answers to the page: what of another server's answer is passed on, and what makes it harmless in the app's own origin.

import { discard } from "./outgoing.js";
import { pulled } from "./pulled.js";
import { Refusal } from "./refusal.js";
import { FOUND, Scanner } from "./scanner.js";

/** Whatever the content says it is, a browser that opens it runs nothing of it, and takes it for nothing else. */
const HARMLESS = {
  "content-security-policy": "sandbox; default-src 'none'",
  "x-content-type-options": "nosniff",
};
/** Who compresses or buffers on the way would hold an event stream back: middleware heeds `no-transform`, nginx the last. */
const FRESH = { "cache-control": "no-store, no-transform", "x-accel-buffering": "no" };
/** A link's content does not change, and players fetch it in parts, whose places count bytes as they are. */
const KEPT = { "cache-control": "private, max-age=600, no-transform" };

const MEDIA_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?: *; *[\w-]+="?[\w!#$&^.+-]+"?)*$/;
/** Types that a page cannot load as a script, a style or a document of its own. */
const INERT =
  /^(?:(?:image|video|audio|model|font)\/|text\/plain\b|application\/(?:json|pdf|zip|octet-stream)\b)/i;
const RETRY_AFTER = /^[\w ,:]{1,40}$/;
const LINK_HEADERS = ["accept-ranges", "content-range", "etag", "last-modified"];
const NO_BODY = new Set([204, 205, 304]);
/** Anything shorter may be in a result by chance, and is not a secret. */
const SHORTEST_SECRET = 8;
const STAR = 42;

/**
 * @param {Refusal} refusal
 * @param {string} unserved the route's words for it
 */
export function refused({ code, status, message, headers }, unserved) {
  const body = { errorMsg: unserved, errorDetails: message, errorType: code };
  return answered(JSON.stringify(body), { status, headers });
}

/**
 * An answer of the route's own, JSON unless its headers say otherwise.
 *
 * @param {string | ReadableStream<Uint8Array<ArrayBuffer>>} body
 * @param {{ status?: number, headers?: Record<string, string> }} [init]
 */
export function answered(body, { status = 200, headers = {} } = {}) {
  const all = { "content-type": "application/json", ...FRESH, ...HARMLESS, ...headers };
  return new Response(body, { status, headers: all });
}

/**
 * The deployment's answer: its status, type and body as they come, none of its other headers.
 *
 * @param {Response} response
 * @param {string} secret a deployment that repeats its request's headers does not give it away
 * @param {import("./ending.js").Ending} ending
 */
export function answerOf(response, secret, ending) {
  const { status } = response;
  if (status < 200 || status > 599) {
    discard(response);
    throw new Refusal("unreachable", "The deployment responded with a status that does not exist.");
  }
  const headers = new Headers({ ...FRESH, ...HARMLESS });
  const pass = (name, pattern) => {
    const value = response.headers.get(name);
    if (value !== null && pattern.test(value) && !value.includes(secret)) headers.set(name, value);
  };
  pass("content-type", MEDIA_TYPE);
  pass("retry-after", RETRY_AFTER);
  const body = streamed(response, ending, secret.length < SHORTEST_SECRET ? plain : concealing(secret));
  return new Response(body, { status, headers });
}

/**
 * What a link led to.
 *
 * @param {Response} response
 * @param {import("./ending.js").Ending} ending
 * @param {string[]} [secrets] what was sent along and is not given away
 */
export function linkAnswerOf(response, ending, secrets = []) {
  const { status } = response;
  if (status !== 200 && status !== 206) {
    discard(response);
    throw linkFailure(status, response.headers.get("content-range"));
  }
  const headers = new Headers({ ...KEPT, ...HARMLESS, "content-type": inertType(response) });
  // What was compressed all the same is decoded by now, and has another length.
  const names = response.headers.get("content-encoding") ? LINK_HEADERS : [...LINK_HEADERS, "content-length"];
  for (const name of names) {
    const value = response.headers.get(name);
    if (value !== null && !secrets.some((secret) => value.includes(secret))) headers.set(name, value);
  }
  return new Response(streamed(response, ending, concealingAll(secrets)), { status, headers });
}

function linkFailure(status, range) {
  const told = status >= 400 && status <= 499 ? status : 502;
  /** @type {Record<string, string>} */
  const headers = status === 416 && range !== null ? { "content-range": range } : {};
  return new Refusal("unreachable", `The link's host responded with ${status}.`, { status: told, headers });
}

function inertType(response) {
  const type = response.headers.get("content-type") ?? "";
  return MEDIA_TYPE.test(type) && INERT.test(type) ? type : "application/octet-stream";
}

/** Passes chunks on as they are asked for; giving the answer up, or the caller's leaving, gives up what it comes from. */
function streamed(response, ending, through) {
  if (!response.body || NO_BODY.has(response.status)) {
    discard(response);
    return null;
  }
  const reader = response.body.getReader();
  const { signal } = ending;
  signal.addEventListener("abort", () => reader.cancel(signal.reason).catch(() => {}), { once: true });
  const pieces = through(chunksOf(reader, signal));
  return pulled(pieces, (reason) => {
    ending.end(reason);
    return reader.cancel(reason);
  });
}

async function* chunksOf(reader, signal) {
  for (;;) {
    const { done, value } = await reader.read().catch(brokeOff);
    // What is given up ends as if it were whole.
    if (signal.aborted) brokeOff();
    if (done) return;
    // A stream may hold anything, and of a text no byte would come.
    if (!isBytes(value)) brokeOff();
    if (value.length > 0) yield value;
  }
}

function isBytes(value) {
  return ArrayBuffer.isView(value) && "BYTES_PER_ELEMENT" in value && value.BYTES_PER_ELEMENT === 1;
}

/**
 * A server may log what breaks an answer, so it says nothing of what was underneath.
 *
 * @returns {never}
 */
function brokeOff() {
  throw new Error("The response broke off.");
}

function plain(chunks) {
  return chunks;
}

/**
 * Puts stars in the secret's place, as it is and as a deployment writes it into JSON or an address.
 *
 * @param {string} secret
 * @returns {(chunks: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>}
 */
function concealing(secret) {
  return (chunks) => spellingsOf(secret).reduce(withStars, chunks);
}

/**
 * The same for all that was sent along.
 *
 * @param {string[]} secrets
 * @returns {(chunks: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>}
 */
export function concealingAll(secrets) {
  return (chunks) => secrets.reduce((rest, secret) => concealing(secret)(rest), chunks);
}

/** The same for a text that is there as a whole. */
export function concealed(text, secrets) {
  const spellings = secrets.flatMap(spellingsOf);
  return spellings.reduce((rest, spelling) => rest.replaceAll(spelling, "*".repeat(spelling.length)), text);
}

function spellingsOf(secret) {
  return [...new Set([secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])];
}

async function* withStars(chunks, text) {
  const bytes = new TextEncoder().encode(text);
  const scanner = new Scanner(bytes);
  for await (const chunk of chunks) {
    for (const piece of scanner.split(chunk))
      yield piece === FOUND ? new Uint8Array(bytes.length).fill(STAR) : piece;
  }
  const rest = scanner.rest();
  if (rest.length > 0) yield rest;
}

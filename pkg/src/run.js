// One run by POST: sent, waited for, read chunk by chunk, and handed out in batches of events.

import { Body, refusalText } from "./body.js";
import { typed, ViewComfyError } from "./errors.js";
import { OutputSink } from "./output-sink.js";
import { resultOf } from "./result.js";
import { Answer, refusal } from "./viewcomfy_wasm.js";
import { Watch } from "./watch.js";

/** Limits for a whole run in milliseconds; the reference clients' own. */
const PLAIN_TIMEOUT = 2_400_000;
export const STREAMED_TIMEOUT = 24_000_000;
/** So many bytes are read at once: they decode to less than a piece. */
const MAX_CHUNK = 1024 * 1024;

/**
 * Yields what came together: `{ open }`, `{ waiting }` or `{ events }`, each with the `watch`, and at last `{ result }`.
 * However this ends, the request ends with it, and the wasm gives back what it holds.
 *
 * @param {() => import("./call.js").Call} prepare checks the request and makes the call
 */
export async function* post(prepare, options, streamed, cancel) {
  const reading = new Reading(streamed, options, cancel, streamed ? STREAMED_TIMEOUT : PLAIN_TIMEOUT);
  const { watch } = reading;
  try {
    const call = prepare();
    const { sent } = call;
    const token = await watch.for(call.token());
    const response = yield* watch.counting(call.send(token, watch.signal));
    yield* receive(reading, response, streamed, sent);
  } catch (error) {
    throw typed(error);
  } finally {
    cancel.abort();
    reading.free();
  }
}

/** Reads an answer to its result. */
export async function* receive(reading, response, streamed, sent) {
  const { watch } = reading;
  if (!response.ok) throw await refused(response, watch);
  if (streamed) assertEventStream(response);
  if (!response.body) throw new ViewComfyError("invalid_response", "the answer has no body");
  yield { open: { type: "open", status: response.status, sent }, watch };
  const body = new Body(response.body);
  // Node keeps a signal alive as long as somebody listens, and what the listener holds with it.
  watch.signal.addEventListener("abort", () => body.cancel(), { once: true });
  let chunk = yield* watch.counting(reading.guard(body.read()));
  watch.stopCounting();
  while (chunk && !reading.hasResult) {
    yield* reading.take(chunk);
    if (!reading.hasResult) chunk = await reading.guard(body.read());
  }
  yield { result: await reading.finish(sent) };
}

/** An answer being read: the wasm, where its pieces go, and what may end it. */
export class Reading {
  #sink = new OutputSink();
  #make;
  #made;
  #rewriteUrl;

  constructor(streamed, options, cancel, timeoutMs) {
    this.watch = new Watch(cancel.signal, options, timeoutMs);
    this.#rewriteUrl = options.rewriteUrl;
    const { progress = true, maxResultBytes, maxEventBytes } = options;
    this.#make = () => new Answer(streamed, progress, maxResultBytes, maxEventBytes, this.#sink);
  }

  /** The wasm's part. A run that waits for its answer has none yet. */
  get #answer() {
    this.#made ??= this.#make();
    return this.#made;
  }

  get hasResult() {
    return Boolean(this.#made?.hasResult());
  }

  /** Reads a chunk and yields its events, also when it turns out to be damaged behind that. */
  async *take(chunk) {
    for (let at = 0; at < chunk.length; at += MAX_CHUNK) {
      yield* this.#tell(this.#answer.feed(chunk.subarray(at, at + MAX_CHUNK)));
      await this.#sink.settle();
    }
  }

  /** Reads an event that the browser has framed. */
  async *takeEvent(name, data) {
    yield* this.#tell(this.#answer.event(name, data));
    await this.#sink.settle();
  }

  /** The prompt result with its files; throws what the service says went wrong. */
  async finish(sent) {
    const [fields, failure] = this.#answer.finish();
    const result = await resultOf(fields, this.#sink, sent, this.#rewriteUrl);
    await this.watch.heeded();
    if (failure) throw Object.assign(failure, { result });
    return result;
  }

  /** What a broken connection throws becomes a typed error, or the reason for which the run was ended. */
  async guard(read) {
    try {
      const chunk = await read;
      // An abort cancels the body, which then ends as if it were whole.
      this.watch.throwIfAborted();
      return chunk;
    } catch (cause) {
      this.watch.throwIfAborted();
      throw this.#answer.broken(cause);
    }
  }

  free() {
    this.watch.end();
    this.#sink.abandon();
    try {
      this.#made?.free();
    } catch {
      // The wasm stopped inside of it and will not let go. Why it stopped is what the caller hears.
    }
  }

  *#tell([events, failure]) {
    if (events) yield { events, watch: this.watch };
    // Whoever aborted on hearing it wants to hear nothing more, not even that the chunk was damaged.
    this.watch.throwIfAborted();
    if (failure) throw failure;
  }
}

async function refused(response, watch) {
  const text = await watch.for(refusalText(response.body));
  return refusal(response.status, retryAfterMs(response.headers.get("retry-after")), text);
}

/** `Retry-After` in seconds or as a date (RFC 9110, section 10.2.3). */
function retryAfterMs(header) {
  if (header === null) return undefined;
  if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1000;
  const date = /^\s*[A-Za-z]/.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(date - Date.now(), 0);
}

function assertEventStream(response) {
  const kind = response.headers.get("content-type") ?? "no content type";
  if (kind.trimStart().toLowerCase().startsWith("text/event-stream")) return;
  const advice = "check that the endpoint is a deployment's address";
  throw new ViewComfyError("invalid_response", `the answer is not an event stream but ${kind}: ${advice}`);
}

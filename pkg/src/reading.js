// An answer as it is read: chunk by chunk, handed out in batches of events, and at last its result.

import { Body } from "./body.js";
import { ViewComfyError } from "./errors.js";
import { OutputSink } from "./output-sink.js";
import { refused } from "./refused.js";
import { resultOf } from "./result.js";
import { promptIdOf } from "./route-headers.js";
import { Answer } from "./viewcomfy_wasm.js";

/** So many bytes are read at once: they decode to less than a piece. */
const MAX_CHUNK = 1024 * 1024;

/** Reads an answer to its result. */
export async function* receive(reading, response, streamed, sent) {
  const { watch } = reading;
  if (!response.ok) throw await refused(response, watch);
  if (streamed) assertEventStream(response);
  if (!response.body) throw new ViewComfyError("invalid_response", "the response has no body");
  yield { open: { type: "open", status: response.status, promptId: promptIdOf(response), sent }, watch };
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

/** An answer being read: the wasm, where its pieces go, and what may end the run. */
export class Reading {
  #sink = new OutputSink();
  #make;
  #made;
  #options;

  constructor(streamed, options, watch) {
    this.watch = watch;
    this.#options = options;
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
    const result = await resultOf(fields, this.#sink, sent, this.#options);
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
    this.#sink.abandon();
    try {
      this.#made?.free();
    } catch {
      // The wasm stopped inside of it and will not let go. Why it stopped is what the caller hears.
    }
  }

  *#tell([events, failure]) {
    if (events) yield { events, watch: this.watch };
    // A caller that aborted on hearing it wants to hear nothing more, not even that the chunk was damaged.
    this.watch.throwIfAborted();
    if (failure) throw failure;
  }
}

function assertEventStream(response) {
  const kind = response.headers.get("content-type") ?? "no content type";
  if (kind.trimStart().toLowerCase().startsWith("text/event-stream")) return;
  const advice = "check that the endpoint is a deployment's address";
  throw new ViewComfyError("invalid_response", `the response is not an event stream but ${kind}: ${advice}`);
}

// A run followed by GET, with the browser's own EventSource or with fetch, handed out in the batches of reading.js.

import { typed, ViewComfyError } from "./errors.js";
import { wrongType } from "./options.js";
import { Reading, receive } from "./reading.js";
import { STREAMED_TIMEOUT, Watch } from "./watch.js";

/** The browser's own `open` and `error` bear no data; the service has an event called `error`, too. */
const NAMES = ["open", "log_message", "error", "preview", "prompt_result"];

/** Ends with the result. */
export async function* listen(url, options, cancel) {
  const read = transportOf(options.transport ?? undefined);
  const watch = new Watch(cancel.signal, options, STREAMED_TIMEOUT);
  const reading = new Reading(true, options, watch);
  try {
    watch.throwIfAborted();
    yield* read(url, options.withCredentials, reading);
  } catch (error) {
    throw typed(error);
  } finally {
    cancel.abort();
    watch.end();
    reading.free();
  }
}

/** What is asked for; else EventSource where there is one. */
function transportOf(given) {
  if (given !== undefined && given !== "eventsource" && given !== "fetch")
    throw wrongType("transport", '"eventsource" or "fetch"', given);
  return given === "fetch" || (!given && !globalThis.EventSource) ? byFetch : byEventSource;
}

async function* byFetch(url, withCredentials, reading) {
  const { signal } = reading.watch;
  const credentials = withCredentials ? "include" : "same-origin";
  const headers = { accept: "text/event-stream" };
  const asked = fetch(url, { headers, credentials, cache: "no-store", signal }).catch((cause) => {
    throw unreadable(cause);
  });
  yield* receive(reading, yield* reading.watch.counting(asked), true, null);
}

/** A run is read once: whatever ends the connection first, the browser does not open it again. */
async function* byEventSource(url, withCredentials, reading) {
  const { watch } = reading;
  const source = connect(url, withCredentials);
  try {
    const events = queueOf(source);
    let opened = false;
    for (;;) {
      const event = yield* watch.counting(events.next());
      if (event.data !== undefined) {
        watch.stopCounting();
        yield* reading.takeEvent(event.type, event.data);
        if (reading.hasResult) break;
      } else if (event.type === "open") {
        if (!opened) yield { open: { type: "open", status: null, promptId: null, sent: null }, watch };
        opened = true;
      } else if (opened) {
        break;
      } else {
        throw unreadable(event);
      }
    }
    yield { result: await reading.finish(null) };
  } finally {
    source.close();
  }
}

function connect(url, withCredentials) {
  try {
    const source = new EventSource(url, { withCredentials: Boolean(withCredentials) });
    // At once, not when its turn in the queue comes: the stream may ask to be opened again after no time at all.
    source.addEventListener("error", (event) => {
      if (!(event instanceof MessageEvent)) source.close();
    });
    return source;
  } catch (cause) {
    const advice = 'it may be malformed, or there is no EventSource here: then give transport: "fetch"';
    throw new ViewComfyError("network", `no EventSource for this address: ${advice}`, {}, cause);
  }
}

function unreadable(cause) {
  const advice = "check the address, and that it may be read from this page (CORS)";
  const message = `the events could not be read: ${advice}; no credentials of the service are sent`;
  return new ViewComfyError("network", message, {}, cause);
}

/** The events as they come, one promise at a time. */
function queueOf(source) {
  const events = [];
  let wake;
  const add = (event) => {
    events.push(event);
    wake?.();
  };
  for (const name of NAMES) source.addEventListener(name, add);
  return {
    async next() {
      while (events.length === 0) {
        await new Promise((resolve) => {
          wake = resolve;
        });
      }
      return events.shift();
    },
  };
}

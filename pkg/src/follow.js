// A run followed by GET with the browser's own EventSource, handed out in the batches of run.js.

import { ViewComfyError } from "./errors.js";
import { Reading, STREAMED_TIMEOUT } from "./run.js";

/** The browser's own `open` and `error` bear no data; the service has an event called `error`, too. */
const NAMES = ["open", "log_message", "error", "prompt_result"];

/** Ends with the result; closing the connection keeps the browser from opening it again and again. */
export async function* listen(url, options, cancel) {
  const reading = new Reading(true, options, cancel, STREAMED_TIMEOUT);
  const { watch } = reading;
  let source;
  try {
    watch.throwIfAborted();
    source = connect(url, options.withCredentials);
    const events = queueOf(source);
    let opened = false;
    for (;;) {
      const event = yield* watch.counting(events.next());
      if (event.data !== undefined) {
        watch.stopCounting();
        yield* reading.takeEvent(event.type, event.data);
        if (reading.hasResult) break;
      } else if (event.type === "open") {
        if (!opened) yield { open: { type: "open", status: null, sent: null }, watch };
        opened = true;
      } else if (opened) {
        break;
      } else {
        throw unreadable(event);
      }
    }
    yield { result: await reading.finish(null) };
  } finally {
    source?.close();
    cancel.abort();
    reading.free();
  }
}

function connect(url, withCredentials) {
  try {
    return new EventSource(url, { withCredentials: Boolean(withCredentials) });
  } catch (cause) {
    const advice =
      "it may be malformed, or this runtime has no EventSource; then use stream() with your own backend";
    throw new ViewComfyError("network", `no EventSource for this address: ${advice}`, {}, cause);
  }
}

function unreadable(cause) {
  const advice = "check the address, and that it may be read from this page (CORS)";
  const message = `the events could not be read: ${advice}; an EventSource sends no credentials of the service`;
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

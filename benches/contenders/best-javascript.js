// The best that JavaScript can do: eventsource-parser, JSON.parse, and the browser's own base64.

import { createParser } from "eventsource-parser";

import { call } from "./call.js";

/** @returns {Promise<Blob[]>} */
export async function receive(url, onLog) {
  const reader = await call(url);
  const decoder = new TextDecoder();
  /** @type {any} */
  let result = null;
  const parser = createParser({
    onEvent({ event, data }) {
      if (event === "log_message") onLog?.(data);
      else if (event === "prompt_result") result = JSON.parse(data);
    },
  });
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    parser.feed(decoder.decode(value, { stream: true }));
  }
  if (!result) throw new Error("no result was received");
  return result.outputs.map(toFile);
}

function toFile({ filename, content_type, data }) {
  // @ts-expect-error: newer than the type library that this project checks against.
  return new File([Uint8Array.fromBase64(data)], filename, { type: content_type });
}

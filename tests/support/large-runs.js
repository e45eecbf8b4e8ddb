// What the browser tests of large results run inside the page: runs of POST /large, and how their bodies are read.

import { lib } from "/tests-support/in-page.js";
import { checkFile } from "/tests-support/large-content.js";

export const MB = 1024 * 1024;

/** The kinds of readers that bodies were read with, and how many Blobs were made of streams. */
const seen = { readers: [], streamed: 0 };

const { getReader } = ReadableStream.prototype;
ReadableStream.prototype.getReader = function (options) {
  const reader = getReader.call(this, options);
  seen.readers.push(options?.mode ?? "default");
  return reader;
};

const { blob } = Response.prototype;
Response.prototype.blob = function () {
  seen.streamed += 1;
  return blob.call(this);
};

/**
 * A `fetch` whose bodies are streams without BYOB support.
 *
 * @param {(bytes: number) => void} [passed] called with the number of bytes so far
 */
export function plainFetch(passed = () => {}) {
  return async (request) => {
    const response = await fetch(request);
    const reader = getReader.call(response.body);
    let bytes = 0;
    const body = new ReadableStream({
      async pull(controller) {
        const { done, value } = await reader.read();
        if (done) return controller.close();
        bytes += value.length;
        passed(bytes);
        controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    });
    return new Response(body, response);
  };
}

/** Runs and returns the result. */
export async function run({ way = "inferWithLogs", outputs = 1, bytes, fetch, ...request }) {
  const client = new lib.ViewComfyClient({ endpoint: `/large?outputs=${outputs}&bytes=${bytes}`, fetch });
  const asked = { params: { "1-inputs-x": 1 }, ...request };
  if (way !== "stream") return client[way](asked);
  for await (const event of client.stream(asked)) if (event.type === "result") return event.result;
}

/** Runs, compares every byte, and returns how the response was read and how large the wasm memory is. */
export async function receive(options) {
  seen.readers.length = 0;
  seen.streamed = 0;
  const result = await run(options);
  const { streamed } = seen;
  const [reader] = seen.readers;
  let checked = 0;
  for (const [index, { file }] of result.outputs.entries())
    checked += await checkFile(file, index, options.bytes);
  return {
    outputs: result.outputs.length,
    checked,
    reader,
    streamed,
    wasmBytes: globalThis.wasmMemoryBytes(),
  };
}

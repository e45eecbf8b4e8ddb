// A server that writes given bytes, for streams that no healthy service sends.

import { serve } from "./serve.js";

/**
 * Serves an event stream (or anything else) cut into the given chunks.
 *
 * @param {(request: import("node:http").IncomingMessage) => { chunks: (string | Uint8Array)[], status?: number,
 *   headers?: Record<string, string>, gapMs?: number, hold?: boolean }} answer called for each request, after its body
 *   has been read; with `hold` the connection stays open after the last chunk
 * @returns {Promise<{ url: string, close(): Promise<void> }>}
 */
export async function startRawServer(answer) {
  return serve(async (request, response) => {
    for await (const _ of request); // Read to the end, as a real service does.
    const { chunks, status = 201, headers = {}, gapMs = 0, hold = false } = answer(request);
    response.writeHead(status, {
      "content-type": "text/event-stream; charset=utf-8",
      "access-control-allow-origin": "*",
      ...headers,
    });
    response.flushHeaders();
    for (const chunk of chunks) {
      if (response.destroyed) return;
      response.write(chunk);
      await new Promise((resolve) => (gapMs > 0 ? setTimeout(resolve, gapMs) : setImmediate(resolve)));
    }
    if (!hold) response.end();
  });
}

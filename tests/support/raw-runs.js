// Runs of the package against a server that sends exactly what a test says.

import { startRawServer } from "./raw-server.js";

/** An empty prompt result. */
export const RESULT =
  '{"prompt_id":"r","status":"success","completed":true,"execution_time_seconds":1.5,"prompt":{},"outputs":[]}';

/** The same as the last event of a stream. */
export const END = `event: prompt_result\ndata: ${RESULT}\n\n`;

const request = { params: { "1-inputs-x": 1 } };

/**
 * Starts the server. The first argument of each call is what the server sends.
 *
 * @param {object} lib the package
 */
export async function startRawRuns(lib) {
  let answer;
  const server = await startRawServer(() => answer);
  const client = (options) => new lib.ViewComfyClient({ endpoint: server.url, ...options });
  return {
    close: server.close,

    /** A client, with these options, of a server that sends these chunks. */
    client(chunks, more = {}, options = {}) {
      answer = { chunks, ...more };
      return client(options);
    },

    /** `inferWithLogs` with these chunks: the result, and the events on the way. */
    async streamed(chunks, more = {}) {
      answer = { chunks, ...more };
      const told = [];
      const onLog = (line) => told.push(["log_message", line]);
      const onError = (message) => told.push(["error", message]);
      return { result: await client().inferWithLogs({ ...request, onLog, onError }), told };
    },

    /** `infer` with this response body, whole or in chunks. */
    plain(body, more = {}) {
      answer = { chunks: [body].flat(), headers: { "content-type": "application/json" }, ...more };
      return client().infer(request);
    },
  };
}

/** The event with which a picture on the way comes; it is given as an output. */
export function previewEvent({ content_type, data }) {
  return `event: preview\ndata: ${JSON.stringify({ node_id: "3", content_type, data })}\n\n`;
}

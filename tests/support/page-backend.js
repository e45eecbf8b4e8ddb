// A small backend like an app's: serves workflows, and passes calls to a handler from Request to Response.

import { Readable } from "node:stream";
import { serve } from "./serve.js";

/**
 * Starts it on a free port.
 *
 * @param {object} options
 * @param {Record<string, string>} options.files path → JSON text
 * @param {() => (request: Request) => Promise<Response>} options.handler called for each POST
 * @returns {Promise<{ url: string, close(): Promise<void> }>}
 */
export async function startBackend({ files, handler }) {
  return serve((incoming, outgoing) => {
    if (incoming.method === "POST") return hand(incoming, outgoing, handler());
    const file = files[incoming.url ?? ""];
    outgoing.writeHead(file ? 200 : 404, { "content-type": "application/json" }).end(file);
  });
}

/** Like servers with such handlers: both bodies are streamed, and the signal is aborted when the client leaves. */
async function hand(incoming, outgoing, handler) {
  const caller = new AbortController();
  outgoing.on("close", () => caller.abort());
  const request = new Request(`http://${incoming.headers.host}${incoming.url}`, {
    method: "POST",
    headers: incoming.headers,
    body: Readable.toWeb(incoming),
    duplex: "half",
    signal: caller.signal,
  });
  try {
    const response = await handler(request);
    outgoing.writeHead(response.status, Object.fromEntries(response.headers)).flushHeaders();
    for await (const chunk of response.body) outgoing.write(chunk);
    outgoing.end();
  } catch {
    outgoing.destroy();
  }
}

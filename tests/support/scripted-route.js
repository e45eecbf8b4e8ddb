// A route whose responses a test defines: it counts requests, and can cut a response where a test wants it.

import { serve } from "./serve.js";

/** The headers of a route that offers everything. */
export const ROUTE_HEADERS = {
  "viewcomfy-prompt-id": "run-1",
  "viewcomfy-can": "resume, look-up, cancel",
  "content-type": "text/event-stream",
};

/**
 * @typedef {{ status?: number, headers?: Record<string, string>, chunks?: string[], cut?: boolean, hold?: boolean }} Answer
 *   `cut` breaks the connection after the chunks, `hold` keeps it open
 */

/**
 * Starts it. `script` is called for each request with `run`, `resume`, `look-up` or `cancel`, and with its index among
 * requests of that kind, from 0.
 *
 * @param {(kind: string, index: number, query: URLSearchParams) => Answer} script
 */
export async function startScriptedRoute(script) {
  const counts = { run: 0, resume: 0, "look-up": 0, cancel: 0 };
  const { url, close } = await serve(async (request, response) => {
    for await (const _ of request);
    const query = new URL(request.url ?? "", "http://route").searchParams;
    const kind = kindOf(query);
    const {
      status = 200,
      headers = ROUTE_HEADERS,
      chunks = [],
      cut,
      hold,
    } = script(kind, counts[kind]++, query);
    response.writeHead(status, headers);
    response.flushHeaders();
    for (const chunk of chunks) {
      response.write(chunk);
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (cut) response.destroy();
    else if (!hold) response.end();
  });
  return { url: `${url}/route`, counts, close };
}

function kindOf(query) {
  if (query.has("resume")) return "resume";
  if (query.has("cancel")) return "cancel";
  return query.has("prompt_ids") ? "look-up" : "run";
}

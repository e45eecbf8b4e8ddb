// A minimal ComfyUI server for tests of what the stand-in cannot do: odd responses, files of any size. It has no sockets,
// accepts any prompt, and reports it as finished at once.

import { serve } from "./serve.js";

const JSON_TYPE = { "content-type": "application/json; charset=utf-8" };

/**
 * @param {{ odd?: (request: import("node:http").IncomingMessage, response: import("node:http").ServerResponse) => boolean | void,
 *   outputs?: object, upload?: (request: import("node:http").IncomingMessage) => Promise<unknown>,
 *   view?: (response: import("node:http").ServerResponse, request: import("node:http").IncomingMessage) => void }} [options]
 *   `odd` handles a request itself if it returns true
 */
export function answerAsComfy({ odd, outputs = {}, upload = drain, view } = {}) {
  return async (request, response) => {
    if (odd?.(request, response)) return;
    const { pathname } = new URL(request.url, "http://comfyui");
    const json = (value, status = 200) => response.writeHead(status, JSON_TYPE).end(JSON.stringify(value));
    if (pathname.startsWith("/upload/")) {
      await upload(request);
      return json({ name: "uploaded.png", subfolder: "", type: "input" });
    }
    if (pathname === "/view" && view) return view(response, request);
    await drain(request);
    const [, , id] = /^\/api\/(jobs)\/([^/]+)$/.exec(pathname) ?? [];
    if (id) return json({ id, status: "completed", outputs, execution_status: { messages: [] } });
    if (pathname === "/prompt" && request.method === "GET")
      return json({ exec_info: { queue_remaining: 0 } });
    if (pathname === "/prompt") return json({ prompt_id: "any", number: 1, node_errors: {} });
    if (pathname === "/internal/logs/subscribe") return response.writeHead(200).end();
    return response.writeHead(404).end();
  };
}

export const startSmallComfy = (options) => serve(answerAsComfy(options));

async function drain(request) {
  for await (const _ of request);
}

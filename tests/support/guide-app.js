// The app of a guide: its files on a server, and its routes, which are the guide's own if it shows one.

import { readFileSync } from "node:fs";
import { createProxy, fromEnv } from "../../pkg/proxy.js";
import { toNodeListener } from "../../pkg/proxy-node.js";
import { serve } from "./serve.js";

const root = new URL("../../", import.meta.url);
const FILES = {
  "/workflow_api.json": "www/examples/text-to-image.json",
  "/edit_image_api.json": "www/examples/edit-image.json",
  "/editor_workflow.json": "tests/fixtures/editor/lighthouse_04.json",
  "/history.json": "tests/fixtures/cases/08-history.json",
  "/object_info.json": "tests/fixtures/definitions/object_info.json",
  "/assets/viewcomfy_wasm_bg.wasm": "pkg/viewcomfy_wasm_bg.wasm",
};

/**
 * Starts it on a free port. `/api/viewcomfy` is a proxy in front of the endpoint, and `/api/viewcomfy/<fault>` one in front of
 * an endpoint with this fault; `routes` take precedence.
 *
 * @param {{ endpoint: string, routes: Map<string, (request: Request) => Promise<Response>> }} options
 */
export async function startApp({ endpoint, routes }) {
  return serve((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://app");
    const file = FILES[pathname];
    if (file)
      return response.writeHead(200, { "content-type": typeOf(file) }).end(readFileSync(new URL(file, root)));
    const handler = routes.get(pathname) ?? standardRoute(pathname, endpoint);
    if (handler) return toNodeListener(handler)(request, response);
    response.writeHead(404).end();
  });
}

function typeOf(file) {
  return file.endsWith(".wasm") ? "application/wasm" : "application/json";
}

/** The proxy at this address; null for any other. */
export function standardRoute(pathname, endpoint) {
  const [, fault] = /^\/api\/viewcomfy(?:\/(\w+))?$/.exec(pathname) ?? [null, null];
  if (!pathname.startsWith("/api/viewcomfy")) return null;
  const address = fault ? `${endpoint}/infer?fault=${fault}` : `${endpoint}/infer`;
  return createProxy({ ...fromEnv(process.env), endpoint: address });
}

// The server of `serve`: the page's files, the route, and what the page is told of ComfyUI and of the workflow.

import { once } from "node:events";
import { createServer } from "node:http";

import { toNodeListener } from "viewcomfy-wasm/proxy/node";

export const ROUTE = "/api/viewcomfy";
export const DEFINITIONS = "/api/definitions";
export const WORKFLOW = "/api/workflow";

/** Another site's page must not lay this one under its own buttons, and learns nothing of its address. */
const HEADERS = {
  "content-security-policy": "frame-ancestors 'none'",
  "x-frame-options": "DENY",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
};
const NO_TOKEN = "Open the address that the command printed when it was started: it carries a token.\n";

/**
 * @param {object} parts
 * @param {(path: string) => Promise<import("./serve-page.js").ServedFile | undefined>} parts.fileAt
 * @param {Map<string, import("./serve-backends.js").Served>} parts.routes by path; each asks the guard itself
 * @param {ReturnType<typeof import("./serve-guard.js").createGuard>} parts.guard
 * @param {Uint8Array | null} parts.workflow
 * @param {{ host: string, ports: number[] }} where the first port that is free
 */
export async function startServer(parts, { host, ports }) {
  const routes = new Map([...parts.routes].map(([path, { route }]) => [path, toNodeListener(route)]));
  const [comfyui] = [...parts.routes].find(([, { kind }]) => kind === "comfyui") ?? [];
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    const { pathname, searchParams } = addressOf(request.url);
    if (!parts.guard.knowsName(request.headers.host ?? ""))
      return answer(response, 421, "Ask for localhost\n");
    const route = routes.get(pathname);
    if (route) return route(request, response);
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.setHeader("allow", "GET, HEAD");
      return answer(response, 405, "Files can only be read\n");
    }
    const cookie = pathname === "/" ? parts.guard.cookieFor(searchParams) : null;
    if (cookie !== null) return welcome(response, cookie);
    if (!parts.guard.admits(new Headers(pick(request.headers)))) return answer(response, 401, NO_TOKEN);
    if (pathname === DEFINITIONS && comfyui !== undefined) {
      request.url = `${comfyui}?object_info`;
      return routes.get(comfyui)?.(request, response);
    }
    if (pathname === WORKFLOW && parts.workflow)
      return send(response, parts.workflow, "application/octet-stream");
    return void sendFile(request, response, parts.fileAt(pathname));
  });
  await listen(server, host, ports);
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    port: address.port,
    closed: once(server, "close"),
    /** Ends the runs on ComfyUI too: those of callers who are gone, and those that wait for one to come back. */
    async close() {
      server.close();
      await Promise.all([...parts.routes.values()].map(({ cancel }) => cancel?.()));
      server.closeAllConnections();
    },
  };
}

async function listen(server, host, ports) {
  const [port, ...others] = ports;
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (error) {
    if (/** @type {any} */ (error).code !== "EADDRINUSE" || others.length === 0) throw error;
    await listen(server, host, others);
  }
}

function addressOf(url = "/") {
  const base = "http://here.invalid";
  return URL.canParse(base + url) ? new URL(base + url) : new URL(base);
}

/** @param {import("node:http").IncomingHttpHeaders} headers */
function pick({ authorization, cookie }) {
  return { ...(authorization ? { authorization } : {}), ...(cookie ? { cookie } : {}) };
}

/** The token leaves the address: it would stay in the browser's history and in what is copied from the bar. */
function welcome(response, cookie) {
  response.writeHead(303, { location: "/", "set-cookie": cookie, "cache-control": "no-store" }).end();
}

async function sendFile(request, response, found) {
  const file = await found;
  if (!file) return answer(response, 404, "There is no such file here\n");
  const { body, type, etag } = file;
  response.setHeader("etag", etag);
  if (request.headers["if-none-match"] === etag) return void response.writeHead(304).end();
  return send(response, body, type);
}

function send(response, body, type) {
  response.writeHead(200, {
    "content-type": type,
    "content-length": body.length,
    "cache-control": "no-cache",
  });
  response.end(body);
}

function answer(response, status, text) {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" });
  response.end(text);
}

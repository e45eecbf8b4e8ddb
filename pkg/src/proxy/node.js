// A proxy as a listener of Node's http server. The only file of the proxy that knows Node.

import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

import { pulled } from "../route/pulled.js";

const BODYLESS = new Set(["GET", "HEAD"]);

/** See proxy-node.d.ts. */
export function toNodeListener(handler) {
  if (typeof handler !== "function")
    throw new TypeError("toNodeListener takes a function, such as createProxy makes");
  return (incoming, outgoing) => {
    void answer(handler, incoming, outgoing);
  };
}

async function answer(handler, incoming, outgoing) {
  const caller = new AbortController();
  outgoing.once("close", () => {
    if (!outgoing.writableFinished) caller.abort();
  });
  const request = requestOf(incoming, caller.signal);
  if (!request) return end(outgoing, 400);
  try {
    await write(await handler(request), incoming, outgoing);
  } catch {
    // An answer that cannot be finished must not look as if it were.
    if (outgoing.headersSent) outgoing.destroy();
    else end(outgoing, 500);
  }
}

function end(outgoing, status) {
  outgoing.writeHead(status, { "cache-control": "no-store" }).end();
}

/** The request as `fetch` knows it, or undefined when it has no address. */
function requestOf(incoming, signal) {
  const { method = "GET", url = "", socket } = incoming;
  const base = `${socket.encrypted ? "https" : "http"}://${incoming.headers.host ?? "localhost"}`;
  // Not resolved against the base: "//elsewhere/" would become another host.
  if (!url.startsWith("/") || !URL.canParse(base) || !URL.canParse(base + url)) return undefined;
  const body = BODYLESS.has(method) ? undefined : bodyOf(incoming);
  try {
    const init = { method, headers: headersOf(incoming), body, signal, duplex: "half" };
    return new Request(base + url, init);
  } catch {
    // Methods that `fetch` forbids, such as TRACE, and headers that only a lenient parser lets through.
    return undefined;
  }
}

function headersOf({ rawHeaders }) {
  const headers = new Headers();
  for (let at = 0; at < rawHeaders.length; at += 2) {
    // HTTP/2 has its address among them.
    if (!rawHeaders[at].startsWith(":")) headers.append(rawHeaders[at], rawHeaders[at + 1]);
  }
  return headers;
}

/** Not `Readable.toWeb`: giving that up would close the connection on which the refusal is to be answered. */
function bodyOf(incoming) {
  const chunks = incoming.iterator({ destroyOnReturn: false });
  return pulled(chunks, async () => {
    await chunks.return?.();
    // A browser sends its whole body before it reads an answer, so what is left of it is read and dropped.
    incoming.resume();
  });
}

async function write(response, { method }, outgoing) {
  const headers = Object.fromEntries(response.headers);
  const cookies = response.headers.getSetCookie();
  outgoing.writeHead(response.status, cookies.length > 0 ? { ...headers, "set-cookie": cookies } : headers);
  if (!response.body || method === "HEAD") {
    await response.body?.cancel();
    outgoing.end();
    return;
  }
  outgoing.flushHeaders();
  await pipeline(Readable.fromWeb(response.body), outgoing);
}

// Sends requests in Node. Its `fetch` gives up when nothing comes for 300 s, which a run may well take, and keeps every byte of
// a streamed body until the answer comes: an upload of 256 MB takes 256 MB. No import of Node's: other runtimes load this file
// too.

import { pulled } from "./pulled.js";

const BODYLESS = new Set([204, 205, 304]);
/**
 * What a server compressed all the same.
 *
 * @type {Map<string, CompressionFormat>}
 */
const CODINGS = new Map([
  ["gzip", "gzip"],
  ["x-gzip", "gzip"],
  ["deflate", "deflate"],
]);
/** Some gateways refuse those who have no name. */
const COMMON = { accept: "*/*", "user-agent": "viewcomfy-wasm" };

/**
 * @typedef {{ url: URL, method: string, headers: Record<string, string>, signal: AbortSignal,
 *   body?: Uint8Array | ReadableStream<Uint8Array> }} Outgoing
 */

/** @returns {((what: Outgoing) => Promise<Response>) | undefined} undefined elsewhere, and before Node 20.16 */
export function nodeSender() {
  const { navigator, process } = globalThis;
  // Others have a `process` like Node's, and say here who they are.
  const isNode = process?.versions?.node && (navigator?.userAgent ?? "Node.js").startsWith("Node.js");
  if (!isNode || typeof process.getBuiltinModule !== "function") return undefined;
  const http = process.getBuiltinModule("node:http");
  const https = process.getBuiltinModule("node:https");
  return (what) => sent(what.url.protocol === "https:" ? https : http, what);
}

/**
 * @param {typeof import("node:http") | typeof import("node:https")} http
 * @param {Outgoing} what
 * @returns {Promise<Response>}
 */
function sent(http, { url, method, headers, body, signal }) {
  return new Promise((resolve, reject) => {
    // A connection that was used before may be closed by now, and a run is not sent twice. It is not said to be the last,
    // either: a server would cut it when it refuses in the middle of an upload, and the refusal would be lost.
    const agent = method === "POST" ? new http.Agent({ keepAlive: true }) : undefined;
    const outgoing = http.request(url, { method, headers: { ...COMMON, ...headers }, signal, agent });
    outgoing.once("close", () => agent?.destroy());
    // Once there is an answer, its own body tells that the connection broke.
    outgoing.on("error", reject);
    outgoing.once("upgrade", (_, socket) => {
      reject(new Error("the response switches to another protocol"));
      socket.destroy();
    });
    outgoing.once("response", (incoming) => {
      // Who answers before the body's end wants no more of it.
      incoming.once("end", () => outgoing.writableFinished || outgoing.destroy());
      try {
        resolve(responseOf(incoming));
      } catch (error) {
        reject(error);
        outgoing.destroy();
      }
    });
    if (body instanceof ReadableStream)
      pump(body.getReader(), outgoing).catch((error) => outgoing.destroy(error));
    else outgoing.end(body);
  });
}

async function pump(reader, outgoing) {
  let wake = () => {};
  for (const event of ["drain", "close"]) outgoing.on(event, () => wake());
  try {
    while (!outgoing.destroyed) {
      const { done, value } = await reader.read();
      if (done) {
        outgoing.end();
        return;
      }
      const room = outgoing.write(value);
      if (!room && !outgoing.destroyed)
        await new Promise((resolve) => {
          wake = () => resolve(undefined);
        });
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

function responseOf(incoming) {
  const { statusCode: status, headersDistinct } = incoming;
  const headers = new Headers();
  for (const [name, values] of Object.entries(headersDistinct)) {
    for (const value of values) headers.append(name, value);
  }
  if (BODYLESS.has(status)) {
    incoming.resume();
    return new Response(null, { status, headers });
  }
  return new Response(
    decoded(
      pulled(incoming[Symbol.asyncIterator](), () => incoming.destroy()),
      headers.get("content-encoding"),
    ),
    { status, headers },
  );
}

function decoded(body, coding) {
  if (coding === null || coding === "identity") return body;
  const known = CODINGS.get(coding);
  if (known) return body.pipeThrough(new DecompressionStream(known));
  throw new Error("the response is compressed in an unknown way");
}

// Streams a request's body in Node. Its `fetch` keeps every byte of a streamed body until the answer comes (it copies the
// request for redirects), so 256 MB would take 256 MB. No import: other runtimes load this file too, and do not need it.

const BODYLESS = new Set([204, 205, 304]);

/**
 * @typedef {{ url: URL, method: string, headers: Record<string, string>, body: ReadableStream<Uint8Array>,
 *   signal: AbortSignal }} Outgoing
 */

/** @returns {((what: Outgoing) => Promise<Response>) | undefined} undefined where `fetch` streams, or before Node 20.16 */
export function nodeSender() {
  const { navigator, process } = globalThis;
  // Others have a `process` like Node's, and say here who they are.
  const isNode = process?.versions?.node && (navigator?.userAgent ?? "Node.js").startsWith("Node.js");
  if (!isNode || typeof process.getBuiltinModule !== "function") return undefined;
  const http = process.getBuiltinModule("node:http");
  const https = process.getBuiltinModule("node:https");
  return (what) => sent(what.url.protocol === "https:" ? https : http, what);
}

function sent(http, { url, method, headers, body, signal }) {
  return new Promise((resolve, reject) => {
    const outgoing = http.request(url, { method, headers: { accept: "*/*", ...headers }, signal });
    // Once there is an answer, its own body tells that the connection broke.
    outgoing.on("error", reject);
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
    pump(body.getReader(), outgoing).catch((error) => outgoing.destroy(error));
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
  const coding = headers.get("content-encoding") ?? "identity";
  if (coding !== "identity") throw new Error(`the answer is coded as ${coding}, which was not asked for`);
  if (!BODYLESS.has(status)) return new Response(bodyOf(incoming), { status, headers });
  incoming.resume();
  return new Response(null, { status, headers });
}

function bodyOf(incoming) {
  const chunks = incoming[Symbol.asyncIterator]();
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
      },
      cancel() {
        incoming.destroy();
      },
    },
    { highWaterMark: 0 },
  );
}

// A file of a server, read to its end: where the connection breaks, from there on.

import { discard } from "../route/outgoing.js";
import { Refusal } from "../route/refusal.js";
import { unexpected } from "./server.js";

/** How often it may break without a byte more. */
const MAX_IDLE = 5;

/** The path under which the server has a file. @param {import("./signer.js").StoredFile} file */
export function viewPath({ filename, subfolder, type }) {
  return `/view?${new URLSearchParams({ filename, subfolder, type })}`;
}

/**
 * @param {import("./server.js").ComfyServer} server
 * @param {import("./signer.js").StoredFile} file
 * @param {import("./server.js").Call} call
 * @returns {AsyncGenerator<Uint8Array>}
 */
export async function* download(server, file, call) {
  const { signal } = call.ending;
  /** @type {[at: number, total: number | undefined, etag: string | null, idle: number]} */
  let [at, total, etag, idle] = [0, undefined, null, 0];
  for (;;) {
    const before = at;
    try {
      const response = await server.ask(viewPath(file), call, { headers: at > 0 ? rangeFrom(at, etag) : {} });
      let skipped = startOf(response, at);
      etag = response.headers.get("etag");
      total ??= lengthOf(response);
      if (!response.body) return;
      const reader = response.body.getReader();
      try {
        for (;;) {
          const { done, value } = await call.ending.for(reader.read());
          if (done) break;
          const bytes = value.subarray(Math.min(skipped, value.length));
          skipped -= value.length - bytes.length;
          at += bytes.length;
          if (bytes.length > 0) yield bytes;
        }
      } finally {
        reader.cancel().catch(() => {});
      }
      if (total === undefined || at >= total) return;
    } catch (error) {
      if (signal.aborted || error instanceof Refusal) throw error;
    }
    idle = at > before ? 0 : idle + 1;
    if (idle >= MAX_IDLE) throw new Refusal("unreachable", "An output's download broke off repeatedly.");
  }
}

function rangeFrom(at, etag) {
  return { range: `bytes=${at}-`, ...(etag ? { "if-range": etag } : {}) };
}

/** How many of the answer's bytes were had before. */
function startOf(response, at) {
  const { status } = response;
  if (status === 206 && at > 0) return 0;
  if (status === 200) return at;
  discard(response);
  throw unexpected(status);
}

/** Known for what comes as it is. */
function lengthOf(response) {
  const { headers, status } = response;
  const length = headers.get("content-length");
  return status === 200 && length !== null && !headers.get("content-encoding") ? Number(length) : undefined;
}

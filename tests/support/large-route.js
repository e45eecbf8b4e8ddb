// Files of hundreds of MB through a route in a separate process, whose memory is measured. `ROUTE_MB` sets their size.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";

export const MB = 1024 * 1024;
export const SIZE = Number(process.env.ROUTE_MB ?? 256) * MB;
/** Enough to fill the young generation of Node's heap, which is not released. */
const WARM = 64 * MB;
/** A length that base64 and chunks do not divide evenly. */
const CHUNK = crypto.getRandomValues(new Uint8Array(65_536 - 1));
/** Far below the size of the files; Node's own heap and buffers take some tens of MB until they are collected. */
export const FLAT = 64 * MB;

/** Bytes of a file from an offset on. */
export function* content(size, from = 0) {
  let at = from;
  while (at < size) {
    const offset = at % CHUNK.length;
    const piece = CHUNK.subarray(offset, offset + Math.min(CHUNK.length - offset, size - at));
    yield piece;
    at += piece.length;
  }
}

/** Length and hash. @param {Iterable<Uint8Array> | AsyncIterable<Uint8Array>} chunks */
export async function digestOf(chunks) {
  const hash = createHash("sha256");
  let size = 0;
  for await (const chunk of chunks) {
    hash.update(chunk);
    size += chunk.length;
  }
  return `${size} ${hash.digest("hex")}`;
}

/** A request with a form of these texts and one file, generated while it is sent. */
export function formWithFile(size, texts) {
  const part = (name, more = "") => `--b\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n`;
  function* pieces() {
    for (const [name, text] of Object.entries(texts)) yield Buffer.from(`${part(name)}${text}\r\n`);
    yield Buffer.from(part("1-inputs-image", '; filename="a.png"'));
    yield* content(size);
    yield Buffer.from("\r\n--b--\r\n");
  }
  const iterator = pieces();
  const body = new ReadableStream({
    pull(controller) {
      const { done, value } = iterator.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
  return {
    method: "POST",
    body,
    duplex: "half",
    headers: { "content-type": "multipart/form-data; boundary=b" },
  };
}

/** Runs `work` twice, small to warm up and large, and holds how much the peak memory of the route's process grew. */
export async function assertFlat(t, route, work, warmSize = WARM) {
  await work(warmSize);
  const { rss: warm } = await route.asked();
  await work(SIZE);
  const { rss: most } = await route.asked();
  const grown = most - warm;
  const told = [SIZE, warm, most].map((bytes) => Math.round(bytes / MB));
  t.diagnostic(`${told[0]} MB: the process had ${told[1]} MB, and took at most ${told[2]} MB`);
  assert.ok(grown < FLAT, `${grown} bytes more`);
}

/** Decodes the one output of a streamed result while it arrives. */
export async function readOutput(response) {
  const hash = createHash("sha256");
  let count = 0;
  let text = "";
  let inside = false;
  for await (const chunk of response.body) {
    text += Buffer.from(chunk).toString("latin1");
    if (!inside && text.includes('"data":"')) {
      text = text.slice(text.indexOf('"data":"') + 8);
      inside = true;
    }
    if (!inside) continue;
    const end = text.indexOf('"');
    const whole = end >= 0 ? end : text.length - (text.length % 4);
    const bytes = Buffer.from(text.slice(0, whole), "base64");
    hash.update(bytes);
    count += bytes.length;
    text = text.slice(whole);
  }
  return { digest: `${count} ${hash.digest("hex")}`, told: Number(/"size":(\d+)/.exec(text)[1]) };
}

// The floor: the body is read and made into a File without decoding, in each of the ways that a page has.

import { call } from "./call.js";

/** Bytes per Blob of {@link blobs}. */
const BLOB = 32 * 1024 * 1024;

/** Keeps the chunks as they arrive and makes one File at the end. @returns {Promise<Blob[]>} */
export async function chunks(url) {
  const parts = [];
  await each(url, (chunk) => parts.push(chunk));
  return [fileOf(parts)];
}

/** Makes a Blob of every 32 MB, and a File of those. @returns {Promise<Blob[]>} */
export async function blobs(url) {
  const whole = [];
  let parts = [];
  let size = 0;
  await each(url, (chunk) => {
    parts.push(chunk);
    size += chunk.length;
    if (size < BLOB) return;
    whole.push(new Blob(parts));
    parts = [];
    size = 0;
  });
  return [fileOf([...whole, ...parts])];
}

/** Passes the browser a stream to collect. @returns {Promise<Blob[]>} */
export async function stream(url) {
  const reader = await call(url);
  const body = new ReadableStream({
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
  return [fileOf([await new Response(body).blob()])];
}

async function each(url, take) {
  const reader = await call(url);
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    take(value);
  }
}

function fileOf(parts) {
  return new File(parts, "body.bin", { type: "application/octet-stream" });
}

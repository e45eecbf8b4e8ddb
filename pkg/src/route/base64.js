// Base64 of a stream of bytes, piece by piece: never more of it than one chunk makes.

import { joined } from "./scanner.js";

const NONE = new Uint8Array(0);
/** As many arguments as a call may have anywhere. */
const MOST_AT_ONCE = 8 * 1024;

/**
 * @param {AsyncIterable<Uint8Array>} chunks
 * @returns {AsyncGenerator<string>}
 */
export async function* base64Of(chunks) {
  let rest = NONE;
  for await (const chunk of chunks) {
    const bytes = rest.length > 0 ? joined(rest, chunk) : chunk;
    const whole = bytes.length - (bytes.length % 3);
    rest = bytes.slice(whole);
    if (whole > 0) yield encoded(bytes.subarray(0, whole));
  }
  if (rest.length > 0) yield encoded(rest);
}

/** @param {Uint8Array} bytes */
export function encoded(bytes) {
  const { Buffer } = globalThis;
  if (Buffer) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
  let text = "";
  for (let at = 0; at < bytes.length; at += MOST_AT_ONCE) {
    text += String.fromCharCode(...bytes.subarray(at, at + MOST_AT_ONCE));
  }
  return btoa(text);
}

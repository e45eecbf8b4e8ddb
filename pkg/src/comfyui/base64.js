// Bytes to base64 while they come.

/**
 * @param {AsyncIterable<Uint8Array> | Iterable<Uint8Array>} chunks
 * @returns {AsyncGenerator<string>}
 */
export async function* base64Of(chunks) {
  let rest = new Uint8Array(0);
  for await (const chunk of chunks) {
    const bytes = rest.length > 0 ? joinedWith(rest, chunk) : chunk;
    const whole = bytes.length - (bytes.length % 3);
    if (whole > 0) yield encoded(bytes.subarray(0, whole));
    rest = bytes.slice(whole);
  }
  if (rest.length > 0) yield encoded(rest);
}

function joinedWith(rest, chunk) {
  const bytes = new Uint8Array(rest.length + chunk.length);
  bytes.set(rest);
  bytes.set(chunk, rest.length);
  return bytes;
}

/** The most arguments that a call takes everywhere. */
const AT_ONCE = 8_190;

/** @param {Uint8Array} bytes */
export function encoded(bytes) {
  if ("toBase64" in bytes) return /** @type {any} */ (bytes).toBase64();
  const { Buffer } = globalThis;
  if (Buffer) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("base64");
  let text = "";
  for (let at = 0; at < bytes.length; at += AT_ONCE)
    text += btoa(String.fromCharCode(...bytes.subarray(at, at + AT_ONCE)));
  return text;
}

// A part of a PNG: length, name, content and checksum.

/** CRC-32 of each byte's value. */
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/**
 * The chunk, as parts of the file.
 *
 * @param {string} name four letters
 * @param {Uint8Array<ArrayBuffer>} data
 */
export function pngChunk(name, data) {
  const head = new Uint8Array(8);
  new DataView(head.buffer).setUint32(0, data.length);
  for (let at = 0; at < 4; at += 1) head[4 + at] = name.charCodeAt(at);
  const tail = new Uint8Array(4);
  new DataView(tail.buffer).setUint32(0, checksum(data, checksum(head.subarray(4))));
  return [head, data, tail];
}

function checksum(bytes, before = 0) {
  let value = ~before;
  for (const byte of bytes) value = (value >>> 8) ^ TABLE[(value ^ byte) & 0xff];
  return ~value >>> 0;
}

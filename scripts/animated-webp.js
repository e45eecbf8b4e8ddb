// Combines still WebP pictures into an animated one: https://developers.google.com/speed/webp/docs/riff_container.
// No imports.

/** The chunks of a still picture that a frame contains. */
const IMAGE_CHUNKS = ["ALPH", "VP8 ", "VP8L"];
const ANIMATION = 0b10;
const ALPHA = 0b10000;
/** The frame replaces what is below it, instead of being blended with it. */
const REPLACE = 0b10;
const FOREVER = 0;

/**
 * @typedef {object} Frame
 * @property {Uint8Array} webp a still picture
 * @property {number} x from the left of the canvas; even
 * @property {number} y from its top; even
 * @property {number} width
 * @property {number} height
 * @property {number} ms how long it is shown
 */

/**
 * @param {{ width: number, height: number, frames: Frame[] }} animation
 * @returns {Uint8Array} the file
 */
export function animatedWebp({ width, height, frames }) {
  const canvas = Buffer.alloc(10);
  canvas[0] = ANIMATION | ALPHA;
  canvas.writeUIntLE(width - 1, 4, 3);
  canvas.writeUIntLE(height - 1, 7, 3);
  const animation = Buffer.alloc(6);
  animation.writeUInt16LE(FOREVER, 4);
  const chunks = [chunk("VP8X", canvas), chunk("ANIM", animation), ...frames.map(frameChunk)];
  return chunk("RIFF", Buffer.concat([Buffer.from("WEBP"), ...chunks]));
}

function frameChunk({ webp, x, y, width, height, ms }) {
  if (x % 2 !== 0 || y % 2 !== 0) throw new RangeError(`a frame's x and y must be even, not ${x}, ${y}`);
  const head = Buffer.alloc(16);
  head.writeUIntLE(x / 2, 0, 3);
  head.writeUIntLE(y / 2, 3, 3);
  head.writeUIntLE(width - 1, 6, 3);
  head.writeUIntLE(height - 1, 9, 3);
  head.writeUIntLE(ms, 12, 3);
  head[15] = REPLACE;
  const image = chunksOf(webp).filter(({ name }) => IMAGE_CHUNKS.includes(name));
  return chunk("ANMF", Buffer.concat([head, ...image.map(({ name, content }) => chunk(name, content))]));
}

/** The chunks of a WebP file. @param {Uint8Array} bytes */
export function chunksOf(bytes) {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks = [];
  let at = 12;
  while (at + 8 <= file.length) {
    const length = file.readUInt32LE(at + 4);
    chunks.push({
      name: file.toString("latin1", at, at + 4),
      content: file.subarray(at + 8, at + 8 + length),
    });
    at += 8 + length + (length % 2);
  }
  return chunks;
}

/** A name, a length and the content, padded to an even length. */
function chunk(name, content) {
  const head = Buffer.alloc(8);
  head.write(name, "latin1");
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, content, Buffer.alloc(content.length % 2)]);
}

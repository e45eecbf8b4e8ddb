// A mask as the PNG that is sent: the picture's own colours everywhere, alpha 0 where it is masked and 255 elsewhere. A canvas
// forgets the colours of what is transparent, so the file is written here.

import { pngChunk } from "../png-chunk.js";

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Rows at a time: a large picture is not there a second time as a whole. */
const ROWS = 64;
/** From here on a pixel counts as painted: edges are soft on the canvas and hard in the file. */
const PAINTED = 128;
const RGBA = 6;
/** Each row is written as the difference from the pixel to its left, which packs well. */
const FILTER_SUB = 1;

/**
 * Writes the mask.
 *
 * @param {ImageBitmap} picture
 * @param {HTMLCanvasElement | OffscreenCanvas} painting of the same size, opaque where the picture is masked
 * @returns {Promise<Blob>}
 */
export async function maskPng(picture, painting) {
  const { width, height } = painting;
  const data = await deflated(rowsOf(picture, painting));
  const head = new DataView(new ArrayBuffer(13));
  head.setUint32(0, width);
  head.setUint32(4, height);
  head.setUint8(8, 8);
  head.setUint8(9, RGBA);
  const parts = [
    pngChunk("IHDR", new Uint8Array(head.buffer)),
    pngChunk("IDAT", data),
    pngChunk("IEND", new Uint8Array(0)),
  ];
  return new Blob([new Uint8Array(SIGNATURE), ...parts.flat()], { type: "image/png" });
}

/** The rows as PNG has them, a band at a time. */
function* rowsOf(picture, painting) {
  const { width, height } = painting;
  const band = new OffscreenCanvas(width, ROWS);
  const context = /** @type {any} */ (band.getContext("2d", { willReadFrequently: true }));
  const cover = /** @type {any} */ (painting.getContext("2d"));
  for (let top = 0; top < height; top += ROWS) {
    const rows = Math.min(ROWS, height - top);
    context.clearRect(0, 0, width, ROWS);
    context.drawImage(picture, 0, -top);
    const colours = context.getImageData(0, 0, width, rows).data;
    const painted = cover.getImageData(0, top, width, rows).data;
    yield filtered(colours, painted, width, rows);
  }
}

function filtered(colours, painted, width, rows) {
  const line = width * 4;
  const bytes = new Uint8Array(rows * (line + 1));
  for (let at = 3; at < colours.length; at += 4) colours[at] = painted[at] >= PAINTED ? 0 : 255;
  for (let row = 0; row < rows; row += 1) {
    const from = row * line;
    const to = row * (line + 1);
    bytes[to] = FILTER_SUB;
    for (let at = 0; at < line; at += 1) {
      const left = at < 4 ? 0 : colours[from + at - 4];
      bytes[to + 1 + at] = colours[from + at] - left;
    }
  }
  return bytes;
}

async function deflated(pieces) {
  const iterator = pieces[Symbol.iterator]();
  const source = new ReadableStream({
    pull(controller) {
      const { done, value } = iterator.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
  const packed = source.pipeThrough(new CompressionStream("deflate"));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

// Reads the file of a painted mask.

import { inflateSync } from "node:zlib";

import { expect } from "@playwright/test";

/** Reads an 8-bit RGBA PNG whose rows use the Sub filter. */
export function readMask(bytes) {
  const chunks = [];
  let at = 8;
  let head;
  for (;;) {
    const length = bytes.readUInt32BE(at);
    const name = bytes.toString("latin1", at + 4, at + 8);
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (name === "IHDR") head = data;
    if (name === "IDAT") chunks.push(data);
    if (name === "IEND") break;
    at += length + 12;
  }
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)];
  const rows = inflateSync(Buffer.concat(chunks));
  const line = width * 4;
  const pixels = Buffer.alloc(height * line);
  for (let row = 0; row < height; row += 1) {
    expect(rows[row * (line + 1)]).toBe(1);
    for (let x = 0; x < line; x += 1) {
      const left = x < 4 ? 0 : pixels[row * line + x - 4];
      pixels[row * line + x] = rows[row * (line + 1) + 1 + x] + left;
    }
  }
  const pixel = (x, y) => [...pixels.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)];
  const alphas = new Set();
  for (let each = 3; each < pixels.length; each += 4) alphas.add(pixels[each]);
  return { width, height, pixel, alphas: [...alphas].sort((a, b) => a - b) };
}

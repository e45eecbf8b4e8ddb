// Still pictures become an animated WebP, and the film in the README is one of a size that a reader can load.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { animatedWebp, chunksOf } from "../../scripts/animated-webp.js";

/** One black pixel, lossless. */
const PIXEL = Buffer.from("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==", "base64");
const frame = (place) => ({ webp: PIXEL, x: 0, y: 0, width: 1, height: 1, ms: 40, ...place });

test("an animation has its canvas, and each frame its place, size and time", () => {
  const file = animatedWebp({
    width: 300,
    height: 20,
    frames: [frame({}), frame({ x: 258, y: 4, ms: 70_000 })],
  });
  assert.equal(file.readUInt32LE(4), file.length - 8);
  const [canvas, animation, first, second, ...more] = chunksOf(file);
  assert.deepEqual([canvas.name, animation.name, first.name, second.name], ["VP8X", "ANIM", "ANMF", "ANMF"]);
  assert.deepEqual(more, []);
  assert.deepEqual([canvas.content.readUIntLE(4, 3), canvas.content.readUIntLE(7, 3)], [299, 19]);
  const numbers = [0, 3, 6, 9, 12].map((at) => second.content.readUIntLE(at, 3));
  assert.deepEqual(numbers, [129, 2, 0, 0, 70_000]);
  assert.equal(second.content.toString("latin1", 16, 20), "VP8L");
});

test("a frame at an odd place is refused: it would move", () => {
  assert.throws(() => animatedWebp({ width: 9, height: 9, frames: [frame({ x: 3 })] }), RangeError);
});

for (const look of ["light", "dark"]) {
  test(`the ${look} film is an animation of at most 400 KB`, () => {
    const file = readFileSync(new URL(`../../docs/run-${look}.webp`, import.meta.url));
    assert.ok(file.length <= 400_000, `${file.length} bytes`);
    assert.ok(chunksOf(file).filter(({ name }) => name === "ANMF").length >= 5);
  });
}

// Films a page: takes screenshots at chosen moments and keeps only what differs from the one before.

import { animatedWebp } from "./animated-webp.js";
import { Failure } from "./run.js";

/** Lossy pictures, unless the lossless one is smaller, as it is if there is little to see. */
const QUALITY = 0.82;

export class Film {
  /** @type {import("./animated-webp.js").Frame[]} */
  #frames = [];
  #page;
  #studio;
  #size;

  /**
   * @param {import("@playwright/test").Page} page the page to film
   * @param {import("@playwright/test").Page} studio an empty page, which compares and compresses
   */
  constructor(page, studio) {
    this.#page = page;
    this.#studio = studio;
    const size = page.viewportSize();
    if (size === null) throw new Failure("A film needs a page with a fixed size");
    this.#size = size;
  }

  /** Adds a picture that is shown for this long; if it shows nothing new, the one before is shown longer. */
  async take(ms) {
    const png = (await this.#page.screenshot()).toString("base64");
    const changed = await this.#studio.evaluate(changeSince, { png, quality: QUALITY });
    const last = this.#frames.at(-1);
    if (changed) this.#frames.push({ ...changed.part, ms, webp: smallest(changed.packed) });
    else if (last) last.ms += ms;
  }

  /** The film as an animated WebP. */
  develop() {
    return animatedWebp({ ...this.#size, frames: this.#frames });
  }
}

function smallest(packed) {
  const [first, ...others] = packed.map((text) => Buffer.from(text, "base64"));
  return others.reduce((best, each) => (each.length < best.length ? each : best), first);
}

/**
 * Runs in the studio: the smallest rectangle that differs from the last picture, and that part as WebP, lossy and lossless;
 * null if nothing differs.
 */
async function changeSince({ png, quality }) {
  const bytes = Uint8Array.from(atob(png), (char) => char.charCodeAt(0));
  const picture = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const { width, height } = picture;
  const whole = drawing(width, height);
  whole.drawImage(picture, 0, 0);
  const pixels = new Uint32Array(whole.getImageData(0, 0, width, height).data.buffer);
  const before = globalThis.lastPixels;
  globalThis.lastPixels = pixels;
  let [left, top, right, bottom] = before ? [width, height, -1, -1] : [0, 0, width - 1, height - 1];
  for (let at = 0; before && at < pixels.length; at += 1) {
    if (pixels[at] === before[at]) continue;
    const [x, y] = [at % width, Math.floor(at / width)];
    [left, top, right, bottom] = [
      Math.min(left, x),
      Math.min(top, y),
      Math.max(right, x),
      Math.max(bottom, y),
    ];
  }
  if (right < 0) return null;
  const [x, y] = [left - (left % 2), top - (top % 2)];
  const part = { x, y, width: right - x + 1, height: bottom - y + 1 };
  const cut = drawing(part.width, part.height);
  cut.drawImage(picture, x, y, part.width, part.height, 0, 0, part.width, part.height);
  const packed = [quality, 1].map(async (each) => {
    const blob = await cut.canvas.convertToBlob({ type: "image/webp", quality: each });
    const content = new Uint8Array(await blob.arrayBuffer());
    return btoa(Array.from(content, (byte) => String.fromCharCode(byte)).join(""));
  });
  return { part, packed: await Promise.all(packed) };

  function drawing(width, height) {
    const context = new OffscreenCanvas(width, height).getContext("2d", {
      alpha: false,
      willReadFrequently: true,
    });
    if (context === null) throw new Error("this browser cannot draw");
    return context;
  }
}

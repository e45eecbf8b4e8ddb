// What part of the canvas is in view: screen = canvas × k + (x, y).

const SMALLEST = 0.02;
/** A graph of any size fits its frame. */
const FITTED = 0.0005;
const MAX = 2.5;

/** Makes a camera; `onMove` is called whenever it moved. */
export function createCamera(onMove) {
  let smallest = SMALLEST;
  let isFitted = false;
  const camera = { x: 0, y: 0, k: 1, width: 1, height: 1 };

  function resize(width, height) {
    camera.width = Math.max(1, width);
    camera.height = Math.max(1, height);
    onMove();
  }

  function pan(dx, dy) {
    isFitted = false;
    camera.x += dx;
    camera.y += dy;
    onMove();
  }

  /** Zooms so that the point of the screen stays where it is. */
  function zoom(factor, x = camera.width / 2, y = camera.height / 2) {
    const k = Math.min(MAX, Math.max(smallest, camera.k * factor));
    const ratio = k / camera.k;
    isFitted = false;
    camera.x = x - (x - camera.x) * ratio;
    camera.y = y - (y - camera.y) * ratio;
    camera.k = k;
    onMove();
  }

  /** Shows a whole box of the canvas, never enlarged. */
  function fit(box, margin = 24) {
    const k = Math.min(
      1,
      (camera.width - 2 * margin) / Math.max(1, box.width),
      (camera.height - 2 * margin) / Math.max(1, box.height),
    );
    camera.k = Math.min(MAX, Math.max(FITTED, k));
    smallest = Math.min(SMALLEST, camera.k);
    center(box);
    isFitted = true;
  }

  function center(box) {
    isFitted = false;
    camera.x = camera.width / 2 - (box.x + box.width / 2) * camera.k;
    camera.y = camera.height / 2 - (box.y + box.height / 2) * camera.k;
    onMove();
  }

  /** Moves as little as needed to have a box in view, at a size where it can be read. */
  function reveal(box, readable = 0) {
    if (camera.k < readable) {
      camera.k = readable;
      center(box);
      return;
    }
    const margin = 16;
    const left = box.x * camera.k + camera.x;
    const top = box.y * camera.k + camera.y;
    const right = left + box.width * camera.k;
    const bottom = top + box.height * camera.k;
    const dx = left < margin ? margin - left : Math.min(0, camera.width - margin - right);
    const dy = top < margin ? margin - top : Math.min(0, camera.height - margin - bottom);
    if (dx !== 0 || dy !== 0) pan(dx, dy);
  }

  /** The point of the canvas under a point of the screen. */
  function toCanvas(x, y) {
    return { x: (x - camera.x) / camera.k, y: (y - camera.y) / camera.k };
  }

  return {
    state: camera,
    resize,
    pan,
    zoom,
    fit,
    reveal,
    toCanvas,
    /** Whether the last move was to show a whole box. */
    isFitted: () => isFitted,
  };
}

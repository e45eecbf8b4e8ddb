// The sheet that is painted on: the picture, the painting over it, and the brush, moved by mouse, finger, pen or arrow keys.

import { el } from "../dom.js";
import { say } from "../say.js";
import { createPainting } from "./strokes.js";

/** The button that the other end of a pen presses. */
const PEN_ERASER = 5;

/**
 * Makes the sheet of a picture; `onChange()` is told when there is more or less to undo, `told()` what a key did.
 *
 * @param {object} what
 * @param {ImageBitmap} what.picture
 * @param {string} what.label
 * @param {typeof import("./words.js").MASK_WORDS} what.words
 * @param {() => void} what.onChange
 * @param {(sentence: string) => void} what.told
 */
export function createSheet({ picture, label, words, onChange, told }) {
  const { width, height } = picture;
  const ground = el("canvas", { width, height });
  const cover = el("canvas", { class: "mask-cover", width, height });
  const ring = el("div", { class: "mask-ring", hidden: true });
  const element = el(
    "div",
    {
      class: "mask-sheet",
      tabindex: "0",
      role: "application",
      "aria-roledescription": words.painting,
      "aria-label": say(words.maskSheet, { field: label }),
    },
    ground,
    cover,
    ring,
  );
  ground.getContext("2d").drawImage(picture, 0, 0);
  element.style.aspectRatio = `${width} / ${height}`;
  element.style.setProperty("--ratio", String(width / height));
  const painting = createPainting(cover);
  const brush = { size: 1, erase: false };
  // Where the brush is, in pixels of the picture.
  const at = { x: width / 2, y: height / 2 };
  // What paints now: a pointer's id, "space", or nothing.
  let painter = null;

  listenToPointers();
  listenToKeys();

  function change(work) {
    painter = null;
    work();
    onChange();
  }

  function start(by, point, erase) {
    change(() => painting.add({ kind: "stroke", erase, points: [point] }));
    painter = by;
  }

  function placeOf(event) {
    const box = cover.getBoundingClientRect();
    const scale = width / box.width;
    // A mouse has no pressure: it says 0.5 while a button is down.
    const pressed = event.pointerType === "pen" && event.pressure > 0 ? 0.3 + 0.7 * event.pressure : 1;
    return {
      x: (event.clientX - box.left) * scale,
      y: (event.clientY - box.top) * scale,
      size: Math.max(1, brush.size * pressed),
    };
  }

  function moveTo({ x, y }) {
    at.x = Math.min(width, Math.max(0, x));
    at.y = Math.min(height, Math.max(0, y));
    ring.hidden = false;
    drawRing();
  }

  function drawRing() {
    ring.style.left = `${(at.x / width) * 100}%`;
    ring.style.top = `${(at.y / height) * 100}%`;
    ring.style.width = `${(brush.size / width) * 100}%`;
  }

  function listenToPointers() {
    element.addEventListener("pointerdown", (event) => {
      // A second finger is not a second brush.
      if (painter !== null || (event.button !== 0 && event.button !== PEN_ERASER)) return;
      event.preventDefault();
      element.focus({ preventScroll: true });
      element.setPointerCapture(event.pointerId);
      const place = placeOf(event);
      moveTo(place);
      start(event.pointerId, place, brush.erase || event.button === PEN_ERASER);
    });
    element.addEventListener("pointermove", (event) => {
      moveTo(placeOf(event));
      if (event.pointerId !== painter) return;
      const steps = event.getCoalescedEvents?.() ?? [];
      for (const step of steps.length > 0 ? steps : [event]) painting.extend(placeOf(step));
    });
    for (const type of ["pointerup", "pointercancel"])
      element.addEventListener(type, (event) => {
        if (event.pointerId === painter) painter = null;
      });
    element.addEventListener("pointerleave", () => {
      ring.hidden = !element.matches(":focus");
    });
  }

  function listenToKeys() {
    element.addEventListener("focus", () => moveTo(at));
    element.addEventListener("keyup", (event) => {
      if (event.key === " " && painter === "space") painter = null;
    });
    element.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (!way && event.key !== " ") return;
      event.preventDefault();
      if (way) moveBy(way, event.shiftKey ? 1 : Math.max(1, brush.size / 4));
      else if (painter === null) dab();
    });
  }

  function moveBy([right, down], reach) {
    moveTo({ x: at.x + right * reach, y: at.y + down * reach });
    if (painter === "space") painting.extend({ ...at, size: brush.size });
  }

  function dab() {
    start("space", { ...at, size: brush.size }, brush.erase);
    told(brush.erase ? words.erased : words.painted);
  }

  return {
    element,
    /** The painting's canvas, opaque where the picture is masked. */
    cover,
    brush,
    /** @param {number} size in pixels of the picture */
    resize(size) {
      brush.size = size;
      drawRing();
    },
    add: (step) => change(() => painting.add(step)),
    undo: () => change(painting.undo),
    redo: () => change(painting.redo),
    canUndo: painting.canUndo,
    canRedo: painting.canRedo,
  };
}

// Zooms and moves a picture in its frame: wheel, pinch, drag, double click.

const MOST = 16;
/** How far a finger moves sideways before that is a wish for the next picture. */
const SWIPE = 60;

/**
 * Makes a picture zoomable; at scale 1 it fits its frame. `onChange(scale)` is told of each change, `onSwipe(step)` of a swipe
 * over a picture that fits.
 */
export function createPanZoom({ frame, content, onChange, onSwipe }) {
  let scale = 1;
  let x = 0;
  let y = 0;
  const pointers = new Map();
  let swipeFrom = null;

  function draw() {
    const limit = { x: ((scale - 1) * frame.clientWidth) / 2, y: ((scale - 1) * frame.clientHeight) / 2 };
    x = Math.min(limit.x, Math.max(-limit.x, x));
    y = Math.min(limit.y, Math.max(-limit.y, y));
    content.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
    frame.classList.toggle("zoomed", scale > 1);
    onChange(scale);
  }

  /** Zooms so that what lies under a point of the window stays there; without one, about the middle. */
  function zoomTo(next, at = null) {
    const wanted = Math.min(MOST, Math.max(1, next));
    const box = frame.getBoundingClientRect();
    const dx = at ? at.clientX - box.left - box.width / 2 : 0;
    const dy = at ? at.clientY - box.top - box.height / 2 : 0;
    x = dx - ((dx - x) * wanted) / scale;
    y = dy - ((dy - y) * wanted) / scale;
    scale = wanted;
    draw();
  }

  function panBy(dx, dy) {
    x += dx;
    y += dy;
    draw();
  }

  /** Back to the whole picture. */
  function fit() {
    scale = 1;
    draw();
  }

  frame.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      zoomTo(scale * 2 ** (-event.deltaY * lines * (event.ctrlKey ? 0.01 : 0.002)), event);
    },
    { passive: false },
  );
  frame.addEventListener("dblclick", (event) => (scale > 1 ? fit() : zoomTo(naturalScale(), event)));
  frame.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.target.closest("button")) return;
    frame.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, event);
    swipeFrom = pointers.size === 1 && event.pointerType === "touch" && scale === 1 ? event : null;
  });
  frame.addEventListener("pointermove", (event) => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const other = [...pointers.values()].find(({ pointerId }) => pointerId !== event.pointerId);
    pointers.set(event.pointerId, event);
    if (other) pinch(before, event, other);
    else if (scale > 1) panBy(event.clientX - before.clientX, event.clientY - before.clientY);
  });
  for (const type of ["pointerup", "pointercancel"]) frame.addEventListener(type, lifted);

  function pinch(before, now, other) {
    const distance = (point) => Math.hypot(point.clientX - other.clientX, point.clientY - other.clientY);
    const middle = { clientX: (now.clientX + other.clientX) / 2, clientY: (now.clientY + other.clientY) / 2 };
    if (distance(before) > 0) zoomTo((scale * distance(now)) / distance(before), middle);
  }

  function lifted(event) {
    pointers.delete(event.pointerId);
    const from = swipeFrom;
    swipeFrom = null;
    if (from === null || event.type === "pointercancel" || scale > 1) return;
    const moved = event.clientX - from.clientX;
    if (Math.abs(moved) > SWIPE) onSwipe(moved < 0 ? 1 : -1);
  }

  /** One pixel of the picture on one of the screen; twice as large where it already is. */
  function naturalScale() {
    const shown = content.clientWidth;
    const natural = (content.naturalWidth ?? content.videoWidth ?? shown) / devicePixelRatio;
    return natural > shown * 1.2 ? natural / shown : 2;
  }

  return { zoomBy: (factor) => zoomTo(scale * factor), panBy, fit, scale: () => scale };
}

// Mouse, pen and fingers on the canvas: drag moves it, wheel and pinch zoom, a press picks. In the page one finger scrolls
// past the graph and two move it; on the whole window one is enough.

const SLACK = 5;

/** Listens on `element`; `onPick(x, y)` gets a press that was not a drag, `onHover(x, y)` a resting mouse (null when it leaves). */
export function setUpPointer(element, camera, { onPick, onHover }) {
  const down = new Map();
  let moved = 0;

  const at = (event) => {
    const { left, top } = element.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };

  element.addEventListener("pointerdown", (event) => {
    if (event.button > 1) return;
    element.setPointerCapture(event.pointerId);
    down.set(event.pointerId, at(event));
    if (down.size === 1) moved = 0;
  });

  element.addEventListener("pointermove", (event) => {
    const point = at(event);
    const before = down.get(event.pointerId);
    if (!before) {
      if (event.pointerType === "mouse") onHover(point);
      return;
    }
    moved += Math.hypot(point.x - before.x, point.y - before.y);
    if (down.size === 1 && moved > SLACK && !isForPage(event))
      camera.pan(point.x - before.x, point.y - before.y);
    if (down.size === 2) pinch(event.pointerId, before, point);
    down.set(event.pointerId, point);
    if (moved > SLACK) element.classList.add("moving");
  });

  /** One finger in the page is the page's. */
  function isForPage({ pointerType }) {
    return pointerType === "touch" && element.closest("dialog") === null;
  }

  // Without this the page would scroll under two fingers, too.
  element.addEventListener(
    "touchmove",
    (event) => {
      if (event.touches.length > 1 && event.cancelable) event.preventDefault();
    },
    { passive: false },
  );

  function pinch(id, before, point) {
    const [, other] = [...down.entries()].find(([key]) => key !== id);
    const wide = Math.hypot(before.x - other.x, before.y - other.y);
    const now = Math.hypot(point.x - other.x, point.y - other.y);
    camera.pan((point.x - before.x) / 2, (point.y - before.y) / 2);
    if (wide > 0 && now > 0) camera.zoom(now / wide, (point.x + other.x) / 2, (point.y + other.y) / 2);
  }

  function release(event) {
    const last = down.size === 1 && down.has(event.pointerId);
    down.delete(event.pointerId);
    if (down.size > 0) {
      // The finger that stays is not a press.
      moved = SLACK + 1;
      return;
    }
    element.classList.remove("moving");
    if (last && moved <= SLACK && event.type === "pointerup") onPick(at(event));
  }

  element.addEventListener("pointerup", release);
  element.addEventListener("pointercancel", release);
  element.addEventListener("pointerleave", () => onHover(null));
  element.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      const point = at(event);
      // A pinch on a touchpad comes as a wheel with ctrl held, in smaller portions.
      const speed = event.ctrlKey ? 0.01 : 0.0015;
      const lines = event.deltaMode === 1 ? 16 : 1;
      camera.zoom(Math.exp(-event.deltaY * lines * speed), point.x, point.y);
    },
    { passive: false },
  );
}

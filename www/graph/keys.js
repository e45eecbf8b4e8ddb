// The canvas from the keyboard.

const ARROWS = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };
const PAN = 80;
const ZOOM = 1.25;

/** Wires the keys of a canvas; `onEnter()` is told after a node was chosen. */
export function setUpKeys(view, { onEnter }) {
  view.element.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (act(view, event, onEnter)) {
      event.preventDefault();
      event.stopPropagation();
    }
  });
}

function act(view, { key, shiftKey }, onEnter) {
  const direction = ARROWS[key];
  if (direction && shiftKey) {
    const [dx, dy] = { left: [PAN, 0], right: [-PAN, 0], up: [0, PAN], down: [0, -PAN] }[direction];
    view.camera.pan(dx, dy);
    return true;
  }
  if (direction) {
    view.step(direction);
    return true;
  }
  switch (key) {
    case "Enter":
    case " ":
      view.chooseCurrent();
      onEnter();
      return true;
    case "+":
    case "=":
      view.zoom(ZOOM);
      return true;
    case "-":
      view.zoom(1 / ZOOM);
      return true;
    case "0":
    case "f":
      view.fit();
      return true;
    case "Escape":
      if (view.selectedId() === null) return false;
      view.clear();
      return true;
    default:
      return false;
  }
}

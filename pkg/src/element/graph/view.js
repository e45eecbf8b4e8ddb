// The canvas of a graph: dragged, zoomed by buttons, keys, pinch and Ctrl with the wheel; the page scrolls past it.

import { drawBox } from "../../view/graph/draw.js";
import { asDrawn } from "../../view/graph/model.js";
import { button, el, svg } from "../dom.js";
import { drawFrame, wirePath } from "./draw.js";
import { layered } from "./layout.js";

const LARGEST = 2.5;
const SMALLEST = 0.02;
const MARGIN = 24;
/** Beyond so many boxes only their titles are drawn. */
const MANY = 300;
/** A press that moves less than this picks a box. */
const SLACK = 5;
const STEP = 60;

/**
 * @param {ReturnType<import("../../view/graph/model.js").graphModel>} given
 * @param {import("viewcomfy-wasm/element").ElementStrings} words
 * @param {(id: string) => void} onPick
 */
export function createGraph(given, words, onPick) {
  const drawn = asDrawn(given);
  const model = drawn?.model ?? given;
  const laid = drawn ? { ...drawn.places, bends: [] } : layered(model.nodes, model.wires);
  const world = drawWorld(model, laid);
  const picture = svg("svg", { "aria-hidden": "true" }, world);
  const canvas = el(
    "div",
    {
      class: "canvas",
      part: "canvas",
      tabindex: "0",
      role: "group",
      "aria-label": `${words.graph}. ${words.graphHelp}`,
      on: { keydown },
    },
    picture,
  );
  const camera = { x: 0, y: 0, k: 1, width: 0, height: 0 };
  const bounds = boundsOf(model.nodes, laid);
  let touched = false;

  new ResizeObserver(([{ contentRect }]) => {
    camera.width = contentRect.width;
    camera.height = contentRect.height;
    if (!touched) fit();
  }).observe(canvas);
  watchPointers(canvas, { pan, zoom, onPress: pick });

  function move() {
    world.setAttribute("transform", `translate(${camera.x} ${camera.y}) scale(${camera.k})`);
  }

  function fit() {
    const { width, height } = bounds;
    const room = [(camera.width - 2 * MARGIN) / width, (camera.height - 2 * MARGIN) / height];
    camera.k = Math.max(SMALLEST, Math.min(1, ...room));
    camera.x = camera.width / 2 - (bounds.x + width / 2) * camera.k;
    camera.y = camera.height / 2 - (bounds.y + height / 2) * camera.k;
    touched = false;
    move();
  }

  function pan(dx, dy) {
    touched = true;
    camera.x += dx;
    camera.y += dy;
    move();
  }

  /** The point of the screen stays where it is. */
  function zoom(factor, x = camera.width / 2, y = camera.height / 2) {
    const k = Math.min(LARGEST, Math.max(SMALLEST, camera.k * factor));
    const ratio = k / camera.k;
    camera.k = k;
    pan((x - camera.x) * (1 - ratio), (y - camera.y) * (1 - ratio));
  }

  function keydown(event) {
    const actions = {
      ArrowLeft: () => pan(STEP, 0),
      ArrowRight: () => pan(-STEP, 0),
      ArrowUp: () => pan(0, STEP),
      ArrowDown: () => pan(0, -STEP),
      "+": () => zoom(1.25),
      "-": () => zoom(0.8),
      0: fit,
    };
    if (event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(actions, event.key)) return;
    event.preventDefault();
    actions[event.key]();
  }

  function pick(target) {
    const id = target.closest?.("[data-node]")?.getAttribute("data-node");
    if (id !== undefined && id !== null) onPick(id);
  }

  const tools = el(
    "div",
    { class: "tools", part: "tools" },
    button("+", () => zoom(1.25), { "aria-label": words.zoomIn }),
    button("−", () => zoom(0.8), { "aria-label": words.zoomOut }),
    button(words.showAll, fit),
  );
  return [canvas, tools];
}

function drawWorld({ nodes, wires, groups }, { x, y, bends }) {
  const paths = wires.map((wire, at) => wirePath(wire, nodes, { x, y }, bends[at] ?? []));
  const level = nodes.length > MANY ? "headings" : "full";
  const boxes = nodes.map((node, at) => {
    // A mark would have to be explained, and problems are not what the tag is for.
    const box = drawBox({ ...node, problem: null }, level);
    box.setAttribute("transform", `translate(${x[at]} ${y[at]})`);
    return box;
  });
  return svg("g", {}, groups.map(drawFrame), svg("path", { class: "wires", d: paths.join("") }), boxes);
}

function boundsOf(boxes, { x, y }) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [at, { width, height }] of boxes.entries()) {
    left = Math.min(left, x[at]);
    top = Math.min(top, y[at]);
    right = Math.max(right, x[at] + width);
    bottom = Math.max(bottom, y[at] + height);
  }
  if (left > right) return { x: 0, y: 0, width: 1, height: 1 };
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Drag and pinch, the wheel with Ctrl held, and a press that is not a drag. */
function watchPointers(element, { pan, zoom, onPress }) {
  const down = new Map();
  let moved = 0;
  let pressed = null;
  const at = ({ clientX, clientY }) => {
    const { left, top } = element.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  };

  element.addEventListener("pointerdown", (event) => {
    if (event.button > 1) return;
    if (down.size === 0) {
      moved = 0;
      pressed = event.target;
    }
    element.setPointerCapture(event.pointerId);
    down.set(event.pointerId, at(event));
  });
  element.addEventListener("pointermove", (event) => {
    const before = down.get(event.pointerId);
    if (!before) return;
    const point = at(event);
    moved += Math.hypot(point.x - before.x, point.y - before.y);
    if (moved <= SLACK) return;
    element.classList.add("moving");
    down.set(event.pointerId, point);
    const [other] = [...down].filter(([id]) => id !== event.pointerId).map(([, each]) => each);
    const share = other ? 2 : 1;
    pan((point.x - before.x) / share, (point.y - before.y) / share);
    if (other) pinch(other, before, point);
  });
  element.addEventListener("pointerup", (event) => {
    const isPress = down.has(event.pointerId) && down.size === 1 && moved <= SLACK;
    release(event);
    if (isPress) onPress(pressed);
  });
  element.addEventListener("pointercancel", release);
  element.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const { x, y } = at(event);
      zoom(Math.exp(-event.deltaY * (event.deltaMode === 1 ? 16 : 1) * 0.005), x, y);
    },
    { passive: false },
  );

  function pinch(other, before, point) {
    const wide = Math.hypot(before.x - other.x, before.y - other.y);
    const now = Math.hypot(point.x - other.x, point.y - other.y);
    if (wide > 0 && now > 0) zoom(now / wide, (point.x + other.x) / 2, (point.y + other.y) / 2);
  }

  function release({ pointerId }) {
    down.delete(pointerId);
    if (down.size === 0) element.classList.remove("moving");
  }
}

// The canvas: keeps the drawing in step with the camera. Only boxes in view are in the document, and they come in
// slices, so that a thousand of them never hold up the page.

import { drawBox } from "../../pkg/src/view/graph/draw.js";
import { WIDTH } from "../../pkg/src/view/graph/model.js";
import { el, svg } from "../dom.js";
import { createCamera } from "./camera.js";
import { farView, groupFrames, levelFor, wirePath } from "./draw.js";
import { farLabels } from "./labels.js";
import { setUpPointer } from "./pointer.js";
import { createWalk } from "./walk.js";

/** Milliseconds per frame for making boxes. */
const SLICE = 6;
const MARGIN = 120;
/** The scale at which a node that was searched or gone to can be read. */
const READABLE = 0.5;

/**
 * Makes the canvas. `onSelect(id)` gets the chosen node (null for none), `onCurrent(id)` the one the arrow keys reached,
 * `onEnter(id)` one that was pressed twice.
 */
export function createView({ onSelect, onCurrent, onEnter, onZoom }) {
  const groups = svg("g", { class: "frames" });
  const wires = svg("path", { class: "wires" });
  const lit = svg("path", { class: "wires lit" });
  const far = svg("g", { class: "far" });
  const near = svg("g", { class: "near" });
  const rings = svg("g", { class: "rings" });
  const names = svg("g", { class: "far-labels" });
  const world = svg("g", {}, groups, wires, far, lit, near, names, rings);
  const picture = svg("svg", { class: "graph-svg", "aria-hidden": "true" }, world);
  const hint = el("p", { class: "graph-hint", hidden: true, "aria-hidden": "true" });
  const element = el("div", { class: "graph-canvas", tabindex: "0", role: "application" }, picture, hint);

  const camera = createCamera(invalidate);
  let model = null;
  let places = null;
  let walk = null;
  let current = -1;
  let selected = -1;
  /** How large the selected node is wanted at least. */
  let readable = 0;
  /** The nodes of the last two presses, newest first. */
  let pressed = [];
  let frame = 0;
  let sized = false;
  let bulk = 1;
  const shown = new Map();

  // The zoom that the labels were made for.
  let labelled = 0;

  setUpPointer(element, camera, { onPick: pick, onHover: hover });
  element.addEventListener("dblclick", enterPressed);
  new ResizeObserver(([entry]) => resized(entry.contentRect)).observe(element);

  /** Out of the document the canvas has no size; what was to be fitted waits for one, and stays fitted until it is moved. */
  function resized({ width, height }) {
    if (width === 0 || height === 0) return;
    camera.resize(width, height);
    const whole = !sized || camera.isFitted();
    sized = true;
    if (whole) fit();
    if (selected >= 0) camera.reveal(boxAt(selected), whole ? readable : 0);
  }

  /** Shows a model at these places; `keep` leaves camera and selection as they are. */
  function show(nextModel, nextPlaces, { keep = false } = {}) {
    model = nextModel;
    places = nextPlaces;
    walk = createWalk(model, places);
    bulk = bulkOf(model.nodes);
    near.replaceChildren();
    shown.clear();
    labelled = 0;
    pressed = [];
    if (!keep) {
      current = -1;
      selected = -1;
    }
    groups.replaceChildren(...groupFrames(model.groups));
    wires.setAttribute("d", model.wires.map((wire) => wirePath(wire, model.nodes, places)).join(""));
    far.replaceChildren(...farView(model.nodes, places));
    drawRings();
    if (!keep) fit();
    invalidate();
  }

  function bounds() {
    let [left, top, right, bottom] = [0, 0, 1, 1];
    for (const [at, node] of model.nodes.entries()) {
      const first = at === 0;
      left = first ? places.x[at] : Math.min(left, places.x[at]);
      top = first ? places.y[at] : Math.min(top, places.y[at]);
      right = Math.max(first ? Number.NEGATIVE_INFINITY : right, places.x[at] + node.width);
      bottom = Math.max(first ? Number.NEGATIVE_INFINITY : bottom, places.y[at] + node.height);
    }
    return { x: left, y: top, width: right - left, height: bottom - top };
  }

  function boxAt(at) {
    return { x: places.x[at], y: places.y[at], width: model.nodes[at].width, height: model.nodes[at].height };
  }

  function fit() {
    if (model) camera.fit(bounds());
  }

  function invalidate() {
    if (frame === 0) frame = requestAnimationFrame(render);
  }

  function render() {
    frame = 0;
    if (!model) return;
    const { x, y, k } = camera.state;
    world.setAttribute("transform", `translate(${x} ${y}) scale(${k})`);
    onZoom(k);
    const level = levelFor(k, bulk);
    element.dataset.level = level;
    drawLabels(level, k);
    if (level === "blocks") {
      if (shown.size > 0) {
        near.replaceChildren();
        shown.clear();
      }
      return;
    }
    if (!fill(level)) invalidate();
  }

  /** Names of groups grow against the zoom, and from far the largest nodes say their titles. */
  function drawLabels(level, k) {
    if (k === labelled) return;
    labelled = k;
    element.style.setProperty("--group-size", `${Math.max(22, 13 / k)}px`);
    names.replaceChildren(...(level === "blocks" ? farLabels(model, places, k) : []));
  }

  /** Makes and removes boxes until the view is filled or the slice is used up; false means there is more to do. */
  function fill(level) {
    const from = camera.toCanvas(-MARGIN, -MARGIN);
    const to = camera.toCanvas(camera.state.width + MARGIN, camera.state.height + MARGIN);
    const end = performance.now() + SLICE;
    for (const [at, node] of model.nodes.entries()) {
      const inView =
        places.x[at] < to.x &&
        places.x[at] + node.width > from.x &&
        places.y[at] < to.y &&
        places.y[at] + node.height > from.y;
      const box = shown.get(at);
      if (box && (!inView || box.dataset.level !== level)) {
        box.remove();
        shown.delete(at);
      }
      if (!inView || shown.has(at)) continue;
      if (performance.now() > end) return false;
      const made = drawBox(node, level, bulk);
      made.setAttribute("transform", `translate(${places.x[at]} ${places.y[at]})`);
      near.append(made);
      shown.set(at, made);
    }
    return true;
  }

  function drawRings() {
    const ring = (at, name) => {
      if (at < 0) return null;
      const { x, y, width, height } = boxAt(at);
      return svg("rect", { class: name, x: x - 5, y: y - 5, width: width + 10, height: height + 10, rx: 12 });
    };
    rings.replaceChildren(
      ...[ring(selected, "ring-selected"), ring(current, "ring-current")].filter(Boolean),
    );
    const touching = model.wires.filter(
      ({ from, to }) => selected >= 0 && (from === selected || to === selected),
    );
    lit.setAttribute("d", touching.map((wire) => wirePath(wire, model.nodes, places)).join(""));
    element.classList.toggle("has-selection", selected >= 0);
  }

  function hit({ x, y }) {
    const point = camera.toCanvas(x, y);
    for (let at = model.nodes.length - 1; at >= 0; at -= 1) {
      const box = boxAt(at);
      if (
        point.x >= box.x &&
        point.x <= box.x + box.width &&
        point.y >= box.y &&
        point.y <= box.y + box.height
      )
        return at;
    }
    return -1;
  }

  function pick(point) {
    if (!model) return;
    const at = hit(point);
    pressed = [at, pressed[0] ?? -1];
    choose(at);
  }

  /** The first of two presses may have moved the graph under the second: its details take room. */
  function enterPressed() {
    const at = pressed[1] ?? -1;
    if (at < 0) return;
    if (at !== selected) choose(at);
    onEnter(model.nodes[at].id);
  }

  /** From afar, the node under the mouse says its name. */
  function hover(point) {
    const at = point && model && levelFor(camera.state.k, bulk) !== "full" ? hit(point) : -1;
    hint.hidden = at < 0;
    if (at < 0) return;
    hint.textContent = `${model.nodes[at].title} · #${model.nodes[at].id}`;
    hint.style.translate = `${Math.min(point.x + 14, camera.state.width - 180)}px ${point.y + 14}px`;
  }

  function choose(at, wanted = 0) {
    current = at;
    selected = at;
    readable = wanted;
    drawRings();
    onSelect(at < 0 ? null : model.nodes[at].id);
  }

  /** Selects a node of this canvas and brings it into view. */
  function select(id) {
    const at = model?.index.get(id) ?? -1;
    if (at < 0) return false;
    choose(at, READABLE);
    camera.reveal(boxAt(at), READABLE);
    return true;
  }

  /** Zooms around the node that the keys are at, or around the middle. */
  function zoom(factor) {
    if (current < 0) {
      camera.zoom(factor);
      return;
    }
    const { x, y, k } = camera.state;
    const box = boxAt(current);
    camera.zoom(factor, (box.x + box.width / 2) * k + x, (box.y + box.height / 2) * k + y);
  }

  function step(direction) {
    if (!model) return;
    const next = walk(current, direction);
    if (next < 0) return;
    current = next;
    drawRings();
    camera.reveal(boxAt(next));
    onCurrent(model.nodes[next].id);
  }

  return {
    element,
    camera,
    show,
    fit,
    select,
    step,
    clear: () => choose(-1),
    chooseCurrent: () => current >= 0 && select(model.nodes[current].id),
    zoom,
    currentId: () => (current < 0 ? null : model.nodes[current].id),
    /** What a picture of the whole is made of. */
    drawing: () => ({ model, places, bounds: bounds() }),
    selectedId: () => (selected < 0 ? null : model.nodes[selected].id),
  };
}

/** How many times wider than this page's own the boxes are. */
function bulkOf(nodes) {
  const mean = nodes.reduce((sum, node) => sum + node.width, 0) / Math.max(1, nodes.length);
  return Math.min(3, Math.max(1, mean / WIDTH));
}

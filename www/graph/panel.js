// The graph's panel: canvas, its buttons, the legend and the selected node. Loaded when the graph is first opened.

import { asDrawn, isReached, parentsOf } from "../../pkg/src/view/graph/model.js";
import { announce } from "../announce.js";
import { el } from "../dom.js";
import { count } from "../format.js";
import { giveWay } from "../slices.js";
import { arrange, columns } from "./arrange.js";
import { createCrumbs } from "./crumbs.js";
import { nodeDetails } from "./details.js";
import { fullButton } from "./full-window.js";
import { openedGraph, withPlaces } from "./in-place.js";
import { setUpKeys } from "./keys.js";
import { createLegend } from "./legend.js";
import { graphModel } from "./model.js";
import { createOpened } from "./opened.js";
import { createSaveMenu } from "./save-menu.js";
import { createSearch } from "./search.js";
import { spoken } from "./spoken.js";
import { createView } from "./view.js";
import { createZoomTools } from "./zoom-tools.js";

/** Above so many nodes, columns are shown while the layout is worked on. */
const SKETCHED = 200;

/** Builds the panel for one opened workflow: `{ element, reveal(id, input), update() }`. */
export function createGraphPanel(session) {
  const zoomTools = createZoomTools({ zoom: (by) => view.zoom(by), fit: () => view.fit() });
  const view = createView({ onSelect: selected, onCurrent: reached, onEnter: enter, onZoom: zoomTools.show });
  const state = el("p", { class: "graph-state muted", role: "status" });
  const opened = createOpened({ titleOf, onClose: closeInPlace });
  const crumbs = createCrumbs({ titleOf, parentOf, open });
  const legend = createLegend();
  const place = el("div", { class: "details-place" });
  const expand = fullButton({ body: () => body, home: () => element, fit: () => view.fit() });
  const arrangement = el(
    "button",
    { type: "button", class: "chip", "aria-pressed": "false", hidden: true, on: { click: rearrange } },
    "Rearrange",
  );
  const help = el(
    "p",
    { id: "graph-help", class: "graph-help muted" },
    "Drag to move, with two fingers on a touch screen; scroll or pinch to zoom; press a subgraph twice to look inside. With keys: arrows walk along the links, Enter selects, + and − zoom, 0 fits.",
  );
  const body = el(
    "div",
    { class: "graph card" },
    el("div", { class: "graph-tools" }, crumbs.element, state, arrangement, zoomTools.element, expand),
    el(
      "div",
      { class: "graph-bar" },
      el(
        "div",
        { class: "graph-tools" },
        createSearch({ nodes: () => session.picture.nodes, reveal }).element,
        createSaveMenu(session, { drawing: view.drawing, place: view.element }),
      ),
      opened.element,
    ),
    view.element,
    legend.element,
    place,
  );
  const element = el("div", { class: "graph-panel" }, body, help);
  view.element.setAttribute("aria-describedby", "graph-help");
  setUpKeys(view, { onEnter: () => details?.heading.focus({ preventScroll: true }) });

  let model = null;
  let details = null;
  let scope = null;
  let anew = false;
  let wanted = 0;
  let arranging = Promise.resolve();
  /** What is on the canvas with subgraphs opened in it; null where none is. */
  let unfolded = null;
  const known = new Map();

  open(null);

  /** Shows the canvas of a scope: null is the outermost, otherwise a subgraph node's id. */
  function open(nextScope) {
    scope = nextScope;
    crumbs.show(scope);
    return layAnew();
  }

  /** Shows what is in the scope now. */
  function layAnew() {
    model = graphModel(session.picture, scope, opened.ids);
    closeDetails();
    opened.show(onCanvas([...opened.ids]));
    nameCanvas();
    legend.show(model);
    arranging = lay();
    return arranging;
  }

  /** Those of the nodes that are on the canvas, or would be if they were not opened themselves. */
  function onCanvas(ids) {
    const parents = parentsOf(session.picture);
    return ids.filter((id) => isReached(id, scope, opened.ids, parents));
  }

  async function openInPlace(id) {
    opened.ids.add(id);
    await layAnew();
    view.element.focus({ preventScroll: true });
    // The details may have been below the canvas.
    view.element.scrollIntoView({ block: "nearest" });
    announce(`${titleOf(id)} is opened in place: ${summary()}`);
  }

  async function closeInPlace(id) {
    await layAnew();
    view.select(id);
    view.element.focus({ preventScroll: true });
  }

  async function lay() {
    wanted += 1;
    const mine = wanted;
    // Making the model and drawing it are a piece of work each.
    await giveWay();
    if (mine !== wanted) return;
    // A layout that this one takes the place of may still be worked on.
    view.element.removeAttribute("aria-busy");
    const drawn = asDrawn(model);
    arrangement.hidden = drawn === null;
    unfolded = null;
    if (!opened.element.hidden) return unfold(mine);
    if (drawn && !anew) {
      view.show(drawn.model, drawn.places);
      say(summary());
      return;
    }
    const key = scope ?? "";
    if (known.has(key)) {
      view.show(model, known.get(key));
      say(summary());
      return;
    }
    const sketched = model.nodes.length > SKETCHED;
    if (sketched) view.show(model, columns(model));
    say(sketched ? `Arranging ${count(model.nodes.length, "node")}; until then in columns …` : "Arranging …");
    view.element.setAttribute("aria-busy", "true");
    try {
      const places = await arrange(model);
      known.set(key, places);
      if (mine !== wanted) return;
      const chosen = view.selectedId();
      view.show(model, places);
      if (chosen !== null) view.select(chosen);
      say(summary());
    } catch {
      if (mine !== wanted) return;
      if (!sketched) view.show(model, columns(model));
      say("The layout could not be loaded, so the nodes stand in columns.");
    } finally {
      if (mine === wanted) view.element.removeAttribute("aria-busy");
    }
  }

  /** Subgraphs opened in place are laid out from the inside. */
  async function unfold(mine) {
    say("Arranging …");
    view.element.setAttribute("aria-busy", "true");
    try {
      const made = await openedGraph(session.picture, scope, opened.ids, { isDrawn: !anew, arrange });
      if (mine !== wanted) return;
      unfolded = made;
      model = made.model;
      view.show(model, made.places);
      say(summary());
    } catch {
      if (mine !== wanted) return;
      // Without the layout there are columns, which have no room for what is inside.
      opened.ids.clear();
      await layAnew();
    } finally {
      if (mine === wanted) view.element.removeAttribute("aria-busy");
    }
  }

  function say(text) {
    state.textContent = text;
  }

  function summary() {
    return `${count(model.nodes.length, "node")} · ${count(model.wires.length, "link")}`;
  }

  function nameCanvas() {
    const inside = scope === null ? "" : ` inside ${titleOf(scope)}`;
    view.element.setAttribute("aria-label", `Graph of ${count(model.nodes.length, "node")}${inside}`);
  }

  /** Looks inside a node, if there are nodes inside. */
  function enter(id) {
    if (session.picture.nodes.some((node) => node.parent === id)) open(id);
  }

  function nodeOf(id) {
    return session.picture.nodes.find((node) => node.id === id);
  }

  function titleOf(id) {
    return nodeOf(id)?.title ?? id;
  }

  function parentOf(id) {
    return nodeOf(id)?.parent ?? null;
  }

  function rearrange() {
    anew = !anew;
    arrangement.setAttribute("aria-pressed", String(anew));
    arranging = lay();
  }

  function selected(id) {
    closeDetails();
    if (id === null) return;
    details = nodeDetails(session, id, {
      onClose: () => {
        view.clear();
        view.element.focus({ preventScroll: true });
      },
      goToNode: reveal,
      onOpenInside: () => open(id),
      onOpenInPlace: () => openInPlace(id),
    });
    place.replaceChildren(details.element);
    announce(`Selected: ${spoken(nodeOf(id), session.picture.problems)}`);
  }

  function reached(id) {
    announce(spoken(nodeOf(id), session.picture.problems));
  }

  function closeDetails() {
    details?.end();
    details = null;
    place.replaceChildren();
  }

  /** Selects a node, in whichever subgraph it is, and brings the input's field into view if there is one. */
  async function reveal(id, input = null) {
    const node = nodeOf(id);
    if (!node) return;
    if (onCanvas([id]).length === 0) open(node.parent ?? null);
    await arranging;
    const frame = unfolded?.groups.find((group) => group.opened === id);
    if (frame) view.camera.reveal(frame.position);
    else view.select(id);
    if (input === null) return;
    const key = node.inputs.find((candidate) => candidate.name === input)?.key;
    place.querySelector(`[data-key="${CSS.escape(key ?? "")}"]`)?.scrollIntoView({ block: "nearest" });
  }

  /** The inspection changed: marks, kinds and details anew, everything where it is. */
  function update() {
    const chosen = view.selectedId();
    model = graphModel(session.picture, scope, opened.ids);
    legend.show(model);
    redraw();
    if (chosen !== null && !place.contains(document.activeElement)) selected(chosen);
  }

  function redraw() {
    // What is being laid out will be shown as it then is.
    if (!unfolded && !opened.element.hidden) return;
    if (unfolded) {
      unfolded = withPlaces(session.picture, scope, opened.ids, unfolded);
      view.show(unfolded.model, unfolded.places, { keep: true });
      return;
    }
    const places = known.get(scope ?? "");
    const drawn = asDrawn(model);
    if (drawn && !anew) view.show(drawn.model, drawn.places, { keep: true });
    else if (places) view.show(model, places, { keep: true });
  }

  return { element, reveal, update, ready: () => arranging };
}

// The graph's panel: canvas, its buttons, the legend and the selected node. Loaded when the graph is first opened.

import { announce } from "../announce.js";
import { el, iconButton } from "../dom.js";
import { count } from "../format.js";
import { giveWay } from "../slices.js";
import { arrange, columns } from "./arrange.js";
import { nodeDetails } from "./details.js";
import { setUpKeys } from "./keys.js";
import { KINDS } from "./kinds.js";
import { asDrawn, graphModel } from "./model.js";
import { createSaveMenu } from "./save-menu.js";
import { createSearch } from "./search.js";
import { createView } from "./view.js";

/** Above so many nodes, columns are shown while the layout is worked on. */
const SKETCHED = 200;

/** Builds the panel for one opened workflow: `{ element, reveal(id, input), update() }`. */
export function createGraphPanel(session) {
  const view = createView({ onSelect: selected, onCurrent: reached, onEnter: enter, onZoom: showZoom });
  const zoomText = el("span", { class: "mono zoom", "aria-hidden": "true" }, "100 %");
  const state = el("p", { class: "graph-state muted", role: "status" });
  const crumbs = el("nav", { class: "crumbs", "aria-label": "Subgraph", hidden: true });
  const legend = el("ul", { class: "legend", "aria-label": "Colours" });
  const place = el("div", { class: "details-place" });
  const expand = iconButton("expand", "Show the graph on the whole window", toggleFull);
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
    el(
      "div",
      { class: "graph-tools" },
      crumbs,
      state,
      arrangement,
      el(
        "div",
        { class: "graph-zoom", role: "group", "aria-label": "Zoom" },
        iconButton("minus", "Zoom out", () => view.zoom(0.8)),
        zoomText,
        iconButton("plus", "Zoom in", () => view.zoom(1.25)),
        iconButton("fit", "Fit the whole graph", () => view.fit()),
      ),
      expand,
    ),
    el(
      "div",
      { class: "graph-tools" },
      createSearch({ nodes: () => session.picture.nodes, reveal }).element,
      createSaveMenu(session, { drawing: view.drawing, place: view.element }),
    ),
    view.element,
    legend,
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
  const known = new Map();

  open(null);

  /** Shows the canvas of a scope: null is the outermost, otherwise a subgraph node's id. */
  function open(nextScope) {
    scope = nextScope;
    model = graphModel(session.picture, scope);
    closeDetails();
    nameCanvas();
    drawLegend();
    drawCrumbs();
    arranging = lay();
    return arranging;
  }

  async function lay() {
    wanted += 1;
    const mine = wanted;
    // Making the model and drawing it are a piece of work each.
    await giveWay();
    if (mine !== wanted) return;
    const drawn = asDrawn(model);
    arrangement.hidden = drawn === null;
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

  function drawLegend() {
    const counts = new Map();
    for (const { kind } of model.nodes) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    const kinds = Object.keys(KINDS).filter((kind) => counts.has(kind));
    const troubled = ["error", "warning"].filter((name) => model.nodes.some((node) => node.problem === name));
    legend.replaceChildren(
      ...kinds.map((kind) => el("li", {}, el("span", { class: `swatch kind-${kind}` }), KINDS[kind])),
      ...troubled.map((name) =>
        el(
          "li",
          {},
          el("span", { class: `swatch round mark-${name}` }),
          name === "error" ? "Error" : "Warning",
        ),
      ),
    );
  }

  function drawCrumbs() {
    crumbs.hidden = scope === null;
    if (scope === null) return;
    const chain = [];
    for (let id = scope; id !== null; id = parentOf(id)) chain.unshift(id);
    const steps = [null, ...chain].map((id) => {
      const name = id === null ? "Canvas" : titleOf(id);
      if (id === scope) return el("b", { "aria-current": "true" }, name);
      return el("button", { type: "button", class: "text-button", on: { click: () => open(id) } }, name);
    });
    crumbs.replaceChildren(...steps.flatMap((step, at) => (at === 0 ? [step] : [" › ", step])));
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

  function showZoom(k) {
    zoomText.textContent = `${percentOf(k)} %`;
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
    });
    place.replaceChildren(details.element);
    announce(`Selected: ${spoken(id)}`);
  }

  function reached(id) {
    announce(spoken(id));
  }

  function spoken(id) {
    const node = nodeOf(id);
    const into = node.inputs.filter((input) => input.link !== null).length;
    const out = node.outputs.reduce((sum, output) => sum + output.links, 0);
    const problems = session.picture.problems.filter((problem) => problem.node === id).length;
    const parts = [`${node.title}, number ${id}`, `${count(into, "link")} in, ${out} out`];
    if (problems > 0) parts.push(count(problems, "problem"));
    return `${parts.join(". ")}.`;
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
    if ((node.parent ?? null) !== scope) open(node.parent ?? null);
    await arranging;
    view.select(id);
    if (input === null) return;
    const key = node.inputs.find((candidate) => candidate.name === input)?.key;
    place.querySelector(`[data-key="${CSS.escape(key ?? "")}"]`)?.scrollIntoView({ block: "nearest" });
  }

  /** The inspection changed: marks, kinds and details anew, everything where it is. */
  function update() {
    const chosen = view.selectedId();
    model = graphModel(session.picture, scope);
    drawLegend();
    const places = known.get(scope ?? "");
    const drawn = asDrawn(model);
    if (drawn && !anew) view.show(drawn.model, drawn.places, { keep: true });
    else if (places) view.show(model, places, { keep: true });
    if (chosen !== null && !place.contains(document.activeElement)) selected(chosen);
  }

  function toggleFull() {
    const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("graph-dialog"));
    if (dialog.open) {
      dialog.close();
      return;
    }
    dialog.replaceChildren(body);
    dialog.showModal();
    expand.setAttribute("aria-label", "Back to the page");
    expand.title = "Back to the page";
    dialog.addEventListener(
      "close",
      () => {
        element.prepend(body);
        expand.setAttribute("aria-label", "Show the graph on the whole window");
        expand.title = "Show the graph on the whole window";
        requestAnimationFrame(() => view.fit());
        expand.focus({ preventScroll: true });
      },
      { once: true },
    );
    requestAnimationFrame(() => requestAnimationFrame(() => view.fit()));
  }

  return { element, reveal, update, ready: () => arranging };
}

/** Far out, a step of the zoom is less than one percent. */
function percentOf(zoom) {
  const percent = zoom * 100;
  return percent < 10 ? percent.toFixed(1) : String(Math.round(percent));
}

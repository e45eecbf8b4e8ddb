// What is open, in its four views: form, table, graph and problems. Keeps them in step with changes and inspections.

import { refusedNote } from "./conversion-refused.js";
import { byId, el, icon } from "./dom.js";
import { createForm, formGhost } from "./form.js";
import { sentence } from "./format.js";
import { heldField } from "./held-field.js";
import { addActions } from "./more-actions.js";
import { createTable } from "./params-table.js";
import { createProblems } from "./problems.js";
import { designedValues } from "./session.js";
import { createTabs } from "./tabs.js";
import { createHead } from "./workflow-head.js";

/** Milliseconds without a change before the workflow is looked at again. */
const RESTING = 400;

/**
 * Shows a session in the page, in the view `tab` if it has that: `focusKey(key)`, `goTo(node, input)`, `recheck()`,
 * `close()`, and `tab()`, the view that is shown. `onConvert` tries again what could not be converted, `onCompare(source)` gets
 * a file to compare with.
 */
export function showSession({ session, server, tab = null, onAnother, onChange, onConvert, onCompare }) {
  const runnable = session.workflow !== null;
  const head = createHead({ session, onAnother, onWarnings: () => tabs.show("problems") });
  const ends = [];
  let open = true;
  let form = null;
  let table = null;
  let graph = null;
  let loadingGraph = null;
  let timer = 0;
  let inspecting = null;
  const alive = () => open;
  delete document.body.dataset.inspected;
  const tabs = createTabs({
    label: "Views of the workflow",
    tabs: [
      ...(runnable
        ? [
            { id: "form", label: "Form", panel: makeForm },
            { id: "table", label: "All parameters", panel: makeTable },
          ]
        : []),
      { id: "graph", label: "Graph", panel: makeGraph },
      { id: "about", label: "About", panel: makeAbout },
      { id: "problems", label: "Problems", counted: true, panel: makeProblems },
    ],
    onShow: () => {},
  });

  addActions(head, { session, onCompare, showAbout: () => tabs.show("about") });
  byId("workflow").replaceChildren(
    head.element,
    ...(runnable ? [] : [refusedNote(session, { showInGraph, onConvert })]),
    tabs.list,
    tabs.panel,
  );
  if (runnable) {
    const end = session.changes.subscribe((_key, _origin, onlyRemark) => {
      if (onlyRemark) return;
      head.update();
      clearTimeout(timer);
      timer = setTimeout(recheck, RESTING);
      onChange();
    });
    ends.push(end);
  }
  tabs.show(runnable ? (tab ?? "form") : tab === "problems" ? tab : "graph");
  recheck({ first: true });

  /** Looks at the workflow again and brings every view up to date. */
  async function recheck({ first = false, knowledge = false } = {}) {
    inspecting = session.inspect();
    try {
      await inspecting;
    } catch (error) {
      if (open) failed(error);
      return;
    }
    if (!open) return;
    if (first) beginAsDesigned();
    head.update();
    countProblems();
    tabs.forget("problems");
    tabs.forget("about");
    if (first || knowledge) rebuildFields();
    if (graph) graph.update();
    else if (first) tabs.forget("graph");
    document.body.dataset.inspected = "";
  }

  /** A design's values, but never over what a person set. */
  function beginAsDesigned() {
    for (const [key, change] of designedValues(session)) session.changes.begin(key, change);
  }

  /** Choices and ranges are part of the controls, so these are rebuilt; what was changed lives elsewhere. */
  async function rebuildFields() {
    if (!runnable) return;
    const held = heldField(byId("panel"));
    tabs.forget("form");
    if (table !== null) {
      table.end();
      table = null;
      tabs.forget("table");
    }
    const views = { form, table };
    if (!held || !(await views[tabs.active()]?.focusKey(held.key, { scroll: false }))) return;
    held.giveBack();
  }

  /** Notes are worth reading but not counted. */
  function countProblems() {
    const problems = [...session.inspection.problems, ...(session.conversion?.warnings ?? [])];
    const grave = problems.filter(({ severity }) => severity !== "info");
    const errors = grave.some(({ severity }) => severity === "error");
    tabs.setCount("problems", grave.length === 0 ? "" : String(grave.length), errors);
  }

  function makeForm() {
    if (!session.form) return formGhost();
    form?.end();
    form = createForm({
      session,
      showInGraph,
      goToNode: goToNodeInTable,
      showAll: () => tabs.show("table"),
      alive,
    });
    return form.element;
  }

  function makeTable() {
    table = createTable({ session, showInGraph, alive });
    return table.element;
  }

  function makeProblems() {
    if (!session.inspection) return waitingFor("Inspecting the workflow …");
    return createProblems({ session, serverCard: server.element, goTo, showInGraph });
  }

  function makeAbout() {
    if (!session.inspection) return waitingFor("Inspecting the workflow …");
    import("./about/panel.js").then(
      ({ createAbout }) => tabs.replace("about", createAbout({ session, showInGraph })),
      () => tabs.replace("about", retry("What the file says could not be loaded.")),
    );
    return waitingFor("Reading what the file says …");
  }

  function makeGraph() {
    if (!session.inspection) return waitingFor("Inspecting the workflow …");
    loadGraph().catch(() => {
      loadingGraph = null;
      tabs.replace("graph", retry("The graph could not be loaded."));
    });
    return waitingFor("Loading the graph …");
  }

  function loadGraph() {
    loadingGraph ??= import("./graph/panel.js").then(({ createGraphPanel }) => {
      graph = createGraphPanel(session);
      tabs.replace("graph", graph.element);
      return graph;
    });
    return loadingGraph;
  }

  function failed(error) {
    const message = sentence(String(error?.message ?? error));
    const ids = [...(runnable ? ["form"] : []), "graph", "about", "problems"];
    for (const id of ids) tabs.replace(id, retry(`The workflow could not be inspected. ${message}`));
  }

  function retry(words) {
    const again = () => {
      graph = null;
      loadingGraph = null;
      recheck({ first: true });
    };
    return el(
      "div",
      { class: "card blank", role: "alert" },
      icon("warn"),
      el("p", {}, words),
      runnable && el("p", { class: "muted" }, "All parameters are there, and it can still run."),
      el("button", { type: "button", class: "button small", on: { click: again } }, "Try again"),
    );
  }

  async function goToNodeInTable(id) {
    tabs.show("table");
    await table.goToNode(id);
  }

  async function focusKey(key) {
    if (tabs.active() === "form" && session.form && (await form.focusKey(key))) return;
    tabs.show("table");
    await table.focusKey(key);
  }

  /** Leads to an input's field, or to the node's first one. */
  function goTo(nodeId, name) {
    const node = session.workflow?.nodes.find((candidate) => candidate.id === nodeId);
    const input = node?.inputs.find((candidate) => candidate.name === name) ?? node?.inputs[0];
    if (input) focusKey(input.key);
  }

  async function showInGraph(id, input = null) {
    tabs.show("graph");
    await inspecting;
    const shown = await loadGraph();
    await shown.reveal(id, input);
  }

  function close() {
    open = false;
    clearTimeout(timer);
    form?.end();
    table?.end();
    for (const end of ends) end();
  }

  return { focusKey, goTo, recheck, close, tab: () => tabs.active() };
}

function waitingFor(words) {
  return el(
    "p",
    { class: "waiting", role: "status" },
    el("span", { class: "spinner", "aria-hidden": "true" }),
    words,
  );
}

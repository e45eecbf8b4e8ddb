// Every parameter of the workflow as a searchable table: one group per node, in file order.

import { el, icon } from "./dom.js";
import { endAll } from "./issues.js";
import { cardMaker } from "./params-card.js";
import { createRow } from "./params-row.js";
import { scrollBehavior } from "./scroll.js";
import { inSlices } from "./slices.js";

/** A person's first doings in a row: few of thousands are ever touched, and the others need no control. */
const WAKING = ["focusin", "click", "input"];

/** Builds the table; `focusKey(key)` brings a parameter into view, `showInGraph(id)` is called from a node's head. */
export function createTable({ session, showInGraph, alive }) {
  const { workflow, changes, issues, library } = session;
  const rows = new Map();
  const groups = [];
  const list = el("div", { class: "groups" });
  const none = el("p", { class: "no-match", role: "status" });
  const search = el("input", {
    id: "search",
    type: "search",
    class: "field",
    placeholder: "Search",
    "aria-label": "Search parameters: nodes, inputs and values",
    autocomplete: "off",
    spellcheck: "false",
    on: { input: filter },
  });
  const onlyChanged = chip("Changed", false);
  const withLinks = chip("Links", true);
  const element = el(
    "div",
    {},
    el(
      "div",
      { class: "toolbar", role: "search", "aria-label": "Parameters" },
      el("div", { class: "search-box" }, icon("search"), search),
      onlyChanged,
      withLinks,
    ),
    none,
    list,
  );
  for (const type of WAKING) list.addEventListener(type, wake, { capture: true });
  const makeCard = cardMaker(showInGraph);
  const show = (key, origin) => rows.get(key)?.update(origin);
  const ends = [changes.subscribe(show), issues.subscribe(show)];
  const built = inSlices(workflow.nodes, addGroup, { alive });

  function addGroup(node) {
    const card = makeCard(node);
    const members = node.inputs.map((input, at) => {
      const row = { input, node, workflow, changes, issues, library, goToNode };
      return createRow({ ...row, element: card.rows[at], maySleep: true });
    });
    for (const row of members) rows.set(row.input.key, row);
    groups.push({ node, element: card.element, heading: card.heading, rows: members });
    list.append(card.element);
  }

  /** Before the event gets to what has no listener yet. */
  function wake({ target }) {
    rows.get(target.closest("[data-key]")?.dataset.key)?.wake();
  }

  async function goToNode(id) {
    await built;
    const group = groups.find((candidate) => candidate.node.id === id);
    if (!group) return;
    if (group.element.hidden) clearFilter();
    group.element.scrollIntoView({ block: "center", behavior: scrollBehavior() });
    group.heading.focus({ preventScroll: true });
  }

  async function focusKey(key, { scroll = true } = {}) {
    await built;
    const row = rows.get(key);
    if (!row) return false;
    if (row.element.hidden || row.element.closest("[hidden]")) clearFilter();
    if (scroll) row.element.scrollIntoView({ block: "center", behavior: scrollBehavior() });
    row.focus();
    return true;
  }

  function clearFilter() {
    search.value = "";
    onlyChanged.setAttribute("aria-pressed", "false");
    withLinks.setAttribute("aria-pressed", "true");
    filter();
  }

  function filter() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const links = isOn(withLinks);
    const changedOnly = isOn(onlyChanged);
    let shown = 0;
    for (const group of groups) {
      const visible = group.rows.filter((row) => {
        const fits =
          (links || row.input.kind !== "link") &&
          (!changedOnly || changes.has(row.input.key)) &&
          matches(words, group.node, row.input);
        row.element.hidden = !fits;
        return fits;
      });
      const wholeNode = group.rows.length === 0 || group.rows.every((row) => row.input.kind === "link");
      const keep = visible.length > 0 || (wholeNode && !changedOnly && matches(words, group.node, null));
      group.element.hidden = !keep;
      if (keep) shown += 1;
    }
    none.textContent = shown > 0 ? "" : nothingFound(words, changedOnly);
  }

  function chip(label, pressed) {
    const press = (event) => {
      event.currentTarget.setAttribute("aria-pressed", String(!isOn(event.currentTarget)));
      filter();
    };
    return el(
      "button",
      { type: "button", class: "chip", "aria-pressed": String(pressed), on: { click: press } },
      label,
    );
  }

  return { element, focusKey, goToNode, end: () => endAll(ends) };
}

function isOn(button) {
  return button.getAttribute("aria-pressed") === "true";
}

function matches(words, node, input) {
  const text = [node.id, node.title, node.classType, input?.name ?? "", input?.literal ?? ""]
    .join("\n")
    .toLowerCase();
  return words.every((word) => text.includes(word));
}

function nothingFound(words, changedOnly) {
  if (words.length > 0) return `Nothing here matches “${words.join(" ")}”.`;
  return changedOnly
    ? "Nothing is changed yet."
    : "No parameters to show; switch Links on to see the connections.";
}

// The workflow as a searchable table: one group per node, in file order.

import { byId, el, icon } from "./dom.js";
import { saveText } from "./download.js";
import { count } from "./format.js";
import { createRow } from "./params-row.js";

/** Shows a workflow; returns `focusKey(key)` which brings a parameter into view. */
export function showWorkflow({ library, workflow, changes, onAnother }) {
  const rows = new Map();
  const groups = workflow.nodes.map(createGroup);
  const facts = el("p", { class: "muted facts" });
  const resetAll = el("button", { type: "button", class: "button small quiet", hidden: true }, "Reset all");
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

  function createGroup(node, index) {
    const members = node.inputs.map((input) =>
      createRow({ input, node, workflow, changes, library, goToNode }),
    );
    for (const row of members) rows.set(row.input.key, row);
    const heading = el("h3", { id: `node-${index}`, tabindex: "-1" }, node.title);
    const element = el(
      "section",
      { class: "card node", "aria-labelledby": heading.id },
      el(
        "header",
        { class: "node-head" },
        heading,
        node.classType &&
          node.classType !== node.title &&
          el("span", { class: "mono muted" }, node.classType),
        el("span", { class: "mono faint node-id" }, `#${node.id}`),
      ),
      members.map((row) => row.element),
      members.length === 0 && el("p", { class: "muted row-empty" }, "No inputs"),
    );
    return { node, element, heading, rows: members };
  }

  function goToNode(id) {
    const group = groups.find((candidate) => candidate.node.id === id);
    if (!group) return;
    if (group.element.hidden) clearFilter();
    group.element.scrollIntoView({ block: "center", behavior: scrollBehavior() });
    group.heading.focus({ preventScroll: true });
  }

  function focusKey(key) {
    const row = rows.get(key);
    if (!row) return;
    if (row.element.hidden || row.element.closest("[hidden]")) clearFilter();
    row.element.scrollIntoView({ block: "center", behavior: scrollBehavior() });
    row.focus();
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

  function updateFacts() {
    const parameters = workflow.inputs.filter((input) => input.kind !== "link").length;
    const parts = [count(workflow.nodes.length, "node"), count(parameters, "parameter")];
    facts.replaceChildren(parts.join(" · "));
    if (changes.size > 0) facts.append(" · ", el("b", { class: "changed-count" }, `${changes.size} changed`));
    resetAll.hidden = changes.size === 0;
  }

  resetAll.addEventListener("click", () => {
    changes.resetAll();
    filter();
  });
  changes.subscribe((key, origin) => {
    rows.get(key)?.update(origin);
    updateFacts();
  });
  updateFacts();

  byId("workflow").replaceChildren(
    el(
      "header",
      { class: "workflow-head" },
      el(
        "div",
        { class: "workflow-name" },
        el("h2", { tabindex: "-1", id: "workflow-title" }, workflow.name),
        facts,
      ),
      el(
        "div",
        { class: "workflow-actions" },
        resetAll,
        headButton("save", "Download parameters", download),
        headButton("open", "Open another", onAnother),
      ),
    ),
    el(
      "div",
      { class: "toolbar", role: "search", "aria-label": "Parameters" },
      el("div", { class: "search-box" }, icon("search"), search),
      onlyChanged,
      withLinks,
    ),
    none,
    ...groups.map((group) => group.element),
  );

  function download() {
    saveText(
      library.flattenWorkflowToJson(workflow.text, 4),
      "workflow_api_parameters.json",
      "application/json",
    );
  }

  return { focusKey };
}

function headButton(iconName, label, onClick) {
  return el(
    "button",
    { type: "button", class: "button small", on: { click: onClick } },
    icon(iconName),
    label,
  );
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

function scrollBehavior() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
}

// What is shown of the selected node: its problems, and its parameters to change, or to read where they cannot be.

import { SUBGRAPH } from "../../pkg/src/view/graph/model.js";
import { el, iconButton, wordButton } from "../dom.js";
import { endAll } from "../issues.js";
import { createRow } from "../params-row.js";
import { problemLine } from "../problem-line.js";

/** Builds the details of one node; `end()` lets go of what they listen to. */
export function nodeDetails(session, id, { onClose, goToNode, onOpenInside, onOpenInPlace }) {
  const node = session.picture.nodes.find((candidate) => candidate.id === id);
  // Notes are for programs that read the file; they stand under Problems.
  const problems = session.picture.problems.filter((each) => each.node === id && each.severity !== "info");
  const own = session.workflow?.nodes.find((candidate) => candidate.id === id);
  const rows = own
    ? editableRows(session, own, goToNode)
    : { elements: readableRows(node, goToNode), end() {} };
  const heading = el("h3", { tabindex: "-1" }, node.title);
  const holdsNodes = session.picture.nodes.some((candidate) => candidate.parent === id);
  const classType = holdsNodes ? SUBGRAPH : node.classType;
  const element = el(
    "section",
    { class: "details", "aria-label": `Selected node: ${node.title}` },
    el(
      "header",
      { class: "node-head" },
      heading,
      classType && classType !== node.title && el("span", { class: "mono muted" }, classType),
      el("span", { class: "mono faint node-id" }, `#${node.id}`),
      iconButton("close", "Close the node's details", onClose),
    ),
    node.mode !== "active" && el("p", { class: "row-empty muted" }, MODES[node.mode]),
    problems.length > 0 &&
      el(
        "ul",
        { class: "details-problems" },
        problems.map((problem) => problemLine(problem)),
      ),
    holdsNodes &&
      el(
        "p",
        { class: "row-empty details-actions" },
        wordButton("expand", "Open it in place", onOpenInPlace),
        wordButton("graph", "Look inside the subgraph", onOpenInside),
      ),
    rows.elements,
    rows.elements.length === 0 && el("p", { class: "muted row-empty" }, "No inputs"),
  );
  return { element, heading, end: rows.end };
}

const MODES = {
  muted: "Muted: it does not run, and neither does what depends on it.",
  bypassed: "Bypassed: it does not run, and passes its inputs on.",
};

function editableRows(session, node, goToNode) {
  const { workflow, changes, issues, library } = session;
  const rows = new Map(
    node.inputs.map((input) => [
      input.key,
      createRow({ input, node, workflow, changes, issues, library, goToNode }),
    ]),
  );
  const show = (key, origin) => rows.get(key)?.update(origin);
  const ends = [changes.subscribe(show), issues.subscribe(show)];
  return { elements: [...rows.values()].map((row) => row.element), end: () => endAll(ends) };
}

function readableRows(node, goToNode) {
  const rows = node.inputs.map((input) =>
    el(
      "div",
      { class: "row-read" },
      el("dt", { title: input.tooltip }, input.name || "(no name)"),
      el("dd", {}, input.link ? linkTo(input.link, goToNode) : shownValue(input.value)),
    ),
  );
  return rows.length === 0 ? [] : [el("dl", { class: "read-only" }, rows)];
}

function linkTo({ node, output }, goToNode) {
  return el(
    "button",
    { type: "button", class: "link-value", on: { click: () => goToNode(node) } },
    `from #${node}`,
    el("span", { class: "mono faint" }, `output ${output ?? "?"}`),
  );
}

function shownValue(value) {
  if (typeof value === "string") return value === "" ? el("span", { class: "faint" }, "(empty)") : value;
  const text = JSON.stringify(value, (_key, item) => (typeof item === "bigint" ? `${item}` : item));
  return el("code", {}, typeof value === "bigint" ? String(value) : text);
}

// The problems of a workflow, the gravest first; each leads to its node. Above them: what they were checked against.

import { el, icon, wordButton } from "./dom.js";
import { problemLine } from "./problem-line.js";

/** Builds the list. `goTo(node, input)` leads to a field, `showInGraph(node, input)` to the graph. */
export function createProblems({ session, serverCard, goTo, showInGraph }) {
  const { inspection } = session;
  const nodes = new Map(inspection.nodes.map((node) => [node.id, node]));
  const grave = ["error", "warning"].flatMap((severity) => withSeverity(severity));
  const notes = withSeverity("info");
  return el(
    "div",
    { class: "problems" },
    serverCard,
    grave.length > 0
      ? el("ul", { class: "card problem-list", "aria-label": "Problems" }, grave.map(line))
      : null,
    session.conversion && conversionList(session.conversion.warnings),
    grave.length === 0 && fine(session),
    notes.length > 0 && noteList(notes, grave.length === 0),
  );

  function withSeverity(severity) {
    return inspection.problems.filter((problem) => problem.severity === severity);
  }

  /** What the conversion from the editor's format could not know or had to leave out. */
  function conversionList(warnings) {
    if (warnings.length === 0) return null;
    return el(
      "section",
      { class: "card conversion", "aria-label": "From the conversion" },
      el(
        "header",
        { class: "panel-head" },
        el("h3", {}, "From the conversion"),
        el("span", { class: "muted" }, String(warnings.length)),
      ),
      el("ul", { class: "problem-list", "aria-label": "From the conversion" }, warnings.map(line)),
    );
  }

  /** Notes, which stop nothing: folded away while there is something graver. */
  function noteList(list, open) {
    return el(
      "details",
      { class: "card notes", open },
      el("summary", {}, el("h3", {}, "Notes"), el("span", { class: "muted" }, String(list.length))),
      el("ul", { "aria-label": "Notes" }, list.map(line)),
    );
  }

  function line(problem) {
    const node = problem.node === null ? null : nodes.get(problem.node);
    return problemLine(problem, {
      where: whereOf(problem, node),
      actions: node && actionsFor(problem, node),
    });
  }

  function whereOf(problem, node) {
    if (!node) return el("span", { class: "muted" }, "The workflow");
    const name = [node.title, `#${node.id}`, problem.input].filter(Boolean).join(" · ");
    const press = () => showInGraph(node.id, problem.input);
    return el("button", { type: "button", class: "text-button", on: { click: press } }, name);
  }

  function actionsFor(problem, node) {
    const input = node.inputs.find((candidate) => candidate.name === problem.input);
    const editable = session.workflow !== null && input?.key && input.link === null;
    if (!editable) return null;
    const press = () => goTo(node.id, problem.input);
    return el("p", { class: "problem-actions" }, wordButton("edit", `Change ${problem.input}`, press));
  }
}

function fine(session) {
  return el(
    "div",
    { class: "card blank" },
    icon("ok"),
    el("p", { class: "headline" }, "No problems found"),
    el(
      "p",
      { class: "muted" },
      session.definitions
        ? "Links, classes, values and models fit what the server knows."
        : "Links and values fit together, and fit what ComfyUI’s own nodes take. Whether a server has the packs and models shows when one is given above.",
    ),
  );
}

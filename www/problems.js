// The problems of a workflow, the gravest first; each leads to its node. Above them: what they were checked against.

import { el, icon } from "./dom.js";
import { count } from "./format.js";
import { problemLine } from "./problem-line.js";
import { aboutFile } from "./recipe.js";

/** Builds the list. `goTo(node, input)` leads to a field, `showInGraph(node, input)` to the graph. */
export function createProblems({ session, serverCard, goTo, showInGraph }) {
  const { inspection } = session;
  // The editor's file tells what is not exported.
  const saved = session.saved ?? inspection;
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
    models(inspection.models, saved.models),
    aboutFile({ ...saved, recipes: inspection.recipes }, showInGraph),
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
    return el(
      "p",
      { class: "problem-actions" },
      el(
        "button",
        { type: "button", class: "button small", on: { click: press } },
        icon("edit"),
        `Change ${problem.input}`,
      ),
    );
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
        : "The links and values fit together. Whether a server has the classes and models shows when one is given above.",
    ),
  );
}

function models(list, saved) {
  if (list.length === 0) return null;
  const links = new Map(saved.map(({ name, url }) => [name, url]));
  const unique = new Map(list.map((model) => [`${model.folder}/${model.name}`, model]));
  const rows = [...unique.values()].map(({ name, folder, available }) =>
    el(
      "li",
      { class: "model" },
      el("span", { class: "mono model-name" }, name),
      el("span", { class: "muted" }, folder ?? "model"),
      downloadLink(links.get(name), name),
      available !== null &&
        el(
          "span",
          { class: available ? "model-there" : "model-missing" },
          available ? "on the server" : "missing",
        ),
    ),
  );
  return el(
    "section",
    { class: "card models", "aria-label": "Models" },
    el(
      "header",
      { class: "panel-head" },
      el("h3", {}, "Models"),
      el("span", { class: "muted" }, count(rows.length, "file")),
    ),
    el("ul", {}, rows),
  );
}

/** Where the file says that a model can be had; only an address of the web becomes a link. */
function downloadLink(url, name) {
  if (!/^https?:\/\//i.test(url ?? "")) return null;
  return el(
    "a",
    { href: url, target: "_blank", rel: "noreferrer", "aria-label": `Download ${name}` },
    "download",
  );
}

// What differs between two workflows, in words: parameters with both values, nodes, links. Loaded when two are compared.

import { mediaElement } from "../about/media.js";
import { el, icon, wordButton } from "../dom.js";
import { count } from "../format.js";
import { marked } from "./marked.js";
import { outputNames } from "./output-names.js";

/**
 * Builds the view of a diff of two read workflows; `open(side)` leads back to one of them, `swap()` turns it round. `known` are a
 * server's definitions, or null.
 */
export async function createDiff({ a, b, diff, known, open, swap }) {
  const nodes = { a: await nodesOf(a, known), b: await nodesOf(b, known) };
  const sections = [
    section("Changed parameters", "edit", changedByNode(diff.changed, nodes), diff.changed.length),
    section(
      "Added nodes",
      "plus",
      diff.added.map((node) => nodeLine(node, "added", nodes.b)),
    ),
    section(
      "Removed nodes",
      "minus",
      diff.removed.map((node) => nodeLine(node, "removed", nodes.a)),
    ),
    section("Renamed nodes", "edit", diff.renamed.map(renamedLine)),
    section(
      "Rewired links",
      "link",
      diff.rewired.map((link) => rewiredLine(link, nodes)),
    ),
  ];
  return el(
    "div",
    { class: "diff" },
    el(
      "header",
      { class: "workflow-head" },
      el(
        "div",
        { class: "workflow-name" },
        el("h2", { tabindex: "-1", id: "workflow-title" }, "What differs"),
        el("p", { class: "muted facts" }, summary(diff)),
      ),
      el("div", { class: "workflow-actions" }, wordButton("swap", "Swap", swap)),
    ),
    el(
      "div",
      { class: "diff-sides card" },
      side("A", a, () => open("a")),
      side("B", b, () => open("b")),
    ),
    diff.same ? same() : sections,
  );
}

/** The nodes of one side by their ids, and `outputName(id, output)`. */
async function nodesOf({ workflow }, known) {
  const nodes = new Map(workflow.nodes.map((node) => [node.id, node]));
  return Object.assign(nodes, { outputName: await outputNames(workflow, known) });
}

function side(letter, read, press) {
  return el(
    "div",
    { class: `diff-side side-${letter.toLowerCase()}` },
    el(
      "div",
      { class: "diff-media" },
      mediaElement(read.file, read.found?.format, `${letter}: ${read.name}`),
    ),
    el("span", { class: "diff-letter", "aria-hidden": "true" }, letter),
    el("span", { class: "diff-file" }, read.name),
    el(
      "button",
      {
        type: "button",
        class: "button small",
        "aria-label": `Open ${letter}: ${read.name}`,
        on: { click: press },
      },
      "Open",
    ),
  );
}

function summary(diff) {
  const parts = [
    diff.changed.length > 0 && `${count(diff.changed.length, "parameter")} changed`,
    diff.added.length > 0 && `${count(diff.added.length, "node")} added`,
    diff.removed.length > 0 && `${count(diff.removed.length, "node")} removed`,
    diff.renamed.length > 0 && `${count(diff.renamed.length, "node")} renamed`,
    diff.rewired.length > 0 && `${count(diff.rewired.length, "link")} rewired`,
  ].filter(Boolean);
  return parts.length === 0 ? "Nothing but the order" : parts.join(" · ");
}

function same() {
  return el(
    "div",
    { class: "card blank" },
    icon("ok"),
    el("p", { class: "headline" }, "The two do the same"),
    el("p", { class: "muted" }, "Every node, every value and every link is in both."),
  );
}

function section(title, iconName, entries, number = entries.length) {
  if (entries.length === 0) return null;
  return el(
    "section",
    { class: "card diff-section", "aria-label": title },
    el(
      "header",
      { class: "panel-head" },
      el("h3", {}, icon(iconName), title),
      el("span", { class: "muted" }, String(number)),
    ),
    el("ul", {}, entries),
  );
}

/** One entry per node, its parameters below one another. */
function changedByNode(changed, nodes) {
  const byNode = new Map();
  for (const param of changed) {
    const key = param.inB ? `b${param.nodeB}` : `a${param.nodeA}`;
    if (!byNode.has(key)) byNode.set(key, []);
    byNode.get(key).push(param);
  }
  return [...byNode.values()].map((params) =>
    el("li", { class: "diff-node" }, nodeName(params[0], nodes), el("dl", {}, params.map(paramLine))),
  );
}

function nodeName({ nodeA, nodeB }, nodes) {
  const node = nodes.b.get(nodeB) ?? nodes.a.get(nodeA);
  const ids = nodeA === nodeB ? `#${nodeB}` : `#${nodeA} → #${nodeB}`;
  return el(
    "p",
    { class: "diff-name" },
    el("b", {}, node?.title ?? ""),
    el("span", { class: "mono faint" }, ids),
  );
}

function paramLine({ input, inA, inB, a, b }) {
  const worded = typeof a === "string" && typeof b === "string" && inA && inB;
  const [before, after] = worded
    ? marked(textOf(a), textOf(b))
    : [inA ? [textOf(a)] : null, inB ? [textOf(b)] : null];
  return el(
    "div",
    { class: "diff-param" },
    el("dt", {}, input || "(no name)"),
    el(
      "dd",
      { class: "value-a" },
      el("span", { class: "visually-hidden" }, "A: "),
      before ?? el("i", { class: "muted" }, "not there"),
    ),
    el(
      "dd",
      { class: "value-b" },
      el("span", { class: "visually-hidden" }, "B: "),
      after ?? el("i", { class: "muted" }, "not there"),
    ),
  );
}

function textOf(value) {
  if (typeof value === "string") return value === "" ? "(empty)" : value;
  if (typeof value === "bigint") return String(value);
  return JSON.stringify(value, (_key, item) => (typeof item === "bigint" ? String(item) : item));
}

/** A node that only one side has, with all its inputs. */
function nodeLine({ id, classType, title }, how, nodes) {
  const inputs = nodes.get(id)?.inputs ?? [];
  return el(
    "li",
    { class: `diff-node diff-${how}` },
    el(
      "p",
      { class: "diff-name" },
      el("b", {}, title),
      classType && classType !== title && el("span", { class: "mono muted" }, classType),
      el("span", { class: "mono faint" }, `#${id}`),
    ),
    inputs.length > 0 &&
      el(
        "dl",
        { class: "diff-inputs" },
        inputs.flatMap((input) => [
          el("dt", {}, input.name || "(no name)"),
          el("dd", { dir: "auto" }, input.kind === "link" ? end(linkOf(input), nodes) : textOf(input.value)),
        ]),
      ),
  );
}

function linkOf({ from }) {
  return { node: from.id, output: from.output };
}

function renamedLine({ a, b }) {
  const name = ({ title, classType }) =>
    classType && classType !== title ? `${title} (${classType})` : title;
  return el(
    "li",
    { class: "diff-line" },
    el("span", { class: "value-a" }, name(a)),
    " → ",
    el("span", { class: "value-b" }, name(b)),
    el("span", { class: "mono faint" }, `#${b.id}`),
  );
}

function rewiredLine({ nodeA, nodeB, input, a, b }, nodes) {
  return el(
    "li",
    { class: "diff-node" },
    nodeName({ nodeA, nodeB }, nodes),
    el(
      "dl",
      {},
      el(
        "div",
        { class: "diff-param" },
        el("dt", {}, input),
        el("dd", { class: "value-a" }, el("span", { class: "visually-hidden" }, "A: "), end(a, nodes.a)),
        el("dd", { class: "value-b" }, el("span", { class: "visually-hidden" }, "B: "), end(b, nodes.b)),
      ),
    ),
  );
}

function end(link, nodes) {
  if (link === null) return el("i", { class: "muted" }, "no link");
  const name = nodes.outputName(link.node, link.output);
  const output = name === null ? `output ${link.output ?? "?"}` : `its ${name}`;
  return `from ${nodes.get(link.node)?.title ?? "a missing node"} #${link.node}, ${output}`;
}

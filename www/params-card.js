// A node's card in the form and in the table: its head, and a row for each input.

import { el, setProps, templates } from "./dom.js";
import { blankRow } from "./params-row.js";

/** Makes the head of a node's card: title, class, id, and the way to the node in the graph. */
export function nodeHead(node, showInGraph) {
  return fillHead(blankHead(node), node, showInGraph);
}

/**
 * Returns a function that makes a node's card, with blank rows: `{ element, heading, rows }`. Nodes with the same class and
 * inputs get copies of one, which a browser makes faster than it builds.
 */
export function cardMaker(showInGraph) {
  const copy = templates((_shape, node) => blankCard(node));
  let cards = 0;

  return (node) => {
    const shape = JSON.stringify([shownClass(node), ...node.inputs.map(({ kind }) => kind)]);
    const element = copy(shape, node);
    const [head, ...rows] = element.children;
    fillHead(head, node, showInGraph);
    const heading = head.firstChild;
    heading.id = `node-${cards}`;
    cards += 1;
    element.setAttribute("aria-labelledby", heading.id);
    return { element, heading, rows };
  };
}

function blankCard(node) {
  const rows = node.inputs.map(({ kind }) => blankRow(kind));
  const none = rows.length === 0 && el("p", { class: "muted row-empty" }, "No inputs");
  return el("section", { class: "card node" }, blankHead(node), rows, none);
}

function blankHead(node) {
  const place = shownClass(node);
  return el(
    "header",
    { class: "node-head" },
    el("h3", { tabindex: "-1" }),
    place && el("span", { class: "mono muted" }, place),
    el("button", { type: "button", class: "node-id mono", title: "Show in the graph" }),
  );
}

function fillHead(head, { id, title }, showInGraph) {
  head.firstChild.textContent = title;
  const button = setProps(head.lastChild, {
    "aria-label": `Show ${title}, number ${id}, in the graph`,
    on: { click: () => showInGraph(id) },
  });
  button.textContent = `#${id}`;
  return head;
}

/** The class says nothing more where it is the title. */
function shownClass({ title, classType }) {
  return classType !== title && classType ? classType : null;
}

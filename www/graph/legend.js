// What the colours and marks of a graph mean: those that are in it.

import { el } from "../dom.js";
import { KINDS } from "./kinds.js";

const MARKS = { error: "Error", warning: "Warning" };

export function createLegend() {
  const element = el("ul", { class: "legend", "aria-label": "Colours" });

  function show({ nodes }) {
    const kinds = Object.keys(KINDS).filter((kind) => nodes.some((node) => node.kind === kind));
    const marks = Object.keys(MARKS).filter((mark) => nodes.some((node) => node.problem === mark));
    element.replaceChildren(
      ...kinds.map((kind) => entry(`swatch kind-${kind}`, KINDS[kind])),
      ...marks.map((mark) => entry(`swatch round mark-${mark}`, MARKS[mark])),
    );
  }

  return { element, show };
}

function entry(name, word) {
  return el("li", {}, el("span", { class: name }), word);
}

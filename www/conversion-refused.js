// What is said above a workflow that could not be converted: why, and what to do. It can still be looked at.

import { deployment } from "./deployment.js";
import { el, icon } from "./dom.js";
import { adviceFor } from "./failure-advice.js";
import { sentence } from "./format.js";

/** Builds the note; `showInGraph(node, input)` leads to the node at fault, `onConvert()` tries again. */
export function refusedNote({ refusal }, { showInGraph, onConvert }) {
  const { code, nodeId = null, input = null, message } = refusal;
  return el(
    "div",
    { class: "editor-note", role: "note" },
    icon("info"),
    el(
      "div",
      {},
      el(
        "p",
        { class: "notice-title" },
        "You can look at it but not run it: it could not be converted from the editor's format",
      ),
      el("p", {}, sentence(String(message ?? refusal))),
      el("p", { class: "muted" }, adviceOn(refusal)),
      nodeId !== null && button("Show the node", () => showInGraph(String(nodeId), input)),
      isPassing(code) && button("Try again", onConvert),
    ),
  );
}

function adviceOn(refusal) {
  if (refusal.code === undefined)
    return "In ComfyUI, switch on what should run, save the workflow, and drop the new file.";
  return adviceFor(refusal, { behind: deployment }).advice;
}

/** What did not load may do so the next time. */
function isPassing(code) {
  return code === "not_initialised" || code === "invalid_definitions";
}

function button(label, onClick) {
  return el("button", { type: "button", class: "button small", on: { click: onClick } }, label);
}

// <comfy-workflow>: what is in a workflow's file, to look at.

import { nameClass } from "../class-name.js";
import { graphModel } from "../view/graph/model.js";
import { WorkflowElement } from "./base.js";
import { el } from "./dom.js";
import { createFacts } from "./facts.js";
import { createGraph } from "./graph/view.js";
import { knownFor, knownNote } from "./known.js";

/** See element.d.ts. */
export class ComfyWorkflow extends WorkflowElement {
  static {
    nameClass(ComfyWorkflow, "ComfyWorkflow");
  }

  #inspection = null;

  get inspection() {
    return this.#inspection;
  }

  /** The editor's format has places, groups and notes, so it counts where a file has both. */
  async made(inspector, { prompt, editor }, words) {
    const workflow = editor ?? prompt;
    const { known, isWhole } = await knownFor(inspector, this.definitions, workflow);
    const inspection = inspector.inspectWorkflow(workflow, known);
    const facts = createFacts(inspection, words);
    const graph = createGraph(graphModel(inspection), words, facts.open);
    const heading = el("h3", {}, words.graph);
    const drawn = el("section", { part: "graph", "aria-label": words.graph }, heading, graph);
    const shown = el("div", { class: "workflow" }, drawn, facts.elements);
    return { elements: [knownNote(isWhole, words), shown].filter(Boolean), inspection };
  }

  refresh() {
    this.#inspection = null;
    super.refresh();
  }

  arrived({ inspection }) {
    this.#inspection = inspection;
    this.tell("ready", { inspection });
  }
}

// From the editor's format to one that runs: what was read becomes a workflow like any other, or says why it cannot.
// Knows the package, not the page.

import { loadInspector, loadLibrary } from "./library.js";
import { readWorkflow } from "./workflow.js";

/** Warnings that change nothing about what runs as long as nobody minds. */
const CALM = new Set(["comment_cut", "missing_version", "remote_choice"]);

/**
 * Converts what was read in editor format with a server's definitions, or with ComfyUI's own where none are known.
 * Anything else, and what these definitions converted already, comes back as it is.
 *
 * The outcome is of kind `api`, with `workflow` and `conversion` (the exact `json`, `warnings`, each with a
 * severity, and the `report`), or of kind `editor`, with the `refusal` that was thrown.
 */
export async function convert(read, known) {
  if (!read.editor || read.convertedBy === known) return read;
  const outcome = { ...read, convertedBy: known, workflow: null, conversion: null, refusal: null };
  try {
    const [library, inspector] = await Promise.all([loadLibrary(), loadInspector()]);
    const options = known ? { objectInfo: known.value } : {};
    const { json, warnings, report } = await inspector.toApiFormat(read.editor, options);
    if (/^\s*\{\s*\}\s*$/.test(json))
      throw new Error("Nothing in it runs: every node is muted, bypassed or a note");
    const workflow = await readWorkflow(library, read.name, json);
    return {
      ...outcome,
      kind: "api",
      workflow,
      conversion: { json, warnings: warnings.map(weighed), report },
    };
  } catch (error) {
    return { ...outcome, kind: "editor", refusal: error };
  }
}

function weighed(warning) {
  return { ...warning, severity: CALM.has(warning.code) ? "info" : "warning" };
}

/** The name under which the API format of a file is saved. */
export function apiName(name) {
  return `${name.replace(/\.[^.]+$/, "") || "workflow"}_api.json`;
}

/** What the file in API format of an open workflow is called in the code. */
export function apiFileName({ workflow, conversion }) {
  if (conversion) return apiName(workflow.name);
  return workflow.name.endsWith(".json") ? workflow.name : "workflow_api.json";
}

/**
 * The editor's picture of a converted workflow: nodes, links and frames as they were drawn, with the values and the
 * problems of what runs. Nodes have the same ids in both.
 */
export function pictureOf(drawn, inspection, warnings) {
  const running = new Map(inspection.nodes.map((node) => [node.id, node]));
  const nodes = drawn.nodes.map((node) => {
    const runs = running.get(node.id);
    return runs ? { ...node, isOutput: runs.isOutput, inputs: inputsOf(node, runs) } : node;
  });
  return { ...drawn, nodes, problems: [...inspection.problems, ...warnings] };
}

function inputsOf(node, runs) {
  const own = new Map(runs.inputs.map((input) => [input.name, input]));
  const inputs = node.inputs.map((input) => {
    const run = own.get(input.name);
    own.delete(input.name);
    if (!run) return input;
    return { ...run, link: input.link, value: input.link === null ? run.value : null };
  });
  return [...inputs, ...[...own.values()].filter((input) => input.link === null)];
}

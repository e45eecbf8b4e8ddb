// What the outputs of nodes are called: by a server's definitions, or those that come with the package.

import { inspectKnowing } from "../knowledge.js";
import { loadInspector } from "../library.js";

/** Finds `name(id, output)` for a workflow, null for an output that nobody names. */
export async function outputNames(workflow, known) {
  const inspector = await loadInspector();
  const { inspection } = await inspectKnowing(inspector, workflow.text, known);
  const outputs = new Map(inspection.nodes.map((node) => [node.id, node.outputs]));
  return (id, output) => {
    const name = outputs.get(id)?.[output]?.name;
    // In a file without definitions an output is called by its number.
    return name && !/^\d+$/.test(name) ? name : null;
  };
}

// The part that looks into workflows.

import init, { inspectWorkflow } from "viewcomfy-wasm/inspect";

export async function problemsOf(workflow) {
  await init();
  const { nodes, problems } = inspectWorkflow(workflow);
  return [`${nodes.length} nodes`, ...problems.map(({ message }) => message)];
}

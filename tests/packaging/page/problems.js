// The part that looks into workflows, and converts those that need it.

import init, { inspectWorkflow, toApiFormat } from "viewcomfy-wasm/inspect";

export async function problemsOf(workflow) {
  await init();
  const { json } = await toApiFormat(workflow);
  const { nodes, problems } = inspectWorkflow(json);
  return [`${nodes.length} nodes`, ...problems.map(({ message }) => message)];
}

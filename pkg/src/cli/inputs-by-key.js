// The inputs of a workflow under their parameter keys.

/**
 * Where two nodes' inputs come to the same key, the later one's value stands at the first one's place: see flattenWorkflow.
 *
 * @param {import("viewcomfy-wasm/inspect").InspectedNode[]} nodes of a workflow in API format
 * @returns {Map<string, { node: import("viewcomfy-wasm/inspect").InspectedNode, input: import("viewcomfy-wasm/inspect").InspectedInput }>}
 */
export function inputsByKey(nodes) {
  const found = new Map();
  for (const node of nodes) {
    for (const input of node.inputs) found.set(input.key, { node, input });
  }
  return found;
}

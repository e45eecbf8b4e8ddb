// The graph's model with what each node is for.

import { graphModel as modelOf } from "../../pkg/src/view/graph/model.js";
import { kindOf } from "./kinds.js";

/** See the model that page and tag share. */
export function graphModel(inspection, scope = null, opened = new Set()) {
  const model = modelOf(inspection, scope, opened);
  return { ...model, nodes: model.nodes.map((node) => ({ ...node, kind: kindOf(node) })) };
}

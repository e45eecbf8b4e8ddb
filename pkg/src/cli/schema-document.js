// The JSON Schema (2020-12) of a workflow's parameters, https://json-schema.org/draft/2020-12/schema.

import { inputsByKey } from "./inputs-by-key.js";
import { parameterSchema } from "./parameter-schema.js";
import { oneLine } from "./terminal.js";

const DIALECT = "https://json-schema.org/draft/2020-12/schema";

/**
 * @param {import("viewcomfy-wasm/inspect").InspectedNode[]} nodes of a workflow in API format
 * @param {{ title: string, isOfServer: boolean }} facts
 */
export function schemaDocument(nodes, facts) {
  return { $schema: DIALECT, ...parametersSchema(nodes, facts) };
}

/** The same without the dialect, as a part of another document. */
export function parametersSchema(nodes, { title, isOfServer }) {
  const properties = [...inputsByKey(nodes)].map(([key, { node, input }]) => [
    key,
    parameterSchema(node, input, { isOfServer }),
  ]);
  return {
    title: `Parameters of ${oneLine(title)}`,
    description: "Values to change, by parameter key. What is left out keeps its default.",
    type: "object",
    properties: Object.fromEntries(properties),
    additionalProperties: false,
  };
}

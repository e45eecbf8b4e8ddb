// From a refused run to the fields at fault: which they are, and what was said about each.

import { complaintOf } from "../pkg/src/view/node-error.js";
import { detailOf } from "./failure-detail.js";
import { sentence } from "./format.js";

/**
 * @returns {{ key: string, words: string }[]} the fields of the workflow that the error names, in its order
 */
export function refusedFields(error, { workflow, labelOf }) {
  const own = error?.key === undefined ? [] : [{ key: error.key, words: detailOf(error, labelOf) }];
  const told = (error?.nodeErrors ?? []).map((problem) => ({
    key: inputOf(workflow, problem)?.key,
    words: refusalWords(problem),
  }));
  const keys = new Set(workflow.inputs.map((input) => input.key));
  return [...own, ...told].filter(({ key }) => keys.has(key));
}

/** The input that a node's error names; none when it is about the node as a whole. */
function inputOf({ nodes }, { nodeId, input: name }) {
  const node = nodes.find((candidate) => candidate.id === nodeId);
  return node?.inputs.find((candidate) => candidate.name === name);
}

/** What ComfyUI says about an input, as a sentence. */
export function refusalWords(problem) {
  return sentence(complaintOf(problem));
}

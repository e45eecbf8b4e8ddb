// From what stands in the fields to what a run sends, and how that is said before it does.

import { count } from "./format.js";

const LARGEST_SEED = 2n ** 64n - 1n;

/**
 * The parameters of a run: what was changed, and every seed. A seed is sent as it stands in its field, or drawn where its
 * switch says so; left out, the package would draw one by itself when nothing else is sent. A workflow without a seed sends its
 * first parameter as it is, because no run is sent empty.
 */
export function paramsToSend(workflow, changes) {
  const params = new Map(changes.entries());
  for (const input of workflow.inputs) {
    if (changes.isDrawn(input.key)) params.set(input.key, "random");
    else if (!params.has(input.key) && isSeed(input)) params.set(input.key, input.value);
  }
  if (params.size === 0) {
    const first = workflow.inputs.find((input) => input.kind !== "link" && input.kind !== "json");
    if (first) params.set(first.key, first.value);
  }
  return Object.fromEntries(params);
}

/** What no server takes for a seed is left where it is. */
function isSeed({ kind, value, literal }) {
  return kind === "seed" && /^-?\d+$/.test(literal) && value >= -1 && BigInt(value) <= LARGEST_SEED;
}

/** What a run would do, in one sentence. */
export function summaryOf(workflow, changes) {
  if (changes.firstProblem() !== undefined) return "A value needs correcting first";
  const changed = changes.size > 0 ? `${count(changes.size, "change")} will be sent` : "Nothing changed";
  const seeds = seedWords(workflow, changes);
  return seeds ? `Ready. ${changed}; ${seeds}` : changes.size > 0 ? `Ready. ${changed}` : "Ready";
}

function seedWords(workflow, changes) {
  const drawn = workflow.inputs.filter((input) => changes.isDrawn(input.key)).length;
  const fixed = workflow.inputs.filter((input) => isSeed(input) && !changes.isDrawn(input.key)).length;
  if (drawn === 1) return "a new seed is drawn";
  if (drawn > 1) return `${drawn} new seeds are drawn`;
  if (fixed === 0) return "";
  return fixed === 1 ? "the seed is the one in its field" : "the seeds are those in their fields";
}

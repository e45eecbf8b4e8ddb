// The seeds of a run: which inputs are seeds, what they are in the workflow, and what a run was sent with.

/**
 * @typedef {Map<string, import("viewcomfy-wasm/inspect").InspectedInput>} Inputs of a workflow, by parameter key
 */

/** @param {Inputs} inputs @returns {[string, any][]} each seed of a workflow with its value */
export function seedsOf(inputs) {
  const seeds = [...inputs].filter(([, { kind, link }]) => kind === "seed" && link === null);
  return seeds.map(([key, { value }]) => [key, value]);
}

/** @param {Inputs} inputs @returns {[string, any][]} those that a run may send as they are */
export function ownSeeds(inputs) {
  return seedsOf(inputs).filter(([, value]) => isWhole(value));
}

/**
 * The seeds that a run was sent with: those of the file, those that were typed, and those that were drawn.
 *
 * @param {import("viewcomfy-wasm").BuiltParams | null | undefined} sent
 * @param {Inputs | null} inputs null where no workflow is known, so that the key's name has to tell
 * @returns {Record<string, any>}
 */
export function seedsSent(sent, inputs) {
  if (!sent) return {};
  const isSeed = (key) => (inputs ? inputs.get(key)?.kind === "seed" : isNamedSeed(key));
  const known = Object.entries(sent.values).filter(([key, value]) => isSeed(key) && isWhole(value));
  return { ...Object.fromEntries(known), ...sent.seeds };
}

function isNamedSeed(key) {
  return key.includes("-inputs-") && key.toLowerCase().endsWith("seed");
}

function isWhole(value) {
  return typeof value === "bigint" || Number.isInteger(value);
}

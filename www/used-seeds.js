// The seeds that a run used, drawn or typed.

/** Those of a session's workflow, each with a way to keep it. */
export function usedSeeds({ workflow, changes, labelOf }, result) {
  const values = result.sent?.values ?? {};
  const seeds = workflow.inputs.filter((input) => input.kind === "seed" && input.key in values);
  return seeds.map((input) => ({
    label: labelOf(input.key),
    value: values[input.key],
    keep: () => changes.set(input.key, values[input.key]),
  }));
}

/** The same as texts, to be kept. */
export function seedTexts(session, result) {
  return usedSeeds(session, result).map(({ label, value }) => ({ label, value: String(value) }));
}

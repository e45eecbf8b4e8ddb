// The seeds that a run used, drawn or typed.

/** Those of a session's workflow, each with a way to keep it where it was drawn. */
export function usedSeeds({ workflow, changes }, result) {
  const values = result.sent?.values ?? {};
  const seeds = workflow.inputs.filter((input) => input.kind === "seed" && input.key in values);
  return seeds.map((input) => ({
    label: input.label,
    value: values[input.key],
    keep: input.key in result.sent.seeds ? () => changes.set(input.key, values[input.key]) : null,
  }));
}

/** The same as texts, to be kept. */
export function seedTexts(session, result) {
  return usedSeeds(session, result).map(({ label, value }) => ({ label, value: String(value) }));
}

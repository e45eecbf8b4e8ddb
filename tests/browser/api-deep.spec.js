// Data that is nested 10,000 levels deep, in every call that takes data: an answer or our own error. Engines have stacks of
// their own sizes.

import { expect, test } from "../support/api-page.js";

const LEVELS = 10_000;

for (const [part, entry, calls] of [
  ["the client", "/pkg/index.js", "CLIENT_CALLS"],
  ["the inspection", "/pkg/inspect.js", "INSPECT_CALLS"],
]) {
  test(`${LEVELS} levels in ${part}`, async ({ apiPage }) => {
    const outcomes = await apiPage.evaluate(allOutcomes, [entry, calls, LEVELS]);
    expect(Object.keys(outcomes).length).toBeGreaterThan(10);
    for (const [name, outcome] of Object.entries(outcomes)) expect(outcome, name).toMatch(/^[a-z_]+$/);
  });
}

/** Runs in the page. */
async function allOutcomes([entry, calls, levels]) {
  const lib = await import(entry);
  await lib.default();
  const { outcomeOf, [calls]: all } = await import("/tests-support/deep-calls.js");
  const outcomes = {};
  for (const call of all) outcomes[call.name] = await outcomeOf(lib, call, levels);
  return outcomes;
}

// Reads from each runner's output how many tests passed, failed and were skipped.

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** No test at all. @type {Counts} */
export const NONE = { passed: 0, failed: 0, skipped: 0 };

/** Adds up counts. @param {Counts[]} all @returns {Counts} */
export function sum(all) {
  const total = { ...NONE };
  for (const counts of all) {
    for (const key of Object.keys(total)) total[key] += counts[key];
  }
  return total;
}

/** From `test result: ok. 3 passed; 0 failed; 1 ignored; …`, one such line per test program. */
export function fromCargo(output) {
  const lines = output.matchAll(/^test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ignored/gm);
  return sum(Array.from(lines, ([, ...numbers]) => toCounts(numbers)));
}

/** From the closing lines of Node's TAP reporter: `# pass 3`, `# fail 0` and so on. */
export function fromTap(output) {
  const facts = new Map(
    Array.from(output.matchAll(/^# (\w+) (\d+)$/gm), ([, name, number]) => [name, number]),
  );
  const number = (name) => Number(facts.get(name) ?? 0);
  return {
    passed: number("pass"),
    failed: number("fail") + number("cancelled"),
    skipped: number("skipped") + number("todo"),
  };
}

/** From Playwright's JSON report; a test that passed on a retry has passed. */
export function fromPlaywright(report) {
  const { stats, errors = [] } = JSON.parse(report);
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped,
  };
}

/** A runner that failed without naming a test counts as one failed test. */
export function withExitCode(counts, code) {
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** The closing line: `12 passed, 0 failed`, and the skipped ones if there are any. */
export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

function toCounts([passed, failed, skipped]) {
  return { passed: Number(passed), failed: Number(failed), skipped: Number(skipped) };
}

// Runs the contenders in turn, round after round, so that other load on the machine affects all of them alike. No imports.

/** A contender that took longer than this does not run again. */
const SLOW_MS = 30_000;

/**
 * @typedef {object} Standing
 * @property {number[]} samples milliseconds, one per round
 * @property {number} median
 * @property {number} min
 * @property {number} max
 * @property {string} [cannot] why there is no valid time
 */

/**
 * @param {string[]} names the contenders
 * @param {number} rounds
 * @param {(name: string) => Promise<number>} once runs a contender; its failure is the contender's result
 * @returns {Promise<Record<string, Standing>>}
 */
export async function inRounds(names, rounds, once) {
  const samples = Object.fromEntries(names.map((name) => [name, /** @type {number[]} */ ([])]));
  const failures = {};
  for (let round = 0; round < rounds; round += 1) {
    for (const name of rotated(names, round)) {
      if (failures[name] || samples[name].some((ms) => ms > SLOW_MS)) continue;
      try {
        samples[name].push(await once(name));
      } catch (error) {
        failures[name] = reasonOf(error);
      }
    }
  }
  return Object.fromEntries(names.map((name) => [name, standing(samples[name], failures[name])]));
}

/** The order rotates, so that no contender always follows the most demanding one. */
function rotated(names, round) {
  const at = round % names.length;
  return [...names.slice(at), ...names.slice(0, at)];
}

/** @returns {Standing} */
export function standing(samples, cannot) {
  const facts = { samples, median: median(samples), min: Math.min(...samples), max: Math.max(...samples) };
  return cannot ? { ...facts, cannot } : facts;
}

/** The median; NaN for no samples. */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The first line of an error, without the prefixes that were added on the way. */
export function reasonOf(error) {
  const [first] = `${error?.message ?? error}`.split("\n");
  return first.replace(/^page\.evaluate: (?:Error: )?/, "");
}

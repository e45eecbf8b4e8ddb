// Options that a call does not have: passed in silence, a misspelt one would just have no effect.

import { nearestOf } from "./nearest.js";

/**
 * Refuses an option that a call does not have.
 *
 * @param {object} options
 * @param {readonly string[]} known see option-names.js
 * @param {string} call what it is called in messages
 * @param {(problem: { message: string, key: string, nearest: string[] }) => Error} fail makes the error
 */
export function refuseUnknown(options, known, call, fail) {
  for (const key in options) {
    if (known.includes(key)) continue;
    const nearest = nearestOf(key, known);
    const advice = nearest.length > 0 ? `did you mean "${nearest[0]}"?` : `it takes ${known.join(", ")}`;
    throw fail({ message: `"${key}" is not an option of ${call}: ${advice}`, key, nearest });
  }
}

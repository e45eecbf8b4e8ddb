// The most similar names to a mistyped one.

import { distance } from "fastest-levenshtein";

/**
 * @param {string} name
 * @param {readonly string[]} names
 * @returns {string[]} those that it begins, or that a few typing errors turn into it, best first
 */
export function nearestOf(name, names) {
  const limit = Math.ceil(name.length / 3);
  return names
    .map((each) => ({ each, far: isBeginning(name, each) ? 0 : distance(name, each) }))
    .filter(({ far }) => far <= limit)
    .sort((a, b) => a.far - b.far)
    .map(({ each }) => each);
}

function isBeginning(name, whole) {
  return name.length > 1 && whole.startsWith(name);
}

// The most similar names to a mistyped one.

/**
 * @param {string} name
 * @param {readonly string[]} names
 * @returns {string[]} those that a typing error or two away could mean, best first
 */
export function nearestOf(name, names) {
  const limit = Math.max(1, Math.floor(name.length / 3));
  return names
    .map((each) => ({ each, far: each.startsWith(name) && name.length > 1 ? 1 : distance(name, each) }))
    .filter(({ far }) => far <= limit)
    .sort((a, b) => a.far - b.far)
    .map(({ each }) => each);
}

/** Letters to insert, remove or exchange, two neighbours swapped counting once. Long words are never near. */
function distance(a, b) {
  if (a.length > 64 || b.length > 64) return Number.POSITIVE_INFINITY;
  const rows = [Array.from({ length: b.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      const best = Math.min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + change);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(swapped ? Math.min(best, rows[i - 2][j - 2] + 1) : best);
    }
    rows.push(row);
  }
  return rows[a.length][b.length];
}

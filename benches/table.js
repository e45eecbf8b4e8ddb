// Prints tables.

import { say } from "../scripts/run.js";

/** @param {string[][]} rows if a row has fewer cells than there are titles, its last cell takes the remaining space */
export function printTable(title, titles, rows) {
  const full = [titles, ...rows.filter((row) => row.length === titles.length)];
  const widths = titles.map((_title, at) => Math.max(...full.map((row) => row[at].length)));
  widths[0] = Math.max(widths[0], ...rows.map(([name]) => name.length));
  say(`\n${title}`);
  for (const row of [titles, ...rows]) {
    const cells = row.map((cell, at) => (at === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[at])));
    say(`  ${cells.join("   ")}`.trimEnd());
  }
}

/**
 * @param {string} title
 * @param {Record<string, import("./rounds.js").Standing>} standings
 * @param {string[]} notes
 */
export function printStandings(title, standings, notes = []) {
  const limit = standings.limit?.median;
  const rows = Object.entries(standings).map(([name, { samples, median, min, max, cannot }]) => {
    if (cannot) return [name, `cannot: ${cannot}`];
    const times = [median, min, max].map((ms) => ms.toFixed(1));
    return [name, ...times, limit ? (median / limit).toFixed(2) : "", String(samples.length)];
  });
  printTable(title, ["", "median", "min", "max", "× limit", "rounds"], rows);
  for (const note of notes) say(`  ${note}`);
}

// What readers see of the benchmark is what benches/results.json says: `npm run bench -- --chart` writes all of it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { chartPath, drawChart } from "../../benches/chart.js";
import { memory, time } from "../../benches/figures.js";
import { readResults, TEXTS, withSection } from "../../benches/published.js";
import { root } from "../../scripts/run.js";

const results = readResults();
const read = (path) => readFileSync(join(root, path), "utf8");

for (const [path, write] of Object.entries(TEXTS)) {
  test(`${path} has the figures of the results`, () => {
    const text = read(path);
    assert.equal(withSection(text, path, write(results)), text, "run: npm run bench -- --chart");
  });
}

for (const look of ["light", "dark"]) {
  test(`the ${look} chart is drawn from the results`, () => {
    assert.equal(read(chartPath(look)), drawChart(results, look), "run: npm run bench -- --chart");
  });
}

test("a bar is as long as its figure", () => {
  const doubled = structuredClone(results);
  const standing = doubled.results.find(({ label }) => label === "64 MB").standings.ours;
  standing.median *= 2;
  const lengths = (chart) =>
    [...chart.matchAll(/width="([\d.]+)" height="16"/g)].map(([, width]) => Number(width));
  const [before] = lengths(drawChart(results, "light"));
  const [after] = lengths(drawChart(doubled, "light"));
  assert.ok(Math.abs(after - 2 * before) < 0.2, `${before} and ${after}`);
});

test("figures are written as a reader expects them", () => {
  assert.deepEqual([0.204, 5.04, 9.96, 121.4, 999.4, 999.6, 1453, 19_630, null].map(time), [
    "0.20 ms",
    "5.0 ms",
    "10.0 ms",
    "121 ms",
    "999 ms",
    "1.0 s",
    "1.5 s",
    "20 s",
    "–",
  ]);
  assert.deepEqual([29 * 1024 * 1024, 1506.4 * 1024 * 1024, null].map(memory), ["29 MB", "1,506 MB", "–"]);
});

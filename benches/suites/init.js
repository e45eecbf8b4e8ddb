// How long init() takes: in a browser with an empty cache, and in one with the package in its cache.

import { withBrowser } from "../browser.js";
import { PACKAGE } from "../bundle.js";
import { standing } from "../rounds.js";
import { printTable } from "../table.js";

const COLD = 5;
const PRIMING = 3;
const WARM = 10;

export async function measureInit(setting, flags) {
  const loads = flags.rounds ? { cold: flags.rounds, warm: flags.rounds } : { cold: COLD, warm: WARM };
  const cold = [];
  for (let load = 0; load < loads.cold; load += 1) cold.push(await withBrowser(setting, loadOnce));
  const warm = await withBrowser(setting, async (browser) => {
    for (let load = 0; load < PRIMING; load += 1) await loadOnce(browser);
    const all = [];
    for (let load = 0; load < loads.warm; load += 1) all.push(await loadOnce(browser));
    return all;
  });
  const summary = { cold: summaryOf(cold), warm: summaryOf(warm) };
  printTable("init(), ms", ["", "median", "min", "max", "wasm from"], Object.entries(summary).map(rowOf));
  return summary;
}

/** The module is loaded already; only the wasm counts. */
async function loadOnce(browser) {
  const page = await browser.emptyPage();
  const load = await page.evaluate(async (path) => {
    const { default: init } = await import(path);
    const start = performance.now();
    await init();
    const ms = performance.now() - start;
    const entries = performance.getEntriesByType("resource").filter(({ name }) => name.endsWith(".wasm"));
    const [wasm] = /** @type {PerformanceResourceTiming[]} */ (entries);
    return { ms, transferred: wasm.transferSize, size: wasm.decodedBodySize };
  }, PACKAGE);
  await page.close();
  return { ms: load.ms, from: sourceOf(load) };
}

function sourceOf({ transferred, size }) {
  if (transferred === 0) return "cache";
  return transferred < size ? "cache, revalidated" : "server";
}

function summaryOf(loads) {
  return {
    ...standing(loads.map(({ ms }) => ms)),
    from: [...new Set(loads.map(({ from }) => from))].join(", "),
  };
}

function rowOf([name, { median, min, max, from }]) {
  return [name, median.toFixed(1), min.toFixed(1), max.toFixed(1), from];
}

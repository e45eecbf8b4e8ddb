// The peak memory of the page's process while one result arrives, each in a new browser, and the size of the wasm
// memory afterwards.

import { withBrowser } from "../browser.js";
import { prepare, receive, verify } from "../in-page.js";
import { canReadMemory, forgetPeak, memoryOf } from "../process-memory.js";
import { contendersAt, pathOf, sizeOf } from "../result-sizes.js";
import { reasonOf } from "../rounds.js";
import { printTable } from "../table.js";

const MB = 1024 * 1024;
/** Above this size, the reference client does not finish in a reasonable time. */
const REFERENCE_UP_TO = 64 * MB;

/**
 * @typedef {object} Peak
 * @property {string} size
 * @property {number} total decoded bytes
 * @property {string} contender
 * @property {number} [peak] bytes, like the following
 * @property {number} [before]
 * @property {number} [browserPeak]
 * @property {number} [browserBefore]
 * @property {number} [wasm]
 * @property {string} [cannot] why there are no figures
 */

/** @returns {Promise<Peak[]>} one entry per size and contender */
export async function measureMemory(setting, flags, results) {
  if (!canReadMemory) return [];
  /** @type {Peak[]} */
  const all = [];
  for (const name of flags.sizes) {
    const size = sizeOf(name);
    for (const contender of contendersFor(size, results).filter(flags.isWanted))
      all.push({
        size: size.label,
        total: size.total,
        contender,
        ...(await measure(setting, contender, size)),
      });
  }
  const titles = ["", "peak", "before", "peak − before", "browser's peak", "wasm memory"];
  printTable("memory of the page's process, MB", titles, all.map(rowOf));
  return all;
}

/** Includes only the fastest floor, if that is known. */
function contendersFor(size, results) {
  const floor = results?.find(({ name }) => name === size.name)?.floor ?? "floor (stream)";
  const counts = (name) =>
    name === floor || (!name.startsWith("floor") && (name !== "reference" || size.total <= REFERENCE_UP_TO));
  return contendersAt(size).filter(counts);
}

async function measure(setting, contender, size) {
  try {
    return await withBrowser(setting, (browser) => measureIn(browser, contender, size));
  } catch (error) {
    return { cannot: reasonOf(error) };
  }
}

async function measureIn(browser, contender, size) {
  const page = await browser.page();
  await prepare(page, contender);
  const own = await processOf(browser, page);
  const main = (await browser.processes()).find(({ type }) => type === "browser")?.id;
  await browser.tidy(page);
  for (const id of [own, main]) forgetPeak(id);
  const before = memoryOf(own).now;
  const browserBefore = memoryOf(main).now;
  await receive(page, contender, pathOf(size));
  const { peak } = memoryOf(own);
  const browserPeak = memoryOf(main).peak;
  const wasm = await page.evaluate(() => Reflect.get(globalThis, "wasmMemoryBytes")());
  await verify(page, contender, size);
  return { peak, before, browserPeak, browserBefore, wasm };
}

/** Finds the page's process: the one that uses CPU time when the page is busy. */
async function processOf(browser, page) {
  const before = new Map((await browser.processes()).map(({ id, cpuTime }) => [id, cpuTime]));
  await page.evaluate(() => {
    const until = performance.now() + 300;
    while (performance.now() < until);
  });
  const worked = ({ id, cpuTime }) => cpuTime - (before.get(id) ?? 0);
  const renderers = (await browser.processes()).filter(({ type }) => type === "renderer");
  return renderers.sort((a, b) => worked(b) - worked(a))[0].id;
}

/** @param {Peak} measured */
function rowOf({ size, contender, cannot, peak = 0, before = 0, browserPeak = 0, wasm = 0 }) {
  const name = `${size}, ${contender}`;
  if (cannot) return [name, `cannot: ${cannot}`];
  const whole = [peak, before, peak - before, browserPeak].map((bytes) => (bytes / MB).toFixed(0));
  return [name, ...whole, contender === "ours" ? (wasm / MB).toFixed(1) : ""];
}

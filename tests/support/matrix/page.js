// Playwright's test with a page for the cells of the fault matrix: one for all cells of a worker, so that leftovers of a
// run are detected.

import { watchWasmMemory } from "../../../benches/wasm-memory.js";
import { WAYS } from "../describe.js";
import { test as base, pageOfWorker } from "../engine.js";
import { differencesOf, ROOM, startFaultServers } from "./check.js";
import { whileHidden } from "./hiding.js";
import { ROWS } from "./rows.js";

export const test = base.extend({
  /** `cell(row, way)` returns the differences between a cell and its row. */
  cell: [
    async ({ browser, browserName }, use) => {
      const servers = await startFaultServers({ closing: true });
      const page = await pageOfWorker(browser);
      await page.goto(servers.here.url);
      await page.evaluate(watchWasmMemory);
      await page.evaluate(loadPackage);
      const run = (cell) => page.evaluate(runCell, cell);
      const hidden = (work) => whileHidden(page, browserName, work);
      const cell = (row, way) => differencesOf({ row, way, engine: browserName, servers, run, hidden });
      // The wasm memory that a successful run needs is then available to all others.
      const good = ROWS.find(({ fault }) => fault.includes("gzip"));
      for (const way of WAYS) await cell(good, way);
      await page.evaluate(readMuch);
      const wasmBytes = await page.evaluate(() => globalThis.wasmMemoryBytes());
      await use(async (row, way) => {
        const wrong = await cell(row, way);
        const more = (await page.evaluate(() => globalThis.wasmMemoryBytes())) - wasmBytes;
        return more > ROOM ? [...wrong, `the wasm has ${more} bytes more than good runs need`] : wrong;
      });
      await page.close();
      await servers.close();
    },
    { scope: "worker" },
  ],
});

/** Runs in the page. */
async function loadPackage() {
  const { watchLeftovers } = await import("/tests-support/matrix/leftovers.js");
  watchLeftovers();
  const lib = await import("/pkg/index.js");
  await lib.default();
}

/** Runs in the page. */
async function readMuch() {
  const { readMuch } = await import("/tests-support/matrix/cell.js");
  await readMuch(await import("/pkg/index.js"));
}

/** Runs in the page. */
async function runCell(cell) {
  const { runCell } = await import("/tests-support/matrix/cell.js");
  return runCell(await import("/pkg/index.js"), cell);
}

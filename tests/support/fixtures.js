// Playwright's test with a local endpoint per worker and a page that can import the package.

import { expect } from "@playwright/test";

import { startEndpoint } from "./endpoint.js";
import { test as base, pageOfWorker } from "./engine.js";

export { expect };

const BLANK = "<!doctype html><html lang=en><meta charset=utf-8><title>blank</title><body></body></html>";

/**
 * The demo page, loaded once for all tests of a worker that use it: to load it takes far longer than to try one file of a
 * table.
 *
 * @type {[any, { scope: "worker" }]}
 */
const kept = [
  async ({ browser, endpoint }, use) => {
    const page = await pageOfWorker(browser, { baseURL: endpoint.url });
    await page.goto("/");
    await use(page);
    await page.close();
  },
  { scope: "worker" },
];

export const test = base.extend({
  /** The worker's own endpoint: `{ url, log, close }`. */
  endpoint: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
    async ({}, use) => {
      const endpoint = await startEndpoint();
      await use(endpoint);
      await endpoint.close();
    },
    { scope: "worker" },
  ],

  /** Relative addresses in `page.goto` refer to the endpoint, so `/` is the demo page. */
  baseURL: async ({ endpoint }, use) => {
    await use(endpoint.url);
  },

  /** The demo page for tables of files that are refused: see {@link kept}. Nothing may be opened on it. */
  emptyPage: kept,

  /** The demo page for tables of files that open, one after the other: see {@link kept}. */
  usedPage: kept,

  /** An empty page on the endpoint's origin: `await import("/pkg/index.js")` works in its `evaluate`. */
  blankPage: async ({ page, endpoint }, use) => {
    const address = `${endpoint.url}/blank-page`;
    await page.route(address, (route) => route.fulfill({ contentType: "text/html", body: BLANK }));
    await page.goto(address);
    await use(page);
  },
});

// Playwright's test with a page on which the package and the tests' own helpers can be imported.

import { makeApiSite } from "./api-site.js";
import { pageOfWorker } from "./engine.js";
import { test as base, expect } from "./fixtures.js";
import { hold } from "./requests.js";
import { startSmallEndpoint } from "./small-endpoint.js";

export { expect };

export const test = base.extend({
  /** The worker's own endpoint, with a small picture deployed; it also serves the site of api-site.js. */
  endpoint: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
    async ({}, use) => {
      const site = makeApiSite();
      const endpoint = await startSmallEndpoint({ speed: 200, args: ["--site", site.folder] });
      await use(endpoint);
      await endpoint.close();
      site.remove();
    },
    { scope: "worker" },
  ],

  /**
   * A page on the endpoint's origin in which `import("/tests-support/in-page.js")` works. The document itself comes
   * from the endpoint (its "Not found" page): one that Playwright fulfils counts as loaded from
   * elsewhere, and Chromium does not let such a page call other addresses.
   */
  apiPage: async ({ page, endpoint }, use) => {
    await page.goto(`${endpoint.url}/no-such-page`);
    await use(page);
  },

  /** The same page for all tests of a worker that change nothing in it: for the rows of a table. */
  keptPage: [
    async ({ browser, endpoint }, use) => {
      const page = await pageOfWorker(browser);
      await page.goto(`${endpoint.url}/no-such-page`);
      await use(page);
      await page.close();
    },
    { scope: "worker" },
  ],

  /** A second endpoint, and thus an origin other than the page's. */
  elsewhere: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
    async ({}, use) => {
      const endpoint = await startSmallEndpoint({ speed: 200 });
      await use(endpoint);
      await endpoint.close();
    },
    { scope: "worker" },
  ],

  /** The worker's endpoint for {@link held}. */
  holding: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
    async ({}, use) => {
      const endpoint = await startSmallEndpoint({ speed: 200 });
      await use(endpoint);
      await endpoint.close();
    },
    { scope: "worker" },
  ],

  /** An endpoint that withholds results: a run writes its log and lasts until it is aborted or released. */
  held: async ({ holding }, use) => {
    await hold(holding.url);
    await use(holding);
  },
});

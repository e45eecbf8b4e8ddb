// Playwright's test with a page on which the package and the tests' own helpers are loaded.

import { readFile } from "node:fs/promises";

import { test as base, expect } from "./fixtures.js";

export { expect };

const HELPERS = ["in-page.js", "describe.js"];

export const test = base.extend({
  /** The worker's own endpoint, with a small picture deployed. */
  endpoint: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
    async ({}, use) => {
      const endpoint = await startSmallEndpoint({ speed: 200 });
      await use(endpoint);
      await endpoint.close();
    },
    { scope: "worker" },
  ],

  /** A page on the endpoint's origin in which `import("/tests-support/in-page.js")` works. */
  apiPage: async ({ blankPage }, use) => {
    for (const name of HELPERS) {
      const body = await readFile(new URL(name, import.meta.url), "utf8");
      await blankPage.route(`**/tests-support/${name}`, (route) =>
        route.fulfill({ contentType: "text/javascript", body }),
      );
    }
    await use(blankPage);
  },

  /** A second endpoint, so another origin than the page's. */
  elsewhere: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
    async ({}, use) => {
      const endpoint = await startSmallEndpoint({ speed: 200 });
      await use(endpoint);
      await endpoint.close();
    },
    { scope: "worker" },
  ],

  /** An endpoint slow enough to end a run on its way. */
  slow: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
    async ({}, use) => {
      const endpoint = await startSmallEndpoint({ speed: 2 });
      await use(endpoint);
      await endpoint.close();
    },
    { scope: "worker" },
  ],
});

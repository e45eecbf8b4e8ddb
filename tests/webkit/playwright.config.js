// How the tests of the package's API and of its tags run in WebKitGTK: the specs of tests/browser that need a page and
// nothing else of Playwright's browsers, which do not include this one. page.js is what they get for a page.

import { fileURLToPath } from "node:url";

import { defineConfig } from "@playwright/test";

import { SHARED } from "../support/playwright.js";

// Read by tests/support/engine.js; Playwright hands it on to its workers.
process.env.VIEWCOMFY_ENGINE = "webkit";

const root = fileURLToPath(new URL("../../", import.meta.url));

export default defineConfig({
  ...SHARED,
  testDir: "../browser",
  testMatch: ["api-*.spec.js", "element-engines.spec.js"],
  reporter: [["list"], ["json", { outputFile: `${root}.cache/browser-tests.json` }]],
  projects: [{ name: "webkit", use: { browserName: "webkit" } }],
});

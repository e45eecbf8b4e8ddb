// How the browser tests run: real Chromium and Firefox, the built package, a local endpoint per worker. The third
// engine has tests/webkit/playwright.config.js.

import { defineConfig } from "@playwright/test";

import { findBrowser } from "./scripts/browser.js";
import { findFirefox } from "./scripts/other-engines.js";
import { SHARED } from "./tests/support/playwright.js";

const isRoot = process.getuid?.() === 0;
const firefox = findFirefox();

const inFirefox = {
  browserName: /** @type {const} */ ("firefox"),
  // Playwright then drives a Firefox as it is, not one of its own making.
  channel: "moz-firefox",
  launchOptions: {
    executablePath: firefox ?? undefined,
    // Without a screen it finds no mouse: this is one that is fine and can hover.
    firefoxUserPrefs: { "ui.primaryPointerCapabilities": 6, "ui.allPointerCapabilities": 6 },
  },
};

const FIREFOX = [
  {
    name: "firefox",
    testMatch: ["api-*.spec.js", "proxy*.spec.js", "react*.spec.js", "compat-app.spec.js"],
    use: inFirefox,
  },
  // The tags, all but how they look, which is made of what every browser does alike.
  {
    name: "firefox-tags",
    testMatch: [
      "element-run",
      "element-place",
      "element-hostile",
      "element-file",
      "element-mask",
      "element-workflow",
    ].map((name) => `${name}.spec.js`),
    use: inFirefox,
  },
  // Of the page what a visitor comes for; the rest of it has no code that knows a browser.
  { name: "firefox-page", testMatch: ["page-run.spec.js", "page-open.spec.js"], use: inFirefox },
  {
    name: "firefox-look",
    testMatch: ["page-look.spec.js", "page-convert.spec.js"],
    grep: /@main-path/,
    use: inFirefox,
  },
];

export default defineConfig({
  ...SHARED,
  testDir: "tests/browser",
  use: { trace: "retain-on-failure", screenshot: "only-on-failure" },
  projects: [
    {
      name: "chromium",
      use: {
        browserName: "chromium",
        launchOptions: {
          executablePath: findBrowser() ?? undefined,
          args: [
            // Chromium refuses its sandbox to root.
            ...(isRoot ? ["--no-sandbox"] : []),
            "--disable-gpu",
            "--disable-quic",
            "--disable-background-networking",
          ],
        },
      },
    },
    ...(firefox ? FIREFOX : []),
  ],
});

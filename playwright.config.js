// How the browser tests run: real Chromium, the built package, a local endpoint per worker.

import { defineConfig } from "@playwright/test";

import { findBrowser } from "./scripts/browser.js";

const isRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: "tests/browser",
  testMatch: "**/*.spec.js",
  fullyParallel: true,
  workers: 2,
  retries: 0,
  timeout: 30_000,
  forbidOnly: Boolean(process.env.CI),
  // scripts/test.js reads the counts from the file.
  reporter: [["list"], ["json", { outputFile: ".cache/browser-tests.json" }]],
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
  ],
});

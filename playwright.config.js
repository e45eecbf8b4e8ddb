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
  // What hangs ends after this; how long anything takes is for the benchmark.
  timeout: 180_000,
  expect: { timeout: 60_000 },
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

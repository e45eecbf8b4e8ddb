// What Playwright's configurations share.

/** @type {import("@playwright/test").PlaywrightTestConfig} */
export const SHARED = {
  testMatch: "**/*.spec.js",
  fullyParallel: true,
  workers: 2,
  retries: 0,
  // Ends tests that hang; the benchmark measures time.
  timeout: 180_000,
  expect: { timeout: 60_000 },
  forbidOnly: Boolean(process.env.CI),
  // scripts/test.js reads the counts from the file.
  reporter: [["list"], ["json", { outputFile: ".cache/browser-tests.json" }]],
};

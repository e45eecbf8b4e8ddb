// Playwright's test with the hook's app on a page, and helpers for the tests.

import { test as base, expect } from "./api-page.js";
import { bundleApp, openApp } from "./bundled-app.js";
import { forgetRequests } from "./requests.js";

export { expect };

/** Keys of the small picture. */
export const KEYS = { seed: "3-inputs-seed", text: "6-inputs-text" };
export const PARAMS = { [KEYS.text]: "a red fox", [KEYS.seed]: 5 };

/** The app's code by version of React; a worker bundles each once. */
const bundles = new Map();

function bundleOf(react) {
  if (!bundles.has(react)) bundles.set(react, bundleApp("tests/fixtures/react-app/main.jsx", { react }));
  return bundles.get(react);
}

export const test = base.extend({
  /** The version of React on the page. */
  react: [19, { option: true }],

  /** The app mounted: `mount(settings)`. Any warning of React fails the test. */
  mount: async ({ page, endpoint, held, react }, use) => {
    for (const { url } of [endpoint, held]) await forgetRequests(url);
    await use(async (settings) => {
      await openApp(page, endpoint, await bundleOf(react));
      await page.evaluate(async (settings) => {
        await import("/pkg/bundled-app.js");
        await globalThis.app.mount(settings);
      }, settings);
    });
    const { warnings, version } = await page.evaluate(() => {
      const { warnings, version } = globalThis.app;
      return { warnings, version };
    });
    expect(warnings).toEqual([]);
    expect(version).toMatch(new RegExp(`^${react}\\.`));
  },
});

export const endpointOf = (server, query = "") => `${server.url}/infer${query}`;
export const statusOf = (page) => page.evaluate(() => globalThis.app.hook.status);
export const unmount = (page) => page.evaluate(() => globalThis.app.root.unmount());

/** Runs to the end and returns the outcome. */
export function run(page, request = { params: PARAMS }) {
  return page.evaluate(async (request) => {
    const { app } = globalThis;
    const outcome = await app.hook.run(request);
    app.flush();
    const { status, logs, progress, result, error } = app.hook;
    const [output] = result?.outputs ?? [];
    return {
      same: outcome === result,
      statuses: app.seen.map((seen) => seen.status).filter((now, at, all) => now !== all[at - 1]),
      shown: document.querySelector("output").textContent,
      status,
      logs,
      progress,
      output: output && { filename: output.filename, isFile: output.file instanceof File },
      error: error && { name: error.name, code: error.code, message: error.message },
    };
  }, request);
}

/** Starts a run and does not wait for it; `outcomes(page)` does. */
export function begin(page, request = { params: PARAMS }) {
  return page.evaluate((request) => {
    const { app } = globalThis;
    app.outcomes = [...(app.outcomes ?? []), app.hook.run(request)];
  }, request);
}

/** The status of the outcome of each run that was started, or null. */
export const outcomes = (page) =>
  page.evaluate(async () =>
    (await Promise.all(globalThis.app.outcomes)).map((result) => result?.status ?? null),
  );

// Playwright's test with the demo as `npm start` serves it in front of a deployment: a second endpoint with its own
// credentials and without CORS. Everything that reaches the page is recorded and searched for the secret.

import { test as base } from "@playwright/test";

import { forgetRequests } from "../browser/page-driver.js";
import { startDemo } from "./demo.js";
import { startEndpoint } from "./endpoint.js";
import { release } from "./requests.js";
import { findSecrets } from "./secrets.js";
import { tapInto } from "./tap.js";

export const ID = "id/of+the~deployment";
export const SECRET = "s3cr3t/of+the~deployment?";
const CREDENTIALS = ["--client-id", ID, "--client-secret", SECRET];

/** A deployment and the demo in front of it. */
async function startPair({ query = "", variables = (_deployment) => ({}) } = {}) {
  const deployment = await startEndpoint({ args: ["--no-cors", ...CREDENTIALS] });
  const demo = await startDemo({
    VIEWCOMFY_API_URL: `${deployment.url}/infer${query}`,
    VIEWCOMFY_CLIENT_ID: ID,
    VIEWCOMFY_CLIENT_SECRET: SECRET,
    ...variables(deployment),
  });
  const close = async () => {
    await demo.close();
    await deployment.close();
  };
  return { deployment, demo, close };
}

export const test = base.extend({
  /** The worker's own pair. */
  pair: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
    async ({}, use) => {
      const pair = await startPair();
      await use(pair);
      await pair.close();
    },
    { scope: "worker" },
  ],

  /** `start()` returns the worker's pair, or with options a new one; `leaks()` lists the secrets found in everything received. */
  start: async ({ page, pair }, use) => {
    const opened = [];
    await use(async (options) => {
      const { deployment, demo, close } = options ? await startPair(options) : pair;
      if (options) opened.push(close);
      else await Promise.all([forgetRequests(deployment), release(deployment.url)]);
      const tap = await tapInto(demo.url);
      opened.push(tap.close);
      return { deployment, demo, url: tap.url, ...watch(page, tap) };
    });
    for (const close of opened.reverse()) await close();
  },
});

/** Everything that was received, what the page contains, and the requests that failed. */
function watch(page, tap) {
  const failed = [];
  page.on("response", (response) => response.status() >= 400 && failed.push(response.url()));
  page.on("requestfailed", (request) => {
    // A run ends with its result: the package does not wait for the end of the stream.
    if (request.failure()?.errorText !== "net::ERR_ABORTED") failed.push(request.url());
  });
  const shown = async () => Buffer.from(await page.evaluate(shownText));
  const leaks = async () => findSecrets([ID, SECRET], Buffer.concat([tap.received(), await shown()]));
  return { failed, received: tap.received, shown, leaks };
}

/** In the page: everything that it contains, as text. */
function shownText() {
  const fields = [...document.querySelectorAll("input, textarea")];
  const values = fields.map((each) => /** @type {HTMLInputElement} */ (each).value);
  const stored = JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]);
  return [document.documentElement.outerHTML, ...values, stored].join("\n");
}

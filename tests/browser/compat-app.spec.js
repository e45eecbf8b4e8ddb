// An app written for the TypeScript client, with one import changed, in a page.

import { test as base } from "../support/api-page.js";
import { openApp } from "../support/bundled-app.js";
import { bundleMovedApp, CHECKS } from "../support/compat-app.js";
import { forgetRequests } from "../support/requests.js";

const test = base.extend({
  bundle: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
    async ({}, use) => use(await bundleMovedApp("web")),
    { scope: "worker" },
  ],
});

/** Calls a function of the app on the page. */
const callOn =
  (page) =>
  (name, ...args) =>
    page.evaluate(
      async ([name, args]) => {
        const app = await import("/pkg/bundled-app.js");
        const fileOf = async (given) => {
          if (!given?.file) return given;
          const content = await fetch(`data:image/png;base64,${given.file}`);
          return new File([await content.blob()], "pixel.png", { type: "image/png" });
        };
        return app[name](...(await Promise.all(args.map(fileOf))));
      },
      [name, args],
    );

for (const [name, check] of Object.entries(CHECKS)) {
  test(name, async ({ page, endpoint, bundle }) => {
    await openApp(page, endpoint, bundle);
    await forgetRequests(endpoint.url);
    await check(callOn(page), endpoint);
  });
}

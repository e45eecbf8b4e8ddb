// WebKitGTK's MiniBrowser in the place of Playwright's browser.

import { findWebKit } from "../../scripts/other-engines.js";
import { Page } from "./page.js";
import { startDriver, startScreen } from "./programs.js";
import { startSession } from "./session.js";

/** Playwright's test whose `browser` and `page` are WebKitGTK's. */
export function inWebKit(test) {
  return test.extend({
    browser: [
      // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
      async ({}, use) => {
        const browser = await startMiniBrowser();
        await use(browser);
        await browser.close();
      },
      { scope: "worker" },
    ],

    page: async ({ browser }, use) => {
      const page = await browser.newPage();
      await use(page);
      await page.close();
    },
  });
}

async function startMiniBrowser() {
  const programs = findWebKit();
  if (!programs) throw new Error('WebKitGTK is not there: run "node scripts/setup.js"');
  const screen = await startScreen(programs.screen);
  const driver = await startDriver(programs.driver, screen.display);
  const session = await startSession(driver.url, {
    browserName: "MiniBrowser",
    "webkitgtk:browserOptions": { binary: programs.miniBrowser, args: ["--automation"] },
  });
  return {
    newPage: async () => new Page(session, await session.open()),
    async close() {
      await session.end();
      await driver.close();
      await screen.close();
    },
  };
}

// The demo page with what strangers wrote: without its policy, so that the page alone has to keep them from running a script.

import { expect } from "@playwright/test";

import { SCRIPT } from "./hostile-parts.js";
import { pageDocument } from "./scripted-page.js";

/** The same markup where a name may have no slash. */
export const NAME = SCRIPT.replaceAll("/", "");

/** What text becomes when it is parsed. The page's own document has none of it. */
const HARMFUL = [
  "script, iframe, object, embed, base, [onerror], img[src='x']",
  "a[href^='javascript' i], a[href^='data' i], [src^='javascript' i]",
]
  .join(", ")
  .split(", ")
  .map((selector) => `body ${selector}`)
  .join(", ");

/** From now on the page comes without its policy, which would stop most of it, too. */
export async function withoutPolicy(page) {
  const body = await pageDocument({ policy: false });
  await page.route("**/", (route) => route.fulfill({ contentType: "text/html", body }));
}

export async function expectHarmless(page) {
  expect(await page.locator(HARMFUL).count()).toBe(0);
  expect(await page.evaluate(() => globalThis.ran)).toBeUndefined();
}

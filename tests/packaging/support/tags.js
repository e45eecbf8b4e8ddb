// Uses a page with both tags as a visitor does, and holds it to what a run shows.

import assert from "node:assert/strict";

import { PATIENCE } from "../../support/patience.js";
import { checkReceived } from "./checks.js";
import { inPage } from "./page.js";

/**
 * @param {string} url
 * @param {object} options
 * @param {string} options.endpoint the endpoint's address
 * @param {boolean} options.fill whether the text is typed, where the app does not give it
 */
export async function checkTags(url, { endpoint, fill }) {
  // Both tags together: what looks into the workflow, and the client.
  await inPage(url, { wasm: 2 }, async (page) => {
    const text = page.getByLabel("Text").first();
    await text.waitFor(PATIENCE);
    if (fill) await text.fill("a red fox");
    await page.getByRole("button", { name: "Run" }).click();
    const picture = page.getByRole("img", { name: /^Output / });
    await picture.waitFor(PATIENCE);
    assert.equal(await picture.evaluate((image) => image.decode().then(() => image.naturalWidth)), 64);
    await page.locator("comfy-workflow [data-node]").first().waitFor(PATIENCE);
    assert.equal(await page.locator("comfy-workflow [data-node]").count(), 7);
    await page.getByText(/^Log/).click();
    assert.match(await page.getByRole("log").textContent(), /Prompt executed/);
    await page.waitForFunction(
      () => document.querySelector("viewcomfy-app").status === "done",
      null,
      PATIENCE,
    );
  });
  await checkReceived(endpoint);
}

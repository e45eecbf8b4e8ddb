// The demo in front of a deployment by the cloud API: a reload in mid-run finds the run again, and its outputs can be saved.

import { test as base, expect } from "@playwright/test";

import { startCloud } from "../support/cloud.js";
import { startDemo } from "../support/demo.js";
import { runButton, runState, saved } from "./page-driver.js";

const test = base.extend({
  pair: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
    async ({}, use) => {
      const cloud = await startCloud({ speed: 4 });
      const variables = {
        VIEWCOMFY_API_URL: `${cloud.url}/infer?cloud=1`,
        VIEWCOMFY_CLOUD_URL: `${cloud.url}/cloud`,
        VIEWCOMFY_CLIENT_ID: "local-id",
        VIEWCOMFY_CLIENT_SECRET: "local-secret",
        VIEWCOMFY_LINK_HOSTS: new URL(cloud.url).host,
      };
      const demo = await startDemo(variables, ["--cloud"]);
      await use({ cloud, demo });
      await demo.close();
      await cloud.close();
    },
    { scope: "worker" },
  ],
});

test("a page that is loaded again in mid-run goes on with it, and its outputs can be saved", async ({
  page,
  pair,
}) => {
  await page.goto(pair.demo.url);
  await page.getByRole("button", { name: /Text to image/ }).click();
  await page.locator("body[data-inspected]").waitFor();
  await expect(page.getByText("Your deployment, through the cloud API", { exact: true })).toBeVisible();
  await runButton(page).click();
  const entry = page.locator("#earlier").getByRole("listitem");
  await expect(entry).toContainText("Running");
  await page.reload();
  await runState(page, "done");
  await expect(entry.first()).toContainText("Done");
  const picture = page.getByRole("img", { name: /^Output / });
  await expect(picture).toBeVisible();
  expect(await picture.evaluate((image) => image.naturalWidth)).toBeGreaterThan(0);
  const { bytes } = await saved(page, page.getByRole("button", { name: /^Save .*\.png/ }));
  expect(bytes.subarray(1, 4).toString()).toBe("PNG");
  const { jobs } = await pair.cloud.counts();
  expect(jobs.map(({ taken }) => taken)).toEqual([1]);
});

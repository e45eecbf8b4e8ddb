// The demo in front of a ComfyUI server: definitions by themselves, previews, and runs that a reload finds again.

import { expect } from "@playwright/test";

import { test } from "../support/comfy-page.js";
import { until } from "../support/comfyui.js";
import { runButton, runState, saved, showTab } from "./page-driver.js";

const earlier = (page) => page.getByRole("listitem").filter({ has: page.getByRole("time") });

async function open(page, url) {
  await page.goto(url);
  await page.getByRole("button", { name: /Text to image/ }).click();
  await page.locator("body[data-inspected]").waitFor();
}

async function expectPicture(page) {
  await runState(page, "done");
  const picture = page.getByRole("img", { name: /^Output / });
  await expect(picture).toBeVisible();
  expect(await picture.evaluate((image) => image.naturalWidth)).toBeGreaterThan(0);
}

test.afterEach(({ pair }) => pair.comfy.faults({}));

test("the server's definitions are there by themselves, and a run shows previews and its picture", async ({
  page,
  pair,
}) => {
  await open(page, pair.demo.url);
  await expect(page.getByText("ComfyUI", { exact: true })).toBeVisible();
  await showTab(page, /^Problems/);
  await expect(page.getByText(/^Checked against .* classes/)).toBeVisible();
  await pair.comfy.faults({ hold: true });
  await runButton(page).click();
  await expect(page.getByRole("img", { name: /^Preview of/ })).toBeVisible();
  await pair.comfy.faults({});
  await expectPicture(page);
  await expect(page.getByRole("img", { name: /^Preview of/ })).toHaveCount(0);
  const { name, bytes } = await saved(page, page.getByRole("button", { name: /^Save .*\.png/ }));
  expect(name).toMatch(/\.png$/);
  expect(bytes.subarray(1, 4).toString()).toBe("PNG");
});

test("a page that is loaded again in mid-run goes on with it, and its outputs can be saved", async ({
  page,
  pair,
}) => {
  await open(page, pair.demo.url);
  await pair.comfy.faults({ hold: true });
  await runButton(page).click();
  await runState(page, "running");
  await page.reload();
  await expect(earlier(page).first()).toContainText("Running");
  await page.locator("#run[data-run=sending], #run[data-run=running]").waitFor();
  await pair.comfy.faults({});
  await expectPicture(page);
  await expect(earlier(page).first()).toContainText("Done");
  const { bytes } = await saved(page, page.getByRole("button", { name: /^Save .*\.png/ }));
  expect(bytes.subarray(1, 4).toString()).toBe("PNG");
  const { prompts } = await pair.comfy.counts();
  expect(Object.values(prompts).map(({ posted }) => posted)).toEqual(Object.values(prompts).map(() => 1));
});

test("an earlier run is shown again, cancelled, forgotten", async ({ page, pair }) => {
  await open(page, pair.demo.url);
  await runButton(page).click();
  await expectPicture(page);
  await page.reload();
  await earlier(page).getByRole("button", { name: /^Show/ }).click();
  await expectPicture(page);
  await page.getByRole("button", { name: /Text to image/ }).click();
  await page.locator("body[data-inspected]").waitFor();
  // The same seed again would be answered from ComfyUI's cache.
  await page.getByRole("switch", { name: /^Random each run/ }).check();
  await pair.comfy.faults({ hold: true });
  await runButton(page).click();
  await runState(page, "running");
  await page.getByRole("button", { name: "Cancel", exact: true }).click();
  await runState(page, "cancelled");
  await expect(earlier(page).first()).toContainText("Cancelled");
  const { id } = (await page.evaluate(() => JSON.parse(localStorage.getItem("runs") ?? "[]")))[0];
  const ended = `${pair.demo.url}/api/viewcomfy?prompt_ids=${encodeURIComponent(id)}`;
  await until(async () => (await (await fetch(ended)).json())[0]?.status === "canceled");
  await pair.comfy.faults({});
  await page.getByRole("button", { name: "Clear" }).click();
  await expect(earlier(page)).toHaveCount(0);
});

test("what is kept has no secret and no file, and a run that the server forgot says so", async ({
  page,
  pair,
}) => {
  await open(page, pair.demo.url);
  await runButton(page).click();
  await expectPicture(page);
  const kept = await page.evaluate(() => JSON.parse(localStorage.getItem("runs") ?? "[]"));
  expect(kept).toHaveLength(1);
  expect(Object.keys(kept[0]).sort()).toEqual(["at", "endpoint", "id", "name", "state", "values"]);
  expect(kept[0]).toMatchObject({
    endpoint: "/api/viewcomfy",
    state: "done",
    values: expect.stringMatching(/^\{"3-inputs-seed":\d+\}$/),
  });
  await pair.comfy.restart();
  await page.reload();
  await earlier(page).getByRole("button", { name: /^Show/ }).click();
  await runState(page, "failed");
  await expect(page.getByRole("heading", { name: /does not know this run/ })).toBeVisible();
  await expect(earlier(page)).toContainText("does not know it");
});

// The demo in front of a ComfyUI server: definitions by themselves, previews, and runs that a reload finds again.

import { expect } from "@playwright/test";

import { test } from "../support/comfy-page.js";
import { until } from "../support/comfyui.js";
import { forgetContents, keptRuns, runButton, runState, saved, showTab } from "./page-driver.js";

const earlier = (page) => page.locator("#earlier").getByRole("listitem");

async function open(page, url) {
  await page.goto(url);
  await page.getByRole("button", { name: /Text to image/ }).click();
  await page.locator("body[data-inspected]").waitFor();
}

/** The seed of an earlier run would be answered from ComfyUI's cache: at once, and without a preview. */
async function drawSeed(page) {
  await page.getByRole("switch", { name: /^Random each run/ }).check();
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

test("the lines for a page of one's own load the definitions from where they are", async ({ page, pair }) => {
  await open(page, pair.demo.url);
  await page.getByText("Code", { exact: true }).click();
  await page.getByRole("tab", { name: "HTML", exact: true }).click();
  const lines = page.getByLabel("HTML", { exact: true });
  await expect(lines).toContainText("app.definitions = await");
  const [, address] = /app\.definitions = await \(await fetch\("([^"]+)"\)\)/.exec(await lines.textContent());
  const classes = await page.evaluate(async (from) => Object.keys(await (await fetch(from)).json()), address);
  expect(classes).toContain("KSampler");
});

test("previews have the place of the picture: nothing below them moves", async ({ page, pair }) => {
  await open(page, pair.demo.url);
  const end = () => page.locator("#outputs").evaluate((panel) => panel.getBoundingClientRect().bottom);
  await drawSeed(page);
  const before = await end();
  await pair.comfy.faults({ hold: true });
  await runButton(page).click();
  const preview = page.getByRole("img", { name: /^Preview of/ });
  await expect(preview).toBeVisible();
  expect(await preview.evaluate((image) => image.complete && image.naturalWidth > 0)).toBe(true);
  expect(await end()).toBe(before);
  await page.keyboard.press("Escape");
  await runState(page, "cancelled");
  await expect(preview).toHaveCount(0);
  expect(await end()).toBe(before);
});

test("a page that is loaded again in mid-run goes on with it, and its outputs can be saved", async ({
  page,
  pair,
}) => {
  await open(page, pair.demo.url);
  await drawSeed(page);
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
  await drawSeed(page);
  await pair.comfy.faults({ hold: true });
  await runButton(page).click();
  await runState(page, "running");
  await page.getByRole("button", { name: "Cancel", exact: true }).click();
  await runState(page, "cancelled");
  await expect(earlier(page).first()).toContainText("Cancelled");
  const [{ promptId }] = await keptRuns(page);
  const ended = `${pair.demo.url}/api/viewcomfy?prompt_ids=${encodeURIComponent(promptId)}`;
  await until(async () => (await (await fetch(ended)).json())[0]?.status === "canceled");
  await pair.comfy.faults({});
  await page.getByRole("button", { name: "Clear" }).click();
  await expect(earlier(page)).toHaveCount(0);
});

test("a run is kept with its values, without a secret, and one that the server forgot says so", async ({
  page,
  pair,
}) => {
  await open(page, pair.demo.url);
  await runButton(page).click();
  await expectPicture(page);
  await expect(earlier(page)).toContainText("Done");
  const [run, ...others] = await keptRuns(page);
  expect(others).toEqual([]);
  expect(Object.keys(run).sort()).toEqual([
    "at",
    "bytes",
    "contents",
    "endpoint",
    "id",
    "name",
    "outputs",
    "picture",
    "promptId",
    "seconds",
    "seeds",
    "state",
  ]);
  expect(run).toMatchObject({ endpoint: "/api/viewcomfy", state: "done", name: "text-to-image.json" });
  expect(Object.keys(run.contents).sort()).toEqual(["files", "id", "prompt", "values", "workflow"]);
  expect(Object.keys(run.contents.values)).toEqual(["3-inputs-seed"]);
  expect(String(run.contents.values["3-inputs-seed"])).toBe(run.seeds[0].value);
  await pair.comfy.restart();
  await forgetContents(page);
  await page.reload();
  await earlier(page).getByRole("button", { name: /^Show/ }).click();
  await runState(page, "failed");
  await expect(page.getByRole("heading", { name: /no longer knows this run/ })).toBeVisible();
  await expect(earlier(page)).toContainText("no longer knows it");
});

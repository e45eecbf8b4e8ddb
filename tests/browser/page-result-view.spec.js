// On a phone what a run made comes into view, unless the person went on with the form meanwhile.

import { expect, test } from "@playwright/test";

import { PHONE } from "../support/finger-hand.js";
import { output, startScriptedPage } from "../support/scripted-page.js";
import { drawPng, runButton, runState } from "./page-driver.js";

test.use({ ...PHONE, contextOptions: { reducedMotion: "reduce" } });

let site;
let end;
let made;

test.beforeAll(async () => {
  site = await startScriptedPage(async () => {
    await made;
    return { outputs: [output("a.png", "image/png", png)] };
  });
});

test.afterAll(() => site.close());

let png;

test.beforeEach(async ({ page }) => {
  made = new Promise((resolve) => (end = resolve));
  await page.goto(site.url);
  png ??= await drawPng(page, 64, 64, "#369");
  await page.getByRole("button", { name: /^Text to image/ }).tap();
  await page.locator("body[data-inspected]").waitFor();
});

async function endRun(page) {
  end();
  await runState(page, "done");
  await expect(page.locator("#announcer")).toHaveText(/^Done: 1 output/);
  await expect(page.getByRole("img", { name: "Output a.png" })).toBeAttached();
}

test("the result comes into view", async ({ page }) => {
  await runButton(page).tap();
  await endRun(page);
  await expect(page.locator("#outputs")).toBeInViewport();
});

test("a field that is filled in meanwhile stays where it is", async ({ page }) => {
  const prompt = page.getByRole("textbox", { name: "Prompt, Text", exact: true });
  await runButton(page).tap();
  await prompt.tap();
  await prompt.press("ControlOrMeta+A");
  const before = await page.evaluate(() => scrollY);
  await endRun(page);
  expect(await page.evaluate(() => scrollY)).toBe(before);
  await expect(page.locator("#outputs")).not.toBeInViewport();
  await expect(prompt).toBeFocused();
  await page.keyboard.type("next");
  await expect(prompt).toHaveValue("next");
});

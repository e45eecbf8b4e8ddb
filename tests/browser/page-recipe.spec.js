// What a file tells of itself: the picture, how its outputs are made, models and packs to copy, the author's notes.

import AxeBuilder from "@axe-core/playwright";

import { expect, test } from "../support/fixtures.js";
import { fixture, found } from "../support/found.js";
import { drop, openExample, showTab } from "./page-driver.js";

const card = (page, title) => page.getByRole("region", { name: title, exact: true });

/** What a press puts into the clipboard. */
async function copied(page, button) {
  await page.evaluate(() => {
    Object.defineProperty(navigator, "clipboard", {
      value: { writeText: async (text) => (globalThis.copiedText = text) },
    });
  });
  await button.click();
  await expect(button).toHaveText("Copied");
  return page.evaluate(() => globalThis.copiedText);
}

test("the recipe of an output leads to where each fact stands, and is text to copy", async ({ page }) => {
  await openExample(page, "Text to image");
  await showTab(page, "About");
  const recipe = card(page, "How it is made");
  await expect(recipe.locator("dl")).toHaveCount(1);
  await expect(recipe.locator("dt")).toContainText([
    "Prompt",
    "Not wanted",
    "Model",
    "Sampler",
    "Steps",
    "CFG",
  ]);
  const text = await copied(page, recipe.getByRole("button", { name: /Cop/ }));
  expect(text.split("\n")).toContain("Seed: 11400714819323198485");
  expect(text.split("\n")).toContain("Size: 768 × 512");
  await recipe.getByRole("button", { name: "euler", exact: true }).click();
  await expect(page.getByRole("region", { name: /^Selected node: / })).toBeVisible();
});

test("of an editor's file packs, notes and models are shown, and copied as lists", async ({ page }) => {
  await page.goto("/");
  await drop(page, fixture("convert/templates/image_qwen_image_instantx_controlnet.ui.json"));
  await page.locator("body[data-state=ready]").waitFor();
  await showTab(page, "About");
  await expect(card(page, "How it is made")).toBeVisible();
  await expect(card(page, "Packs of nodes")).toContainText("comfy-core");
  await expect(card(page, "Notes in the file").getByRole("listitem").first()).not.toBeEmpty();
  const link = page.getByRole("link", { name: /^Download / }).first();
  await expect(link).toHaveAttribute("href", /^https:\/\//);
  await expect(link).toHaveAttribute("rel", /noopener/);
  const models = card(page, "Models");
  const lines = (await copied(page, models.getByRole("button", { name: /links|Copied/ }))).split("\n");
  expect(lines.every((line) => /^[\w ]+\/\S+\.safetensors {2}https:\/\/\S+$/.test(line))).toBe(true);
  const { violations } = await new AxeBuilder({ page }).include("#panel").analyze();
  expect(violations).toEqual([]);
});

test("a dropped picture stands beside what was found in it, and a video with its controls", async ({
  page,
}) => {
  await page.goto("/");
  await drop(page, found("text.png"));
  await page.getByRole("button", { name: /^The opened picture, text\.png/ }).click();
  const picture = page.locator("#panel").getByRole("img", { name: "text.png" });
  await expect(picture).toBeVisible();
  expect(await picture.evaluate((image) => image.naturalWidth)).toBeGreaterThan(0);
  await drop(page, found("film.mp4"));
  await expect(page.getByRole("heading", { name: "film.mp4" })).toBeVisible();
  await showTab(page, "About");
  await expect(page.locator("#panel video[controls]")).toBeVisible();
});

test("of another program's picture its settings are shown, though there is no workflow", async ({ page }) => {
  await page.goto("/");
  await drop(page, found("none/parameters.png"));
  const notice = page.getByRole("alert");
  await expect(notice).toContainText("no workflow");
  await expect(notice.getByRole("img", { name: "parameters.png" })).toBeVisible();
  await expect(notice.locator("dt")).toContainText(["Prompt"]);
  await expect(notice.locator("dt").getByText("Steps", { exact: true })).toBeVisible();
  await expect(notice.getByRole("button", { name: "Copy as it stands" })).toBeVisible();
});

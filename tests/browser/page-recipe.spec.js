// What a file tells besides its problems: how its outputs are made, what it needs, its notes.

import AxeBuilder from "@axe-core/playwright";

import { expect, test } from "../support/fixtures.js";
import { fixture } from "../support/found.js";
import { drop, openExample, showTab } from "./page-driver.js";

const card = (page, title) =>
  page.locator("details.about-file", { has: page.getByRole("heading", { name: title }) });

test("the recipe of an output leads to where each fact stands", async ({ page }) => {
  await openExample(page, "Text to image");
  await showTab(page, /^Problems/);
  const recipe = card(page, "How it is made");
  await recipe.locator("summary").click();
  await expect(recipe.locator("dl")).toHaveCount(1);
  await expect(recipe.locator("dt")).toContainText([
    "Prompt",
    "Not wanted",
    "Model",
    "Sampler",
    "Steps",
    "CFG",
  ]);
  await recipe.getByRole("button", { name: "euler", exact: true }).click();
  await expect(page.getByRole("region", { name: /^Selected node: / })).toBeVisible();
});

test("of an editor's file packs, notes and links to models are shown", async ({ page }) => {
  await page.goto("/");
  await drop(page, fixture("convert/templates/image_qwen_image_instantx_controlnet.ui.json"));
  await page.locator("body[data-state=ready]").waitFor();
  await showTab(page, /^Problems/);
  await expect(card(page, "How it is made")).toBeVisible();
  await card(page, "Packs of nodes").locator("summary").click();
  await expect(card(page, "Packs of nodes")).toContainText("comfy-core");
  await card(page, "Notes in the file").locator("summary").click();
  await expect(card(page, "Notes in the file").getByRole("listitem").first()).not.toBeEmpty();
  const link = page.getByRole("link", { name: /^Download / }).first();
  await expect(link).toHaveAttribute("href", /^https:\/\//);
  const { violations } = await new AxeBuilder({ page }).include("#panel").analyze();
  expect(violations).toEqual([]);
});

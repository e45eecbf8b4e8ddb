// Undo and redo, step by step, by buttons and by keys.

import { expect, test } from "../support/fixtures.js";
import { field, openExample } from "./page-driver.js";

const undo = (page) => page.getByRole("button", { name: "Undo (Ctrl+Z)" });
const redo = (page) => page.getByRole("button", { name: "Redo (Ctrl+Shift+Z)" });

test.beforeEach(({ page }) => openExample(page, /Text to image/));

test("what was typed into one field is one step back, whatever it was", async ({ page }) => {
  await field(page, "Sampler, steps").focus();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("123");
  await field(page, "Sampler, sampler_name").focus();
  await page.keyboard.press("End");
  await page.keyboard.type("_x");
  await page.getByRole("switch", { name: "Random each run: Sampler, seed" }).check();
  await expect(page.getByText("3 changed")).toBeVisible();

  await undo(page).click();
  await expect(page.getByRole("switch", { name: "Random each run: Sampler, seed" })).not.toBeChecked();
  await undo(page).click();
  await expect(field(page, "Sampler, sampler_name")).not.toHaveValue(/_x/);
  await expect(field(page, "Sampler, steps")).toHaveValue("123");
  await undo(page).click();
  await expect(field(page, "Sampler, steps")).toHaveValue("20");
  await expect(page.locator(".changed-count")).toHaveCount(0);
  await expect(undo(page)).toBeDisabled();
  await expect(undo(page)).toBeFocused();

  for (const _ of [1, 2, 3]) await redo(page).click();
  await expect(page.getByText("3 changed")).toBeVisible();
  await expect(field(page, "Sampler, steps")).toHaveValue("123");
  await expect(redo(page)).toBeDisabled();
});

test("keys undo outside of texts, and leave a text its own undo", async ({ page }) => {
  await field(page, "Sampler, steps").fill("7");
  await page.getByRole("heading", { name: "text-to-image.json" }).focus();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(field(page, "Sampler, steps")).toHaveValue("20");
  await expect(page.locator("#announcer")).toHaveText("Undone: 1 change.");
  await page.keyboard.press("ControlOrMeta+Shift+z");
  await expect(field(page, "Sampler, steps")).toHaveValue("7");

  await field(page, "Prompt, text").focus();
  await page.keyboard.press("End");
  await page.keyboard.type("!");
  await page.keyboard.press("ControlOrMeta+z");
  await expect(field(page, "Prompt, text")).not.toHaveValue(/!$/);
  await expect(field(page, "Sampler, steps")).toHaveValue("7");
});

test("reset all is one step, and can be undone", async ({ page }) => {
  await field(page, "Sampler, steps").fill("7");
  await field(page, "Prompt, text").fill("a red fox");
  await page.getByRole("button", { name: "Reset all" }).click();
  await expect(page.locator(".changed-count")).toHaveCount(0);
  await undo(page).click();
  await expect(field(page, "Sampler, steps")).toHaveValue("7");
  await expect(field(page, "Prompt, text")).toHaveValue("a red fox");
});

test("a number that is not one yet comes back as it was typed", async ({ page }) => {
  await field(page, "Sampler, steps").fill("2x");
  await page.getByRole("button", { name: "Reset Sampler, steps" }).click();
  await undo(page).click();
  await expect(field(page, "Sampler, steps")).toHaveValue("2x");
  await expect(page.getByText(/Not a number yet/)).toBeVisible();
});

for (const [what, width] of [
  ["a phone", 390],
  ["a laptop", 1440],
  ["a wide screen", 1920],
])
  test(`the first change moves nothing on ${what}`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    const places = () =>
      page.locator(".workflow-head button, [role=tab], #panel").evaluateAll((all) => {
        // What sticks to the top of the window is where it is in the page.
        scrollTo(0, 0);
        return all.map((each) => each.getBoundingClientRect().toJSON());
      });
    const before = await places();
    await field(page, "Sampler, steps").fill("7");
    await expect(page.getByText("1 changed")).toBeVisible();
    expect(await places()).toEqual(before);
  });

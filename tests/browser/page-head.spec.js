// What can be done with an open workflow, at its head: in a row, partly in a menu where that is too long, and nothing out
// of sight.

import { expect } from "@playwright/test";

import { fingerHand, PHONE } from "../support/finger-hand.js";
import { test } from "../support/fixtures.js";
import { fixture } from "../support/found.js";
import { drop, saved } from "./page-driver.js";

const IN_MENU = ["Download parameters", "Save workflow", "Compare with …"];

const moreButton = (page) => page.getByRole("button", { name: "More", exact: true });

async function openExample(page) {
  await page.goto("/");
  await page.getByRole("button", { name: /^Text to image/ }).click();
  await page.locator("body[data-inspected]").waitFor();
}

test("with room all stand in a row", async ({ page }) => {
  await openExample(page);
  for (const name of ["Open another", "Share", ...IN_MENU])
    await expect(page.getByRole("button", { name, exact: true })).toBeVisible();
  await expect(moreButton(page)).toBeHidden();
});

for (const [what, name] of [
  ["three things to save or compare", null],
  ["four", "editor/model_free.json"],
]) {
  test(`no button stands alone on a line, with ${what}`, async ({ page }) => {
    await openExample(page);
    if (name) await drop(page, fixture(name));
    await expect(page.getByRole("button", { name: "Download API format" })).toHaveCount(name ? 1 : 0);
    for (const width of [820, 898, 900, 980, 1040, 1100, 1136, 1180, 1280, 1360, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      const lines = await page.locator(".workflow-actions").evaluate(buttonsPerLine);
      expect(Math.min(...lines), `at ${width}: ${lines}`).toBeGreaterThan(1);
      expect(lines.length, `at ${width}`).toBeLessThan(3);
    }
  });
}

/** In the page: how many of its buttons stand on each line. */
function buttonsPerLine(row) {
  const lines = new Map();
  for (const button of row.querySelectorAll("button")) {
    if (!button.checkVisibility()) continue;
    const top = Math.round(button.getBoundingClientRect().top);
    lines.set(top, (lines.get(top) ?? 0) + 1);
  }
  return [...lines.values()];
}

test.describe("on a phone", () => {
  test.use(PHONE);

  test("all are reached without scrolling sideways", async ({ page }) => {
    await openExample(page);
    const hand = fingerHand(page);
    const sideways = await page
      .locator(".workflow-actions")
      .evaluate((row) => row.scrollWidth > row.clientWidth);
    expect(sideways).toBe(false);
    for (const name of ["Open another", "Share"]) await hand.reach("button", name);
    await hand.press("button", "More");
    for (const name of IN_MENU) await hand.reach("button", name);
    const { name } = await saved(page, page.getByRole("button", { name: "Save workflow" }));
    expect(name).toBe("text-to-image.json");
    await expect(page.getByRole("button", { name: "Save workflow" })).toBeHidden();
    await expect(moreButton(page)).toBeFocused();
  });

  test("the menu closes with Escape, with a press beside it and when the focus leaves it", async ({
    page,
  }) => {
    await openExample(page);
    const first = page.getByRole("button", { name: IN_MENU[0] });
    const opened = async () => {
      await moreButton(page).click();
      await expect(first).toBeVisible();
      await expect(moreButton(page)).toHaveAttribute("aria-expanded", "true");
    };
    await opened();
    await page.keyboard.press("Tab");
    await expect(first).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(moreButton(page)).toBeFocused();
    await expect(first).toBeHidden();
    await opened();
    await page.locator("#workflow-title").tap();
    await expect(first).toBeHidden();
    await opened();
    for (const _ of IN_MENU) await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await expect(first).toBeHidden();
    await expect(moreButton(page)).toHaveAttribute("aria-expanded", "false");
  });
});

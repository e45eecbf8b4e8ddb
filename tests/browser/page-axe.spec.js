// Accessibility: axe finds nothing in any state, in light, dark and at phone width; and the page holds at every width.

import AxeBuilder from "@axe-core/playwright";

import { expect, test } from "../support/fixtures.js";
import { STATES } from "../support/page-states.js";
import { askForFault } from "./page-driver.js";

// A trace records the document after each step, which is half of the work here.
test.use({ trace: "off" });

/** Each state is reached once at each width, and looked at in these schemes. */
const WIDTHS = {
  wide: { viewport: { width: 1360, height: 900 }, schemes: ["light", "dark"] },
  phone: { viewport: { width: 390, height: 844 }, schemes: ["light"] },
};

for (const [width, { viewport, schemes }] of Object.entries(WIDTHS)) {
  test.describe(width, () => {
    test.use({ viewport });
    for (const [state, reach] of Object.entries(STATES)) {
      test(`axe is content: ${state}`, async ({ page, endpoint }) => {
        await page.emulateMedia({ reducedMotion: "reduce", colorScheme: schemes[0] });
        await reach(page, endpoint);
        for (const colorScheme of schemes) {
          await page.emulateMedia({ colorScheme });
          const { violations } = await new AxeBuilder({ page }).analyze();
          const found = violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)]);
          expect(found, colorScheme).toEqual([]);
          const overflow = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          );
          expect(overflow, colorScheme).toBe(0);
        }
      });
    }
  });
}

test("from the keyboard alone: open an example, change, run, cancel", async ({ page, endpoint }) => {
  await page.goto("/");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to Run" })).toBeFocused();
  await page.getByRole("button", { name: /Text to image/ }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "text-to-image.json" })).toBeFocused();
  await askForFault(page, endpoint, "fault=silent");
  await page.keyboard.press("Control+Enter");
  await expect(page.locator("#announcer")).toHaveText("Run started.");
  await page.keyboard.press("Escape");
  await expect(page.locator("#announcer")).toHaveText("Run cancelled.");
});

// How the tags look and what assistive technology gets of them: axe finds nothing, targets are large for fingers, texts of
// both directions stand right, and no width makes the page wider.

import AxeBuilder from "@axe-core/playwright";

import { APP, expect, status, test } from "../support/element-page.js";

// A trace records the document after each step, which is half of the work here.
test.use({ trace: "off" });

const TAGS = `${APP}<comfy-workflow src="/fixtures/editor/lighthouse_04.json"></comfy-workflow>`;
const LOOKS = {
  light: { viewport: { width: 1360, height: 900 } },
  dark: { viewport: { width: 1360, height: 900 }, colorScheme: "dark" },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true },
  rtl: { viewport: { width: 1360, height: 900 }, attributes: ' dir="rtl"' },
};

const STATES = {
  ready: () => {},
  done: async (page) => {
    await page.getByRole("button", { name: "Run" }).click();
    await status(page, "done");
    await page.getByText("Log").first().click();
    await page.locator("comfy-workflow details").first().locator("summary").click();
  },
  refused: async (page) => {
    await page.getByLabel("Cfg", { exact: true }).fill("9999");
    await page.getByRole("button", { name: "Run" }).click();
    await status(page, "failed");
  },
};

for (const [look, { attributes = "", ...use }] of Object.entries(LOOKS)) {
  test.describe(look, () => {
    test.use(use);
    for (const [state, reach] of Object.entries(STATES)) {
      test(`${state}: axe finds nothing, and nothing is wider than the page`, async ({ page, open }) => {
        const css =
          ":root { color-scheme: light dark; } body { margin: 16px; background: Canvas; color: CanvasText; font-family: system-ui; }";
        await open(TAGS, { attributes, css });
        await expect(page.getByRole("button", { name: "Run" })).toBeVisible();
        await expect(page.locator("comfy-workflow [data-node]").first()).toBeVisible();
        await reach(page);
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
        const [wide, width] = await page.evaluate(() => [
          document.documentElement.scrollWidth,
          document.documentElement.clientWidth,
        ]);
        expect(wide).toBeLessThanOrEqual(width);
        if (process.env.ELEMENT_PICTURES) {
          await page.screenshot({
            path: `${process.env.ELEMENT_PICTURES}/${look}-${state}.png`,
            fullPage: true,
          });
        }
      });
    }
  });
}

test.describe("fingers", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  test("what is pressed is 44 pixels high, and text in fields 16", async ({ page, open }) => {
    await open(TAGS);
    await expect(page.getByRole("button", { name: "Run" })).toBeVisible();
    const small = await page.evaluate(() => {
      const found = [];
      for (const { shadowRoot } of document.querySelectorAll("viewcomfy-app, comfy-workflow")) {
        for (const each of shadowRoot.querySelectorAll("button, select, summary, input, textarea")) {
          const target = each.type === "checkbox" ? (each.closest("label") ?? each) : each;
          const { height, width } = target.getBoundingClientRect();
          if (width > 0 && height < 43.5 && each.type !== "range")
            found.push(`${each.outerHTML.slice(0, 80)} ${height}`);
          if (each.matches("input, select, textarea") && parseFloat(getComputedStyle(each).fontSize) < 16) {
            found.push(`${each.outerHTML.slice(0, 80)} text`);
          }
        }
      }
      return found;
    });
    expect(small).toEqual([]);
  });
});

test("with less motion wanted nothing moves by itself", async ({ page, open, held }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await open(APP, { endpoint: held });
  await page.getByRole("button", { name: "Run" }).click();
  await status(page, "running");
  const moving = await page
    .locator("viewcomfy-app")
    .evaluate(
      ({ shadowRoot }) =>
        shadowRoot.getAnimations().filter(({ playState }) => playState === "running").length,
    );
  expect(moving).toBe(0);
});

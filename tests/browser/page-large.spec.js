// A workflow of a thousand nodes: a worker lays it out, and the page answers meanwhile. How long the page is busy at a
// time is measured by `npm run bench -- --only page`.

import { expect, test } from "../support/fixtures.js";
import { manyNodes } from "../support/many-nodes.js";
import { drop, showTab } from "./page-driver.js";

test.use({ trace: "off" });

const canvas = (page) => page.getByRole("application", { name: /^Graph of/ });
const percent = (page) => page.locator(".zoom").textContent();

test("a thousand nodes stand in columns until a worker has laid them out, and can be moved and zoomed", async ({
  page,
}) => {
  let release = () => {};
  const released = new Promise((resolve) => {
    release = resolve;
  });
  await page.route(/layout-worker\.js/, async (route) => {
    await released;
    await route.continue();
  });
  await page.goto("/");
  await drop(page, { name: "thousand.json", bytes: manyNodes(1000) });
  await showTab(page, "Graph");
  const arranging = page.getByText("Arranging 1,000 nodes; until then in columns …");
  await expect(arranging).toBeVisible();
  await expect(canvas(page)).toHaveAttribute("aria-busy", "true");
  const fitted = await percent(page);
  await page.getByRole("button", { name: "Zoom in" }).click();
  await expect.poll(() => percent(page)).not.toBe(fitted);
  await expect(arranging).toBeVisible();

  release();
  await expect(page.getByText(/^1,000 nodes · 1,860 links$/)).toBeVisible();
  await expect(canvas(page)).not.toHaveAttribute("aria-busy");
  await canvas(page).hover();
  for (const turn of [-400, -400, -400, -400, 600, -300]) {
    const before = await percent(page);
    await page.mouse.wheel(0, turn);
    await expect.poll(() => percent(page)).not.toBe(before);
  }
});

test("the table of two thousand parameters is whole, of few elements", async ({ page }) => {
  await page.goto("/");
  await drop(page, { name: "thousand.json", bytes: manyNodes(1000) });
  await showTab(page, "All parameters");
  await expect(page.locator(".groups > .card")).toHaveCount(1000);
  await expect(page.locator(".groups .row")).toHaveCount(3860);
  // Each costs time before the table is there: about eight for a row.
  expect(await page.locator(".groups *").count()).toBeLessThan(32_000);
});

test("rows of the table are listened to once something is done with them, and then work like any", async ({
  page,
}) => {
  await page.addInitScript(() => {
    globalThis.listened = new Set();
    const { addEventListener } = EventTarget.prototype;
    EventTarget.prototype.addEventListener = function (...given) {
      if (this instanceof Element && this.matches(".row *")) globalThis.listened.add(this);
      return addEventListener.apply(this, given);
    };
  });
  const inTable = () =>
    page.evaluate(() => [...globalThis.listened].filter((each) => each.closest("#panel")).length);
  await page.goto("/");
  await drop(page, { name: "thousand.json", bytes: manyNodes(1000) });
  await showTab(page, "All parameters");
  await expect(page.locator(".groups > .card")).toHaveCount(1000);
  expect(await inTable()).toBe(0);

  const last = page.locator(".groups > .card").last();
  const steps = last.getByRole("textbox", { name: /steps$/ });
  await steps.focus();
  await page.keyboard.press("ArrowUp");
  await expect(steps).toHaveValue("1000");
  // Past the way back to the file's number.
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.type("and more ");
  await expect(page.getByText("2 changed")).toBeVisible();
  expect(await inTable()).toBeLessThan(8);
  await page.getByRole("button", { name: "Undo (Ctrl+Z)" }).click();
  await expect(page.getByText("1 changed")).toBeVisible();

  // A press by a program, as of a screen reader, comes without the focus.
  await last
    .locator(".link-value")
    .first()
    .evaluate((link) => link.click());
  await expect(page.locator(".groups h3:focus")).toBeVisible();
});

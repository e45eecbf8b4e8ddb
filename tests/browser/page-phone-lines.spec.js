// On a phone: what belongs on one line stands on one line, and nothing is cut off.

import { expect, test } from "../support/fixtures.js";
import { STATES } from "../support/page-states.js";
import { drop, exampleText } from "./page-driver.js";

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

/** The boxes of what a selector finds, within one pixel. */
function boxes(page, selector) {
  return page.locator(selector).evaluateAll((found) =>
    found.map((element) => {
      const { top, bottom, left, right } = element.getBoundingClientRect();
      return { top, bottom, left, right };
    }),
  );
}

/** Where the first line of each text stands. */
function textTops(page, selector) {
  return page.locator(selector).evaluateAll((found) =>
    found.map((element) => {
      const range = document.createRange();
      range.selectNodeContents(element);
      return range.getClientRects()[0].top;
    }),
  );
}

test("the word that the browser is offline stays in the page's head", async ({ page, endpoint }) => {
  await STATES.offline(page, endpoint);
  const [head] = await boxes(page, ".top");
  const [word] = await boxes(page, "#offline");
  expect(word.top).toBeGreaterThanOrEqual(head.top);
  expect(word.bottom).toBeLessThanOrEqual(head.bottom);
  await expect(page.getByRole("banner").getByRole("status")).toHaveText(/^\s*Offline/);
});

test("what puts the files away stands beside the first of them", async ({ page, endpoint }) => {
  await STATES["several files"](page, endpoint);
  const [first] = await boxes(page, ".shelf-file");
  const [close] = await boxes(page, ".shelf > .icon-button");
  expect(Math.abs(close.top - first.top)).toBeLessThan(2);
  for (const file of await boxes(page, ".shelf .chip")) expect(file.right).toBeLessThanOrEqual(close.left);
});

test("each fact of a recipe stands beside its name", async ({ page, endpoint }) => {
  await STATES["the recipe, its models and packs"](page, endpoint);
  await expect(page.locator(".recipe dt").first()).toBeVisible();
  const names = await textTops(page, ".recipe dt");
  const facts = await textTops(page, ".recipe dd > :first-child");
  expect(names.length).toBeGreaterThan(5);
  expect(facts.length).toBe(names.length);
  for (const [at, top] of names.entries()) expect(Math.abs(facts[at] - top)).toBeLessThan(2);
});

test("a press within a sentence leaves its lines together, and has room for a finger", async ({
  page,
  endpoint,
}) => {
  await STATES["converted, with things to know"](page, endpoint);
  const press = page.getByRole("button", { name: "1 thing to know" });
  expect((await press.boundingBox())?.height).toBeLessThan(24);
  expect(await press.evaluate((button) => getComputedStyle(button, "::after").height)).toBe("44px");
});

test("the graph's tools stand on one line under its count", async ({ page, endpoint }) => {
  await STATES["converted, its graph"](page, endpoint);
  await expect(page.getByRole("button", { name: "Rearrange" })).toBeVisible();
  const tools = await boxes(page, ".graph-tools:has(> .graph-state) button:not([hidden])");
  expect(tools.length).toBe(5);
  expect(new Set(tools.map(({ top, bottom }) => Math.round((top + bottom) / 2))).size).toBe(1);
});

test("the buttons that end a mask stand beside each other", async ({ page, endpoint }) => {
  await STATES["a mask is painted"](page, endpoint);
  const tops = (await boxes(page, ".mask-foot button")).map(({ top }) => Math.round(top));
  expect(tops.length).toBe(2);
  expect(tops[0]).toBe(tops[1]);
});

test("what discards restored changes is one line, with room for a finger", async ({ page, endpoint }) => {
  await STATES["restored changes"](page, endpoint);
  const press = page.getByRole("button", { name: "Discard them" });
  expect((await press.boundingBox())?.height).toBeLessThan(24);
  expect(await press.evaluate((button) => getComputedStyle(button, "::after").height)).toBe("44px");
});

test("a grid of two seeds is not cut off", async ({ page, endpoint }) => {
  await STATES["a grid of runs"](page, endpoint);
  const [grid] = await boxes(page, ".sweep-grid");
  for (const cell of await boxes(page, ".sweep-grid :is(th, td)"))
    expect(cell.right).toBeLessThanOrEqual(grid.right + 1);
});

test("what compares with a file of a long name has one line", async ({ page }) => {
  const long = `${"a-long-name-".repeat(8)}.json`;
  const bytes = exampleText("text-to-image");
  await page.goto("/");
  await drop(
    page,
    [long, "b.json", "c.json"].map((name) => ({ name, bytes })),
  );
  await page.locator(".shelf-file", { hasText: "b.json" }).click();
  const compare = page.getByRole("button", { name: `Compare with ${long}`, exact: true });
  await expect(compare).toBeVisible();
  const [box] = await boxes(page, ".shelf-compare");
  expect(box.bottom - box.top).toBeLessThan(46);
  expect(box.right).toBeLessThanOrEqual(390);
});

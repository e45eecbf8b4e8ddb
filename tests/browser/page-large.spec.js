// A workflow of a thousand nodes: the page answers all the while.

import { expect, test } from "../support/fixtures.js";
import { drop, showTab } from "./page-driver.js";

// Recording the document for a trace is a long task of its own.
test.use({ trace: "off" });

const canvas = (page) => page.getByRole("application", { name: /^Graph of/ });

/** Chains that share loaders and feed one another now and then, as large workflows do. */
function manyNodes(count) {
  const workflow = {};
  for (let id = 0; id < count; id += 1) {
    const inputs = { steps: id, text: `node ${id}` };
    if (id % 10 !== 0) inputs.image = [`${id - 1}`, 0];
    if (id >= 40) inputs.mask = [`${id - 37 + (id % 3)}`, 0];
    workflow[id] = { class_type: id % 10 === 9 ? "SaveImage" : "ImageScale", inputs };
  }
  return JSON.stringify(workflow);
}

test("a thousand nodes never hold up the page while they are laid out, moved and zoomed", async ({
  page,
}) => {
  test.setTimeout(90_000);
  await page.addInitScript(() => {
    window.longTasks = [];
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.longTasks.push(Math.round(duration));
    }).observe({ type: "longtask" });
  });
  await page.goto("/");
  await drop(page, { name: "thousand.json", bytes: manyNodes(1000) });
  await page.locator("body[data-inspected]").waitFor();
  await page.evaluate(() => {
    window.longTasks.length = 0;
  });
  await showTab(page, "Graph");
  await expect(page.getByText("Arranging 1,000 nodes; until then in columns …")).toBeVisible();
  // The page answers while the worker is at it.
  await page.getByRole("button", { name: "Zoom in" }).click();
  await expect(page.getByText(/^1,000 nodes · 1,860 links$/)).toBeVisible({ timeout: 60_000 });
  await canvas(page).hover();
  for (const turn of [-400, -400, -400, -400, 600, -300]) {
    await page.mouse.wheel(0, turn);
    await page.waitForTimeout(80);
  }
  await page.waitForTimeout(300);
  const tasks = await page.evaluate(() => window.longTasks);
  expect(Math.max(0, ...tasks)).toBeLessThan(100);
});

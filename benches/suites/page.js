// How long the demo page is busy at a time with a graph of a thousand nodes: laid out, moved and zoomed.

import { drop, showTab } from "../../tests/browser/page-driver.js";
import { manyNodes } from "../../tests/support/many-nodes.js";
import { withBrowser } from "../browser.js";
import { standing } from "../rounds.js";
import { printTable } from "../table.js";

const NODES = 1000;
const ROUNDS = 3;
const TURNS = [-400, -400, -400, -400, 600, -300];

/** @returns {Promise<object>} the longest task of each round, ms */
export async function measurePage(setting, flags) {
  const longest = await withBrowser(setting, async (browser) => {
    const all = [];
    for (let round = 0; round < (flags.rounds ?? ROUNDS); round += 1)
      all.push(await longestTask(await browser.emptyPage(), setting.url));
    return all;
  });
  const summary = standing(longest);
  const row = [summary.median, summary.min, summary.max].map((ms) => ms.toFixed(0));
  printTable(`the page's longest task with ${NODES} nodes, ms`, ["", "median", "min", "max"], [["", ...row]]);
  return { nodes: NODES, ...summary };
}

async function longestTask(page, url) {
  await page.addInitScript(() => {
    const tasks = [0];
    Object.assign(globalThis, { longTasks: tasks });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) tasks.push(duration);
    }).observe({ type: "longtask" });
  });
  await page.goto(url);
  await drop(page, { name: "many.json", bytes: manyNodes(NODES) });
  await page.locator("body[data-inspected]").waitFor();
  await page.evaluate(() => Reflect.get(globalThis, "longTasks").splice(1));
  await showTab(page, "Graph");
  await page.getByText(/^1,000 nodes · [\d,]+ links$/).waitFor();
  await page.getByRole("application", { name: /^Graph of/ }).hover();
  for (const turn of TURNS) {
    await page.mouse.wheel(0, turn);
    await page.waitForTimeout(80);
  }
  await page.waitForTimeout(300);
  const longest = await page.evaluate(() => Math.max(...Reflect.get(globalThis, "longTasks")));
  await page.close();
  return longest;
}

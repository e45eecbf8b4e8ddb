// How the demo page handles a thousand nodes: its longest tasks while they are opened, drawn, searched and moved, and how
// long their two thousand parameters take from the click on their tab until all of them are rendered.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { showTab } from "../../tests/browser/page-driver.js";
import { manyNodes } from "../../tests/support/many-nodes.js";
import { withBrowser } from "../browser.js";
import { standing } from "../rounds.js";
import { printTable } from "../table.js";
import { CATEGORIES, stage, tasksByStage } from "../tasks.js";

const NODES = 1000;
/** Each node has two values; its other rows are links. */
const PARAMETERS = 2 * NODES;
const ROUNDS = 3;
const TURNS = [-400, -400, -400, -400, 600, -300];
const STAGES = ["open it, form", "graph", "search", "move and zoom"];
const TABLE = "table";

/** @returns {Promise<object>} for each stage the longest task of each round, and the table's times; in ms, and in ms of CPU time */
export async function measurePage(setting, flags) {
  const folder = mkdtempSync(join(tmpdir(), "viewcomfy-bench-"));
  const file = join(folder, "many.json");
  writeFileSync(file, manyNodes(NODES));
  try {
    const rounds = await withBrowser(setting, async (browser) => {
      const all = [];
      for (let round = 0; round < (flags.rounds ?? ROUNDS); round += 1)
        all.push(await measureRound(browser, setting.url, file));
      return all;
    });
    return summed(rounds);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureRound(browser, url, file) {
  const page = await browser.emptyPage();
  let times = null;
  const trace = await browser.traced(page, CATEGORIES, async () => {
    times = await walk(page, url, file);
  });
  await page.close();
  return { tasks: tasksByStage(trace), times };
}

/** Does what a user does, stage by stage; returns the times of the table. */
async function walk(page, url, file) {
  await page.goto(url);
  await stage(page, STAGES[0]);
  // A path instead of bytes, which the driver would decode in the page.
  await page.getByLabel("Workflow file").setInputFiles(file);
  await page.locator("body[data-inspected]").waitFor();
  await stage(page, STAGES[1]);
  await showTab(page, "Graph");
  await page.getByText(/^1,000 nodes · [\d,]+ links$/).waitFor();
  await stage(page, STAGES[2]);
  await page.getByRole("searchbox", { name: /^Find a node/ }).pressSequentially("saveimage");
  await page.getByText("1 of 100 nodes").waitFor();
  await stage(page, STAGES[3]);
  await page.getByRole("application", { name: /^Graph of/ }).hover();
  for (const turn of TURNS) {
    await page.mouse.wheel(0, turn);
    await page.waitForTimeout(80);
  }
  await page.waitForTimeout(300);
  await stage(page, TABLE);
  const times = await page.evaluate(openTable, NODES);
  await stage(page, "end");
  return times;
}

/** In the page: opens the table; returns the milliseconds until its first rows, and until all of them, are on the screen. */
async function openTable(nodes) {
  const painted = () =>
    new Promise((resolve) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now());
        port2.postMessage(null);
      });
    });
  const tab = [...document.querySelectorAll("[role=tab]")].find((each) =>
    each.textContent?.startsWith("All parameters"),
  );
  if (!(tab instanceof HTMLElement)) throw new Error("the page has no table");
  const start = performance.now();
  tab.click();
  let first = 0;
  for (;;) {
    const now = await painted();
    // Counting rows would add work; a card contains all rows of its node.
    const cards = document.querySelector(".groups")?.childElementCount ?? 0;
    if (first === 0 && cards > 0) first = now - start;
    if (cards === nodes) return { first, whole: now - start, rows: document.querySelectorAll(".row").length };
  }
}

function summed(rounds) {
  const longest = (tasks, measure) => Math.max(0, ...tasks.map((task) => task[measure]));
  const everyTask = (tasks) => [...STAGES, TABLE].flatMap((name) => tasks.get(name));
  const inStage = (name) => ({
    what: name,
    ...standing(rounds.map(({ tasks }) => longest(tasks.get(name), "ms"))),
    cpu: standing(rounds.map(({ tasks }) => longest(tasks.get(name), "cpu"))),
  });
  const whole = {
    ...standing(rounds.map(({ tasks }) => longest(everyTask(tasks), "ms"))),
    cpu: standing(rounds.map(({ tasks }) => longest(everyTask(tasks), "cpu"))),
  };
  const work = (tasks) => tasks.reduce((sum, { cpu }) => sum + cpu, 0);
  const table = {
    parameters: PARAMETERS,
    rows: rounds[0].times.rows,
    first: standing(rounds.map(({ times }) => times.first)),
    ...standing(rounds.map(({ times }) => times.whole)),
    cpu: standing(rounds.map(({ tasks }) => work(tasks.get(TABLE)))),
  };
  const stages = [...STAGES, TABLE].map(inStage);
  print(stages, table);
  return { nodes: NODES, ...whole, stages, table };
}

function print(stages, table) {
  const whole = (ms) => ms.toFixed(0);
  const row = (what, { median, min, max, cpu }) => [what, ...[median, min, max, cpu.median].map(whole)];
  const columns = ["", "median", "min", "max", "CPU"];
  printTable(
    `the page's longest task with ${NODES} nodes, ms`,
    columns,
    stages.map((each) => row(each.what, each)),
  );
  printTable(`the table of ${PARAMETERS} parameters, ms from the click on its tab`, columns, [
    ["first rows", ...[table.first.median, table.first.min, table.first.max].map(whole), ""],
    row("all of them", table),
  ]);
}

// Several runs at once: new seeds, and grids over parameters.

import { expect, test } from "@playwright/test";

import { output, part, startScriptedPage } from "../support/scripted-page.js";
import { zipNames } from "../support/zip-names.js";
import { drawPng, runButton, runState, saved } from "./page-driver.js";

let site;
let answer;
let png;

test.beforeAll(async () => {
  site = await startScriptedPage((index, body) => answer(index, body));
});

test.afterAll(() => site.close());

test.beforeEach(async ({ page }) => {
  site.bodies.length = 0;
  await page.goto(site.url);
  png ??= await drawPng(page, 64, 64, "#369");
  answer = (index) => ({ outputs: [output(`${index}.png`, "image/png", png)] });
  await page.getByRole("button", { name: /Text to image/ }).click();
  await page.locator("body[data-inspected]").waitFor();
  await page.getByText("Several runs", { exact: true }).click();
});

const cells = (page) => page.getByRole("region", { name: "Grid of runs" }).locator(".sweep-cell");
const sent = () => site.bodies.map((body) => JSON.parse(part(body, "params")));

async function vary(page, name, values, axis = "What varies") {
  await page.getByRole("combobox", { name: axis, exact: true }).selectOption({ label: name });
  await page.getByRole("textbox", { name: `${axis}: values` }).fill(values);
}

test("run × 3 draws a new seed for each, and keeps each run", async ({ page }) => {
  await page.getByRole("textbox", { name: "How many runs" }).fill("3");
  await page.getByRole("button", { name: "Run 3", exact: true }).click();
  await expect(cells(page).and(page.locator("[data-state=done]"))).toHaveCount(3);
  const seeds = sent().map((params) => String(params["3-inputs-seed"]));
  expect(new Set(seeds).size).toBe(3);
  const entries = page.locator("#earlier").getByRole("listitem");
  await expect(entries).toHaveCount(3);
  await cells(page)
    .first()
    .getByRole("button", { name: /^Enlarge/ })
    .click();
  await expect(page.getByRole("dialog")).toContainText("1 of 3");
});

test("a grid over two parameters names its axes, and only they differ", async ({ page }) => {
  await vary(page, "Sampler, steps", "10–20–5");
  await vary(page, "Sampler, cfg", "1.5, 2", "and");
  await page.getByRole("button", { name: "Run 6", exact: true }).click();
  await expect(cells(page).and(page.locator("[data-state=done]"))).toHaveCount(6);
  const table = page.getByRole("region", { name: "Grid of runs" }).getByRole("table");
  await expect(table.getByRole("caption")).toHaveText("Sampler, steps × Sampler, cfg");
  await expect(table.getByRole("columnheader")).toHaveText(["10", "15", "20"]);
  await expect(table.getByRole("rowheader")).toHaveText(["1.5", "2"]);
  const pairs = sent().map((params) => `${params["3-inputs-steps"]} ${params["3-inputs-cfg"]}`);
  expect(pairs.sort()).toEqual(["10 1.5", "10 2", "15 1.5", "15 2", "20 1.5", "20 2"]);
  expect(new Set(sent().map((params) => String(params["3-inputs-seed"]))).size).toBe(1);
});

test("a run that fails stands in its cell, and the others go on", async ({ page }) => {
  answer = (_, body) =>
    JSON.parse(part(body, "params"))["3-inputs-steps"] === 2
      ? { status: 422 }
      : { outputs: [output("a.png", "image/png", png)] };
  await vary(page, "Sampler, steps", "1, 2, 3");
  await page.getByRole("button", { name: "Run 3", exact: true }).click();
  await expect(cells(page).nth(1)).toContainText("The request was refused");
  await expect(cells(page).and(page.locator("[data-state=done]"))).toHaveCount(2);
});

test("as many at once as chosen, and all are cancelled together", async ({ page }) => {
  answer = () => ({ logs: ["got prompt"], hold: true });
  await vary(page, "Sampler, steps", "1–8");
  await page.getByRole("combobox", { name: "Runs at once" }).selectOption("3");
  await page.getByRole("button", { name: "Run 8", exact: true }).click();
  await expect.poll(() => site.bodies.length).toBe(3);
  await expect(runButton(page)).toBeDisabled();
  await page.getByRole("button", { name: "Cancel all" }).click();
  await expect(cells(page).and(page.locator("[data-state=cancelled]"))).toHaveCount(8);
  expect(site.bodies).toHaveLength(3);
  await expect(runButton(page)).toBeEnabled();
});

for (const [values, words] of [
  ["1–1000", "1,000 values; at most 64"],
  ["1, two", "“two” is not a number"],
  ["1–5–0", "A step of 0"],
  ["", "No value yet"],
]) {
  test(`"${values}" is not run: ${words}`, async ({ page }) => {
    await vary(page, "Sampler, steps", values);
    await expect(page.locator("#sweep .problem")).toContainText(words);
    await expect(page.locator("#sweep").getByRole("button", { name: /^Run/ })).toBeDisabled();
  });
}

test("values are read exactly", async ({ page }) => {
  const text = "18446744073709551613–18446744073709551615, 0, -3..-1, 1-2, 7 -8";
  await vary(page, "Sampler, seed", text);
  await page.getByRole("button", { name: "Run 11", exact: true }).click();
  const headers = page.getByRole("region", { name: "Grid of runs" }).getByRole("columnheader");
  await expect(headers).toHaveText([
    "18446744073709551613",
    "18446744073709551614",
    "18446744073709551615",
    "0",
    "-3",
    "-2",
    "-1",
    "1",
    "2",
    "7",
    "-8",
  ]);
});

test("the grid's files are saved together, named by their values", async ({ page }) => {
  await vary(page, "Sampler, steps", "4, 5");
  await page.getByRole("combobox", { name: "Runs at once" }).selectOption("1");
  await page.getByRole("button", { name: "Run 2", exact: true }).click();
  const { name, bytes } = await saved(page, page.getByRole("button", { name: "Save the grid" }));
  expect(name).toBe("grid.zip");
  expect(zipNames(bytes)).toEqual(["1 Sampler, steps=4 0.png", "2 Sampler, steps=5 1.png"]);
});

test("the tab's title says how far the runs are, and is what it was after them", async ({ page }) => {
  const own = await page.title();
  let goOn;
  const held = new Promise((resolve) => (goOn = resolve));
  answer = async (index) => {
    if (index === 1) await held;
    return { outputs: [output("a.png", "image/png", png)] };
  };
  await vary(page, "Sampler, steps", "4, 5");
  await page.getByRole("combobox", { name: "Runs at once" }).selectOption("1");
  await page.getByRole("button", { name: "Run 2", exact: true }).click();
  await expect(page).toHaveTitle(`50% · ${own}`);
  goOn();
  await expect(page).toHaveTitle(own);
});

test("the title has the percent of one run, too", async ({ page }) => {
  const own = await page.title();
  answer = () => ({ logs: [" 45%|####      | 9/20 [00:03<00:04,  2.51it/s]"], hold: true });
  await runButton(page).click();
  await expect(page).toHaveTitle(`45% · ${own}`);
  await page.keyboard.press("Escape");
  await runState(page, "cancelled");
  await expect(page).toHaveTitle(own);
});

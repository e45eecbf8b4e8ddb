// Earlier runs: kept with what they made, restored, repeated, compared, forgotten, and a browser that keeps nothing.

import { expect, test } from "@playwright/test";

import { output, part, startScriptedPage } from "../support/scripted-page.js";
import { drawPng, drop, exampleText, field, keptRuns, runButton, runState, showTab } from "./page-driver.js";

let site;
let answer;

test.beforeAll(async () => {
  site = await startScriptedPage((index, body) => answer(index, body));
});

test.afterAll(() => site.close());

const entries = (page) => page.locator("#earlier").getByRole("listitem");
const seedOf = (body) => /"3-inputs-seed":(\d+)/.exec(part(body, "params"))?.[1];

test.beforeEach(async ({ page }) => {
  site.bodies.length = 0;
  await page.goto(site.url);
  const pictures = [await drawPng(page, 80, 60, "#a33"), await drawPng(page, 80, 60, "#3a3")];
  answer = (index) => ({ outputs: [output(`${index}.png`, "image/png", pictures[index % 2])] });
  await page.getByRole("button", { name: /Text to image/ }).click();
  await showTab(page, "All parameters");
});

async function run(page, steps, seed) {
  await field(page, "Sampler, steps").fill(steps);
  await field(page, "Sampler, seed").fill(seed);
  const before = await entries(page).count();
  await runButton(page).click();
  await runState(page, "done");
  await expect(entries(page)).toHaveCount(before + 1);
}

test("a run is shown again after a reload, with its seed, without asking the server", async ({ page }) => {
  await run(page, "7", "18446744073709551615");
  await page.reload();
  await expect(entries(page)).toContainText("text-to-image.json");
  await expect(entries(page)).toContainText("seed 18446744073709551615");
  await entries(page).getByRole("button", { name: /^Show/ }).click();
  await expect(page.getByRole("img", { name: "Output 0.png" })).toBeVisible();
  await expect(page.locator("#outputs .seeds")).toContainText("18446744073709551615");
  expect(site.bodies).toHaveLength(1);
});

test("restore puts the values back, also where another workflow lies open", async ({ page }) => {
  await run(page, "7", "18446744073709551615");
  await drop(page, { name: "other.json", bytes: exampleText("edit-image") });
  await expect(page.getByRole("heading", { name: "other.json" })).toBeVisible();
  await entries(page)
    .getByRole("button", { name: /^Restore/ })
    .click();
  await expect(page.getByRole("heading", { name: "text-to-image.json" })).toBeVisible();
  await showTab(page, "All parameters");
  await expect(field(page, "Sampler, steps")).toHaveValue("7");
  await expect(field(page, "Sampler, seed")).toHaveValue("18446744073709551615");
});

test("repeat runs with the same values, whatever is in the form", async ({ page }) => {
  await run(page, "7", "42");
  await field(page, "Sampler, steps").fill("9");
  await field(page, "Sampler, seed").fill("43");
  await entries(page)
    .getByRole("button", { name: /^Repeat/ })
    .click();
  await expect.poll(() => site.bodies.length).toBe(2);
  expect(site.bodies.map((body) => JSON.parse(part(body, "params"))["3-inputs-steps"])).toEqual([7, 7]);
  expect(site.bodies.map(seedOf)).toEqual(["42", "42"]);
});

test("the comparison waits below the boxes, says what is missing, and stays in its place", async ({
  page,
}) => {
  const bar = page.getByRole("group", { name: "Comparison of runs" });
  const compare = bar.getByRole("button", { name: "Compare", exact: true });
  const grid = bar.getByRole("button", { name: "Side by side" });
  await run(page, "7", "42");
  await expect(bar).toBeHidden();
  for (const steps of ["8", "9"]) await run(page, steps, "42");
  const heights = () =>
    Promise.all(
      ["#earlier", ".comparison-bar"].map(async (part) => (await page.locator(part).boundingBox()).height),
    );
  const before = await heights();
  const boxes = entries(page).getByRole("checkbox");
  const announcer = page.locator("#announcer");
  await expect(compare).toHaveAccessibleDescription("Choose two runs to compare.");
  await compare.press("Enter");
  await expect(announcer).toHaveText("Choose two runs to compare.");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  for (const [at, words, disabled] of [
    [0, "One run chosen. Choose another.", ["true", "true"]],
    [1, "Two runs chosen.", ["false", "false"]],
    [2, "3 runs chosen. Compare takes two.", ["true", "false"]],
  ]) {
    await boxes.nth(at).check();
    await expect(announcer).toHaveText(words);
    await expect(bar).toContainText(words);
    for (const [button, state] of [compare, grid].map((each, index) => [each, disabled[index]]))
      await expect(button).toHaveAttribute("aria-disabled", state);
  }
  expect(await heights()).toEqual(before);
  // Tab leads from the last box to the bar.
  const follows = await boxes.last().evaluate((box) => {
    const button = document.querySelector(".comparison-bar button");
    return Boolean(box.compareDocumentPosition(button) & Node.DOCUMENT_POSITION_FOLLOWING);
  });
  expect(follows).toBe(true);
});

test("two are compared with a divider that keys and pointer move, and what differs is named", async ({
  page,
}) => {
  await run(page, "7", "42");
  await run(page, "9", "42");
  for (const box of await entries(page).getByRole("checkbox").all()) await box.check();
  await page.getByRole("button", { name: "Compare", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Comparison of two runs" });
  const divider = dialog.getByRole("slider", { name: /^Divider/ });
  await expect(divider).toBeFocused();
  await expect(dialog.getByRole("img")).toHaveCount(2);
  const clip = () => dialog.locator(".compare-over").evaluate((each) => getComputedStyle(each).clipPath);
  expect(await clip()).toContain("50%");
  await page.keyboard.press("ArrowRight");
  await expect(divider).toHaveValue("51");
  expect(await clip()).toContain("51%");
  const box = await dialog.locator(".compare-frame").boundingBox();
  await page.mouse.click(box.x + box.width / 4, box.y + box.height / 2);
  await expect(divider).toHaveValue("25");
  const rows = dialog.getByRole("row");
  await expect(rows).toHaveCount(2);
  await expect(rows.last()).toHaveText("3-inputs-steps79");
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
});

test("what one run did not change is compared by its file's own value", async ({ page }) => {
  await run(page, "20", "42");
  await run(page, "9", "42");
  expect((await keptRuns(page)).map(({ contents }) => contents.values["3-inputs-steps"])).toEqual([
    9,
    undefined,
  ]);
  for (const box of await entries(page).getByRole("checkbox").all()) await box.check();
  await page.getByRole("button", { name: "Compare", exact: true }).click();
  const rows = page.getByRole("dialog", { name: "Comparison of two runs" }).getByRole("row");
  await expect(rows).toHaveCount(2);
  await expect(rows.last()).toHaveText("3-inputs-steps209");
});

test("several stand side by side", async ({ page }) => {
  for (const steps of ["1", "2", "3"]) await run(page, steps, "42");
  for (const box of await entries(page).getByRole("checkbox").all()) await box.check();
  await page.getByRole("button", { name: "Side by side" }).click();
  const dialog = page.getByRole("dialog", { name: "Runs side by side" });
  await expect(dialog.getByRole("img")).toHaveCount(3);
  await expect(dialog.getByRole("definition")).toHaveText(["1", "2", "3"]);
});

test("runs are forgotten one by one and together", async ({ page }) => {
  for (const steps of ["1", "2"]) await run(page, steps, "42");
  await entries(page)
    .first()
    .getByRole("button", { name: /^Forget/ })
    .click();
  await expect(entries(page)).toHaveCount(1);
  await page.getByRole("button", { name: "Clear", exact: true }).click();
  await expect(entries(page)).toHaveCount(0);
  expect(await keptRuns(page)).toEqual([]);
});

test("what is kept has a bound: the oldest leave first, one that goes on stays", async ({ page }) => {
  const leaving = await page.evaluate(async (path) => {
    const { overflow } = await import(path);
    const run = (id, bytes, state = "done") => ({ id, bytes, state });
    const runs = [run("new", 60), run("older", 60), run("going", 60, "running"), run("oldest", 1)];
    return [
      overflow(runs, { runs: 2, bytes: 1000 }),
      overflow(runs, { runs: 10, bytes: 100 }),
      overflow(runs, { runs: 10, bytes: 181 }),
    ];
  }, "/runs/bounds.js");
  expect(leaving).toEqual([["oldest"], ["older", "oldest"], []]);
});

test("credentials are not kept", async ({ page }) => {
  await page.getByText("Endpoint", { exact: true }).first().click();
  await page.getByLabel("Endpoint", { exact: true }).fill(`${site.url}/infer?key=a-secret`);
  await page.getByLabel("Client id").fill("an-id");
  await page.getByLabel("Client secret").fill("a-secret");
  await run(page, "7", "42");
  const kept = await keptRuns(page);
  expect(kept).toHaveLength(1);
  expect(kept[0].endpoint).toBe(`${site.url}/infer`);
  const text = JSON.stringify(kept, (_, value) => (typeof value === "bigint" ? String(value) : value));
  for (const secret of ["a-secret", "an-id"]) expect(text).not.toContain(secret);
});

test("the value of an input that is named as a secret is not kept, nor the prompt that holds it", async ({
  page,
}) => {
  const workflow = JSON.parse(exampleText("text-to-image"));
  workflow[6].inputs.api_key = "";
  await drop(page, { name: "keyed.json", bytes: JSON.stringify(workflow) });
  await expect(page.getByRole("heading", { name: "keyed.json" })).toBeVisible();
  await showTab(page, "All parameters");
  await field(page, "Prompt, api_key").fill("sk-very-secret");
  workflow[6].inputs.api_key = "sk-very-secret";
  const pictures = answer;
  answer = (index, body) => ({ ...pictures(index, body), prompt: workflow });
  await run(page, "7", "42");
  expect(part(site.bodies[0], "params")).toContain("sk-very-secret");
  const kept = await keptRuns(page);
  const text = JSON.stringify(kept, (_, value) => (typeof value === "bigint" ? String(value) : value));
  expect(text).toContain("3-inputs-steps");
  expect(text).not.toContain("sk-very-secret");
});

test.describe("where nothing can be kept", () => {
  test("the page works and says so", async ({ page }) => {
    await page.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException("The user denied permission", "SecurityError");
      };
    });
    await page.reload();
    await page.getByRole("button", { name: /Text to image/ }).click();
    await showTab(page, "All parameters");
    await run(page, "7", "42");
    await expect(page.getByRole("img", { name: "Output 0.png" })).toBeVisible();
    await expect(page.getByText("This browser keeps nothing for this page")).toBeVisible();
    await entries(page)
      .getByRole("button", { name: /^Restore/ })
      .click();
    await expect(field(page, "Sampler, steps")).toHaveValue("7");
  });

  test("a full disk costs the outputs of a run and nothing else", async ({ page }) => {
    await page.addInitScript(() => {
      const { put } = IDBObjectStore.prototype;
      IDBObjectStore.prototype.put = function (value) {
        if (value.files?.length > 0) throw new DOMException("It is full", "QuotaExceededError");
        return put.call(this, value);
      };
    });
    await page.reload();
    await page.getByRole("button", { name: /Text to image/ }).click();
    await showTab(page, "All parameters");
    await run(page, "7", "42");
    await expect(page.getByText("The browser did not keep the outputs of this run")).toBeVisible();
    await expect(entries(page)).toContainText("seed 42");
    await expect(page.getByRole("img", { name: "Output 0.png" })).toBeVisible();
  });
});

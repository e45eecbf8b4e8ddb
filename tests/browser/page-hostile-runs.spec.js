// What strangers write, in runs that are kept and compared, in several at once, and where outputs and files are used again.

import { expect, test } from "@playwright/test";

import { found } from "../support/found.js";
import { expectHarmless, NAME } from "../support/hostile-page.js";
import { SCRIPT as MARKUP } from "../support/hostile-parts.js";
import { twoPictures } from "../support/sample-workflow.js";
import { output, startScriptedPage } from "../support/scripted-page.js";
import { drawPng, drop, exampleText, field, runButton, runState, showTab } from "./page-driver.js";

let site;
let answer;

test.beforeAll(async () => {
  site = await startScriptedPage((index) => answer(index), { policy: false });
});

test.afterAll(() => site.close());

const entries = (page) => page.locator("#earlier").getByRole("listitem");

const PROMPT = `Prompt ${MARKUP}`;

/** The example, in which the titles of the sampler and of the prompt are hostile, and an input of the latter. */
function hostile() {
  const workflow = JSON.parse(exampleText("text-to-image").replace("11400714819323198485", "42"));
  workflow[3]._meta.title = MARKUP;
  workflow[6]._meta.title = PROMPT;
  workflow[6].inputs[`of ${MARKUP}`] = `one ${MARKUP}`;
  return { name: `${NAME}.json`, bytes: JSON.stringify(workflow) };
}

async function openHostile(page) {
  await page.goto(site.url);
  await drop(page, hostile());
  await showTab(page, "All parameters");
}

test("kept runs, compared and side by side", async ({ page }) => {
  await openHostile(page);
  const png = await drawPng(page, 40, 30, "#a33");
  const picture = output(`${NAME}.png`, "image/png", png);
  const link = { filename: "link.png", content_type: "image/png", filepath: "javascript:globalThis.ran=1" };
  answer = (index) => ({ outputs: index === 0 ? [picture] : [{ ...picture }, link] });
  for (const value of ["first", "second"]) {
    await field(page, `${PROMPT}, of ${MARKUP}`).fill(`${value} ${MARKUP}`);
    await runButton(page).click();
    await runState(page, "done");
    await expect(page.locator("#outputs .seeds")).toContainText("<img src=x");
    await expect(entries(page)).toHaveCount(value === "first" ? 1 : 2);
  }
  await expect(entries(page).first()).toContainText("<img src=x");
  await page
    .locator("#outputs")
    .getByRole("button", { name: /^Enlarge </ })
    .click();
  await expect(page.getByRole("dialog").locator(".file-name")).toContainText("<img src=x");
  await expectHarmless(page);
  await page.keyboard.press("Escape");
  for (const box of await entries(page).getByRole("checkbox").all()) await box.check();
  await page.locator("#earlier").getByRole("button", { name: "Compare", exact: true }).click();
  const compared = page.getByRole("dialog", { name: "Comparison of two runs" });
  await expect(compared.getByRole("row").last()).toContainText("<img src=x");
  await expect(compared.locator("option").first()).toContainText("<img src=x");
  await compared.getByRole("combobox").selectOption({ label: "link.png" });
  await expectHarmless(page);
  await page.keyboard.press("Escape");
  await page.locator("#earlier").getByRole("button", { name: "Side by side" }).click();
  await expect(page.getByRole("dialog").locator("dt").first()).toContainText("<img src=x");
  await expectHarmless(page);
});

test("several runs at once, and one that fails", async ({ page }) => {
  await openHostile(page);
  answer = () => ({ more: { status: "error", completed: false, error_data: MARKUP } });
  await page.getByText("Several runs", { exact: true }).click();
  for (const axis of ["What varies", "and"]) {
    const name = axis === "and" ? `${PROMPT}, of ${MARKUP}` : `${PROMPT}, text`;
    await page.getByRole("combobox", { name: axis, exact: true }).selectOption({ label: name });
    await page.getByRole("textbox", { name: `${axis}: values` }).fill(`<b onerror=1>\n<b onerror=2>`);
  }
  await page.getByRole("button", { name: "Run 4", exact: true }).click();
  const grid = page.getByRole("region", { name: "Grid of runs" });
  await expect(grid.locator("[data-state=failed]")).toHaveCount(4);
  await expect(grid.locator("[data-state=failed]").first()).toContainText("<img src=x");
  await expect(grid.getByRole("columnheader").first()).toHaveText("<b onerror=1>");
  await expect(grid.getByRole("caption")).toContainText(`of ${MARKUP}`);
  await expectHarmless(page);
});

test("a refusal that names its field", async ({ page }) => {
  await openHostile(page);
  const error = { type: "odd", message: "No", details: "", extra_info: { input_name: "seed" } };
  const node = { class_type: "KSampler", dependent_outputs: [], errors: [error] };
  answer = () => ({ status: 400, refusal: { error, node_errors: { 3: node } } });
  await runButton(page).click();
  await runState(page, "failed");
  await expect(page.locator("#failure .text-button")).toContainText("<img src=x");
  await expectHarmless(page);
});

test("an output as an input, a picture that is asked about, and a chosen file", async ({ page }) => {
  await page.goto(site.url);
  const png = await drawPng(page, 40, 30, "#a33");
  answer = () => ({ outputs: [output(`../${NAME}.png`, "image/png", png)] });
  await drop(page, { name: `pictures ${NAME}.json`, bytes: twoPictures(MARKUP, MARKUP) });
  await showTab(page, "All parameters");
  await runButton(page).click();
  await runState(page, "done");
  await page
    .locator("#outputs")
    .getByRole("button", { name: /as input$/ })
    .click();
  const menu = page.locator("#outputs").getByRole("group", { name: "Which field" });
  await expect(menu.getByRole("button").first()).toContainText("<img src=x");
  await expectHarmless(page);
  await menu.getByRole("button").first().press("Enter");
  await expect(page.locator(".file-fact").first()).toContainText("__img src=x");
  const { bytes } = found("text.png");
  await drop(page, { name: `${NAME}.png`, type: "image/png", bytes });
  await expect(page.locator("#notice")).toContainText("pictures <img src=x");
  await expect(page.locator("#notice").getByRole("button").first()).toContainText("<img src=x");
  await expectHarmless(page);
  await page.locator("#notice").getByRole("button").first().click();
  await expect(page.locator(".file-fact").first()).toContainText("<img src=x");
  const mask = { name: `${NAME}.png`, mimeType: "image/png", buffer: bytes };
  await page
    .getByLabel(/, mask file$/)
    .first()
    .setInputFiles(mask);
  await expect(page.locator(".mask-name").first()).toContainText("<img src=x");
  await expectHarmless(page);
  // A file is not kept, and is named when its workflow is opened again.
  await page.reload();
  await expect(page.locator("#unfinished")).toContainText("pictures <img src=x");
  await page.locator("#unfinished").getByRole("button").first().click();
  await expect(page.getByText(/^Files are not kept: </)).toBeVisible();
  await expectHarmless(page);
});

test("workflows that lie unfinished", async ({ page }) => {
  await openHostile(page);
  await field(page, `${PROMPT}, text`).fill("changed");
  await field(page, `${PROMPT}, text`).blur();
  await page.goto("about:blank");
  await page.goto(site.url);
  await expect(page.locator("#unfinished")).toContainText("<img src=x");
  await expectHarmless(page);
});

test("a drawing for a field has no address of the page, and texts and drawings have an end", async ({
  page,
}) => {
  await page.goto(site.url);
  const drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>';
  answer = () => ({
    outputs: [
      output("long.txt", "text/plain", "a".repeat(30_000)),
      output("large.svg", "image/svg+xml", drawing + " ".repeat(9 * 1024 * 1024)),
      { filename: "far.txt", content_type: "text/plain", filepath: `${site.url}/icon.svg`, size: 2_000_000 },
    ],
  });
  await drop(page, { name: "pictures.json", bytes: twoPictures(MARKUP, MARKUP) });
  await showTab(page, "All parameters");
  await page
    .getByLabel(/, file$/)
    .first()
    .setInputFiles({
      name: "drawing.svg",
      mimeType: "image/svg+xml",
      buffer: Buffer.from(drawing),
    });
  await expect(page.locator(".file-fact").first()).toContainText("drawing.svg");
  await expect(page.locator("[data-file-drop] .preview img")).toHaveCount(0);
  await page
    .getByRole("button", { name: /^Remove the file/ })
    .first()
    .click();
  await runButton(page).click();
  await runState(page, "done");
  await expect(page.locator("#outputs .text-output")).toHaveText(/^a{20000}\s+… save it to read on$/);
  await expect(page.getByText("This picture cannot be shown here; it can be saved")).toBeVisible();
  await expect(page.getByText("This text cannot be read from here; it can be saved")).toBeVisible();
});

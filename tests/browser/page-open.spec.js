// How workflows get into the demo page, what it shows of them, and what it says about other files.

import { expect, test } from "../support/fixtures.js";
import { rejected, workflow } from "../support/workflows.js";
import { drawPng, drop, exampleText, field, openExample, runButton, saved, showTab } from "./page-driver.js";

test("a dropped workflow is shown as a table, every value exact", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByText("Drop a workflow, or a picture it made", { exact: true })).toBeVisible();
  await drop(page, { name: "mine.json", bytes: exampleText("text-to-image") });

  await expect(page.getByRole("heading", { name: "mine.json" })).toBeFocused();
  await showTab(page, "All parameters");
  await expect(page.getByText("7 nodes · 13 parameters")).toBeVisible();
  await expect(field(page, "Sampler, seed")).toHaveValue("11400714819323198485");
  await expect(field(page, "Sampler, denoise")).toHaveValue("1.0");
  await expect(
    page.getByRole("button", { name: /^Sampler, model: from Checkpoint #4 · output 0/ }),
  ).toBeVisible();
  await expect(page.locator("#drop-frame")).toBeHidden();
});

test("a workflow can be picked and pasted", async ({ page }) => {
  await page.goto("/");
  await page.getByLabel("Workflow file").setInputFiles({
    name: "picked.json",
    mimeType: "application/json",
    buffer: Buffer.from(exampleText("edit-image")),
  });
  await expect(page.getByRole("heading", { name: "picked.json" })).toBeVisible();

  await page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    const inFirefox = { data: text, dataType: "text/plain" };
    document.body.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData, ...inFirefox, bubbles: true, cancelable: true }),
    );
  }, exampleText("text-to-image"));
  await expect(page.getByRole("heading", { name: "Pasted workflow" })).toBeVisible();
  await showTab(page, "All parameters");
  await expect(field(page, "Prompt, text")).toHaveValue(/lighthouse/);
});

test("odd names and values get a control each, with their exact text", async ({ page }) => {
  const edge = workflow("edge_cases");
  await page.goto("/");
  await drop(page, { name: "edge.json", bytes: edge.bytes });
  await showTab(page, "All parameters");
  const title = 'Prompt — 正の "quoted" title';
  await expect(field(page, "KSampler, seed")).toHaveValue("18446744073709551615");
  await expect(field(page, "KSampler, cfg")).toHaveValue("6.0");
  await expect(field(page, "KSampler, denoise")).toHaveValue("1e-05");
  await expect(field(page, `${title}, text`)).toHaveValue(/日本語 😀/);
  await expect(field(page, `${title}, clip-skip value`)).toHaveValue("-9007199254740993");
  await expect(field(page, `${title}, nested, as JSON`)).toHaveValue(/2\.50/);
  await expect(field(page, "No class_type, a")).toHaveValue("123456789012345678901234567890");
});

test("changes are marked, counted and can be taken back", async ({ page }) => {
  await openExample(page, /Text to image/);
  const steps = field(page, "Sampler, steps");
  await steps.fill("25");
  await expect(page.getByText("1 changed")).toBeVisible();
  await page.getByRole("button", { name: "Reset Sampler, steps" }).click();
  await expect(steps).toHaveValue("20");
  await expect(page.getByText("1 changed")).toBeHidden();

  await steps.fill("many");
  await expect(steps).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByText(/Not a number yet/)).toBeVisible();
  await runButton(page).click();
  await expect(steps).toBeFocused();
});

test("numbers step by key in exact arithmetic and stay put under the wheel", async ({ page }) => {
  await openExample(page, /Text to image/);
  const seed = field(page, "Sampler, seed");
  await seed.press("ArrowDown");
  await expect(seed).toHaveValue("11400714819323198484");
  await field(page, "Sampler, cfg").press("ArrowUp");
  await expect(field(page, "Sampler, cfg")).toHaveValue("6.6");
  await seed.focus();
  await seed.hover();
  await page.mouse.wheel(0, 120);
  await expect(seed).toHaveValue("11400714819323198484");
});

test("the search finds nodes, inputs and values", async ({ page }) => {
  await openExample(page, /Text to image/);
  const search = page.getByRole("searchbox");
  await search.fill("sampler_name");
  await expect(field(page, "Sampler, sampler_name")).toBeVisible();
  await expect(field(page, "Sampler, steps")).toBeHidden();
  await search.fill("watermark");
  await expect(field(page, "Negative prompt, text")).toBeVisible();
  await search.fill("nothing like it");
  await expect(page.getByText("Nothing here matches")).toBeVisible();
  await search.fill("");
  await page.getByRole("button", { name: "Links" }).click();
  await expect(page.getByRole("button", { name: /^Sampler, model: from/ })).toBeHidden();
});

test("download parameters is the library's flattening, indented by four", async ({ page }) => {
  await openExample(page, /Text to image/);
  const { name, bytes } = await saved(page, page.getByRole("button", { name: "Download parameters" }));
  expect(name).toBe("workflow_api_parameters.json");
  const text = bytes.toString();
  const expected = await page.evaluate(
    async (source) => (await import("viewcomfy-wasm")).flattenWorkflowToJson(source, 4),
    exampleText("text-to-image"),
  );
  expect(text).toBe(expected);
  expect(text).toContain('\n    "3-inputs-seed": 11400714819323198485,\n');
});

for (const { file, bytes } of rejected.filter(({ code }) => code !== "editor_workflow")) {
  test(`a wrong file is named and explained: ${file}`, async ({ emptyPage }) => {
    await drop(emptyPage, { name: file, bytes });
    const notice = emptyPage.getByRole("alert");
    await expect(notice).toContainText(file);
    await expect(emptyPage.locator("body[data-state=empty]")).toBeVisible();
    await notice.getByRole("button", { name: "Dismiss message" }).click();
    await expect(notice).toBeHidden();
  });
}

test("a picture without a workflow is told apart, what is open stays open, and it can be run with", async ({
  page,
}) => {
  await openExample(page, /Edit an image/);
  const bytes = await drawPng(page, 8, 8, "#c63");
  await drop(page, { name: "fox.png", type: "image/png", bytes });
  const notice = page.getByRole("alert");
  await expect(notice).toContainText("This picture holds no workflow: fox.png");
  await expect(page.getByRole("heading", { name: "edit-image.json" })).toBeVisible();
  await notice.getByRole("button", { name: "Use it as Your picture, image" }).click();
  await expect(page.getByText("fox.png · 8 × 8")).toBeVisible();
  await expect(notice).toBeHidden();
});

test("the page is there before the wasm, and says so when that fails", async ({ page }) => {
  let broken = true;
  await page.route(/\.wasm/, (route) => (broken ? route.abort() : route.continue()));
  await page.goto("/");
  await page.getByRole("button", { name: /Text to image/ }).click();
  await expect(page.getByRole("alert")).toContainText("WebAssembly");
  broken = false;
  await page.getByRole("button", { name: "Try again" }).click();
  await showTab(page, "All parameters");
  await expect(field(page, "Prompt, text")).toBeVisible();
});

test("a stranger's file is text, never markup", async ({ page }) => {
  const hostile = "<img src=x onerror=\"document.title='run'\">";
  const bytes = JSON.stringify({
    1: { class_type: hostile, inputs: { text: hostile }, _meta: { title: hostile } },
  });
  await page.goto("/");
  await drop(page, { name: `${hostile}.json`, bytes });
  await expect(page.getByRole("heading", { name: hostile, exact: true })).toBeVisible();
  await expect(page.locator("img[src=x]")).toHaveCount(0);
  await expect(page).not.toHaveTitle("run");
});

test("only the theme is stored, and it is kept", async ({ page }) => {
  await openExample(page, /Text to image/);
  await page.getByRole("button", { name: "Theme: follow the system" }).click();
  await page.getByRole("button", { name: "Theme: light" }).click();
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  const stored = await page.evaluate(() => [{ ...localStorage }, { ...sessionStorage }, document.cookie]);
  expect(stored).toEqual([{ theme: "dark" }, {}, ""]);
});

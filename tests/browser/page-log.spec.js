// The log of a run: colours of a terminal, a filter, a copy, a file, and texts that are read from right to left.

import { expect, test } from "@playwright/test";

import { startScriptedPage } from "../support/scripted-page.js";
import { drop, field, runButton, runState, saved, showTab } from "./page-driver.js";

const ARABIC = "تم تحميل النموذج";
const LINES = [
  "got prompt",
  "\u001b[1;31mred and bold\u001b[0m then plain",
  "\u001b[38;5;2mgreen\u001b[39m \u001b]0;a title\u0007\u001b(Bvisible\u001b[2K",
  ARABIC,
  "loaded model",
  "\u001b[31",
];

let site;
let logs = LINES;

test.beforeAll(async () => {
  site = await startScriptedPage(() => ({ logs }));
});

test.afterAll(() => site.close());

test.beforeEach(async ({ page }) => {
  await page.goto(site.url);
  await page.getByRole("button", { name: /Text to image/ }).click();
  await page.locator("body[data-inspected]").waitFor();
  await runButton(page).click();
  await runState(page, "done");
  await page.getByText("Log", { exact: true }).click();
});

test("colours are styles, and what only a terminal understands is left out", async ({ page }) => {
  const lines = page.getByRole("log").locator("> div");
  await expect(lines.nth(1)).toHaveText("red and bold then plain");
  await expect(lines.nth(1).locator(".ansi-red.ansi-bold")).toHaveText("red and bold");
  await expect(lines.nth(2)).toHaveText("green visible");
  await expect(lines.nth(2).locator(".ansi-green")).toHaveText("green");
  expect(await page.getByRole("log").textContent()).not.toContain("\u001b");
});

test("the filter leaves the lines that hold its text, and the file has these", async ({ page }) => {
  await page.getByRole("searchbox", { name: "Filter the log" }).fill("PROMPT");
  await expect(page.getByRole("log").locator("> div:visible")).toHaveText(["got prompt"]);
  await expect(page.getByText("1 of 6", { exact: true })).toBeVisible();
  const { name, bytes } = await saved(page, page.getByRole("button", { name: "Download the log" }));
  expect([name, bytes.toString()]).toEqual(["run.log", "got prompt\n"]);
});

test("the log is copied as plain text", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.locator("#log").getByRole("button", { name: "Copy" }).click();
  await expect(page.locator("#log").getByRole("button", { name: "Copied" })).toBeVisible();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(text.split("\n").slice(0, 4)).toEqual([
    "got prompt",
    "red and bold then plain",
    "green visible",
    ARABIC,
  ]);
});

test("a line from right to left begins at the right", async ({ page }) => {
  const line = page.getByRole("log").locator("> div").nth(3);
  await expect(line).toHaveCSS("direction", "rtl");
  await expect(page.getByRole("log").locator("> div").first()).toHaveCSS("direction", "ltr");
});

test("a prompt and a title from right to left begin at the right, too", async ({ page }) => {
  const text = JSON.stringify({
    6: { class_type: "CLIPTextEncode", inputs: { text: ARABIC }, _meta: { title: ARABIC } },
  });
  await drop(page, { name: "arabic.json", bytes: text });
  await showTab(page, "All parameters");
  await expect(field(page, `${ARABIC}, text`)).toHaveCSS("direction", "rtl");
  const title = page.getByRole("heading", { name: ARABIC });
  await expect(title).toHaveCSS("unicode-bidi", "plaintext");
});

test("of very many lines the newest five thousand stay", async ({ page }) => {
  logs = Array.from({ length: 5_010 }, (_, at) => `line ${at}`);
  try {
    await runButton(page).click();
    await expect(page.locator("#log .log-count")).toHaveText("last 5,000 of 5,010");
    await expect(page.getByRole("log").locator("> div")).toHaveCount(5_000);
  } finally {
    logs = LINES;
  }
});

// Nothing that was typed is lost in silence: edits are kept per file, and each step can be undone.

import { expect, test } from "../support/fixtures.js";
import { fixture } from "../support/found.js";
import { drawPng, drop, exampleText, field, openExample, showTab } from "./page-driver.js";

const PROMPT = "a red fox in the snow";

async function openText(page, name = "mine.json", text = exampleText("text-to-image")) {
  await drop(page, { name, bytes: text });
  await expect(page.getByRole("heading", { name, exact: true })).toBeVisible();
  await showTab(page, "All parameters");
}

/** What is kept, once it has the text. */
async function kept(page, text) {
  await expect.poll(() => page.evaluate(() => localStorage.getItem("edits") ?? "")).toContain(text);
}

test("opening another file and the first one again brings its changes back, with the way to discard them", async ({
  page,
}) => {
  await page.goto("/");
  await openText(page);
  await field(page, "Prompt, text").fill(PROMPT);
  await field(page, "Sampler, seed").fill("18446744073709551615");
  await openText(page, "other.json", exampleText("edit-image"));
  await expect(page.getByText(/^Restored/)).toHaveCount(0);
  await openText(page);
  await expect(page.getByText("Restored 2 changes from before.")).toBeVisible();
  await expect(field(page, "Prompt, text")).toHaveValue(PROMPT);
  await expect(field(page, "Sampler, seed")).toHaveValue("18446744073709551615");

  await page.getByRole("button", { name: "Discard them" }).click();
  await expect(field(page, "Prompt, text")).toHaveValue(/lighthouse/);
  await expect(page.getByText(/^Restored/)).toHaveCount(0);
  await expect(page.locator(".changed-count")).toHaveCount(0);
  await page.getByRole("button", { name: "Undo (Ctrl+Z)" }).click();
  await expect(field(page, "Prompt, text")).toHaveValue(PROMPT);
});

test("a file of one's own is still there after opening another one", async ({ page }) => {
  await openExample(page, /Edit an image/);
  const bytes = await drawPng(page, 8, 8, "#c63");
  await drop(page, { name: "fox.png", type: "image/png", bytes }, "[data-file-drop]");
  await openText(page, "other.json");
  await openText(page, "edit-image.json", exampleText("edit-image"));
  await expect(page.getByText("fox.png · 8 × 8")).toBeVisible();
});

test("a reload loses nothing: the workflow is at hand, with its switches, texts and half-typed numbers", async ({
  page,
}) => {
  await page.goto("/");
  await openText(page);
  await field(page, "Prompt, text").fill(PROMPT);
  await field(page, "Sampler, cfg").fill("7.");
  await field(page, "Sampler, steps").fill("2x");
  await page.getByRole("switch", { name: "Random each run: Sampler, seed" }).check();
  // At once: what was typed last is kept on leaving.
  await page.reload();
  await page.getByRole("button", { name: /^mine\.json/ }).click();
  await showTab(page, "All parameters");
  await expect(page.getByText("Restored 4 changes from before.")).toBeVisible();
  await expect(field(page, "Prompt, text")).toHaveValue(PROMPT);
  await expect(field(page, "Sampler, steps")).toHaveValue("2x");
  await expect(field(page, "Sampler, steps")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByRole("switch", { name: "Random each run: Sampler, seed" })).toBeChecked();
});

test("a closed tab loses nothing, and the file itself brings its changes back", async ({ page, context }) => {
  await page.goto("/");
  await openText(page);
  await field(page, "Sampler, seed").fill("18446744073709551615");
  await kept(page, "18446744073709551615");
  await page.close();
  const next = await context.newPage();
  await next.goto("/");
  await openText(next, "under another name.json");
  await expect(next.getByText("Restored 1 change from before.")).toBeVisible();
  await expect(field(next, "Sampler, seed")).toHaveValue("18446744073709551615");
  // Another workflow is another.
  await openText(next, "changed.json", exampleText("text-to-image").replace("at dusk", "at dawn"));
  await expect(field(next, "Sampler, seed")).toHaveValue("11400714819323198485");
});

test("files and secrets are not kept, and which file has to be chosen again is said", async ({ page }) => {
  const nodes = JSON.parse(exampleText("edit-image"));
  nodes["1"].inputs.api_key = "";
  nodes["1"].inputs.max_tokens = 10;
  const text = JSON.stringify(nodes);
  await page.goto("/");
  await openText(page, "with a key.json", text);
  const bytes = await drawPng(page, 8, 8, "#c63");
  await drop(page, { name: "fox.png", type: "image/png", bytes }, "[data-file-drop]");
  await field(page, "Your picture, api_key").fill("sk-very-secret");
  await field(page, "Your picture, max_tokens").fill("4242");
  await kept(page, "4242");
  const stored = await page.evaluate(() => JSON.stringify({ ...localStorage }));
  expect(stored).not.toContain("sk-very-secret");
  expect(stored).not.toContain("data:");
  await page.reload();
  await openText(page, "with a key.json", text);
  await expect(page.getByText("Files are not kept: fox.png has to be chosen again.")).toBeVisible();
  await expect(field(page, "Your picture, max_tokens")).toHaveValue("4242");
  await expect(field(page, "Your picture, api_key")).toHaveValue("");
});

test("what is kept is bounded, and the newest stays", async ({ page }) => {
  await page.goto("/");
  await page.evaluate(() => {
    const record = (at) => ({
      id: `x-${at}`,
      name: `${at}.json`,
      at,
      count: 1,
      edits: "{}",
      files: {},
      text: "{}",
    });
    localStorage.setItem("edits", JSON.stringify(Array.from({ length: 30 }, (_, at) => record(30 - at))));
  });
  await openText(page);
  await field(page, "Prompt, text").fill(PROMPT);
  await kept(page, PROMPT);
  const records = await page.evaluate(() => JSON.parse(localStorage.getItem("edits")));
  expect(records).toHaveLength(20);
  expect(records[0].name).toBe("mine.json");
  expect(records.filter(({ text }) => text !== null)).toHaveLength(4);
});

test("a browser that keeps nothing says so", async ({ page }) => {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  await page.goto("/");
  await openText(page);
  await field(page, "Prompt, text").fill(PROMPT);
  await expect(page.locator(".facts")).toContainText("not kept");
});

test("what somebody else wrote into the storage stops nothing", async ({ page }) => {
  for (const hostile of ["{", "[1]", '[{"id":1}]', '{"edits":[]}']) {
    await page.goto("/");
    await page.evaluate((text) => localStorage.setItem("edits", text), hostile);
    await page.goto("/");
    await openText(page);
    await expect(field(page, "Prompt, text")).toHaveValue(/lighthouse/);
  }
});

test("a converted workflow's changes come back with its file", async ({ page }) => {
  const file = fixture("editor/lighthouse_04.json");
  await page.goto("/");
  await drop(page, file);
  await showTab(page, "All parameters");
  await page.locator("[data-key='3-inputs-steps']").getByRole("textbox").fill("7");
  await kept(page, '\\"value\\":7');
  await page.reload();
  await page.getByRole("button", { name: /^lighthouse_04\.json/ }).click();
  await showTab(page, "All parameters");
  await expect(page.locator("[data-key='3-inputs-steps']").getByRole("textbox")).toHaveValue("7");
  await expect(page.locator(".converted")).toBeVisible();
});

test("a kept workflow can be forgotten", async ({ page }) => {
  await page.goto("/");
  await openText(page);
  await field(page, "Prompt, text").fill(PROMPT);
  await kept(page, PROMPT);
  await page.goto("/");
  await page.getByRole("button", { name: "Forget the changes of mine.json" }).click();
  await expect(page.getByText("Or go on where you left off")).toBeHidden();
  expect(await page.evaluate(() => localStorage.getItem("edits"))).toBe(null);
});

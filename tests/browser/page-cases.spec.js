// The page opens what people have: files that are not quite JSON, and what carries a workflow.

import { readFileSync } from "node:fs";

import { expect, test } from "../support/fixtures.js";
import { fixture } from "../support/found.js";
import { AROUND_ANY, AROUND_BOTH } from "../support/wrappers.js";
import { drop, exampleText, field, showTab } from "./page-driver.js";

const FOXES = [
  "01-nan-list.png",
  "01-nan.json",
  "04-double.mp4",
  "07-comment-undefined.jpg",
  "08-history.json",
  "enc_utf16le.json",
  "wrap_runpod.json",
  "wrap_graphToPrompt.json",
  "wrap_list.json",
  "wrap_prompt_string.json",
];

for (const name of FOXES) {
  test(`${name} opens`, async ({ usedPage }) => {
    await drop(usedPage, fixture(`cases/${name}`));
    await expect(usedPage.getByRole("heading", { name, exact: true })).toBeFocused();
    await showTab(usedPage, "All parameters");
    await expect(usedPage.getByRole("textbox", { name: /, text$/ }).first()).toHaveValue("a red fox");
  });
}

test("a value that is not a number stands as the file has it", async ({ page }) => {
  await page.goto("/");
  await drop(page, fixture("cases/01-nan-value.json"));
  await showTab(page, "All parameters");
  await expect(field(page, "KSampler, cfg")).toHaveValue("NaN");
});

test("what carries a workflow opens by its content, whatever its name is", async ({ page }) => {
  await page.goto("/");
  const api = exampleText("text-to-image").trim();
  const editor = readFileSync(new URL("../fixtures/editor/lighthouse_04.json", import.meta.url), "utf8");
  const all = Object.entries({ ...AROUND_ANY, ...AROUND_BOTH });
  for (const [at, [wrapper, wrap]] of all.entries()) {
    await drop(page, { name: `${at}.data`, type: "", bytes: wrap(api, editor) });
    await expect(page.getByRole("heading", { name: `${at}.data` }), wrapper).toBeFocused();
    await showTab(page, "All parameters");
    await expect(field(page, "Sampler, seed"), wrapper).toHaveValue("11400714819323198485");
  }
});

test("the editor's format opens in what carries it", async ({ page }) => {
  await page.goto("/");
  const editor = readFileSync(new URL("../fixtures/editor/lighthouse_04.json", import.meta.url), "utf8");
  for (const [at, [wrapper, wrap]] of Object.entries(AROUND_ANY).entries()) {
    await drop(page, { name: `${at}.json`, bytes: wrap(editor.trim()) });
    await expect(page.getByRole("heading", { name: `${at}.json` }), wrapper).toBeFocused();
    await expect(page.locator("body[data-state=ready]"), wrapper).toBeVisible();
    await showTab(page, "All parameters");
    await expect(page.getByText(/Converted from the editor's format/).first(), wrapper).toBeVisible();
  }
});

test("another program's picture is told apart", async ({ page }) => {
  await page.goto("/");
  await drop(page, fixture("cases/png_a1111.png"));
  await expect(page.getByRole("alert")).toContainText("AUTOMATIC1111's web UI");
});

test("a server's classes that cannot be read are named", async ({ page }) => {
  await page.goto("/");
  const good = '"Good": {"input": {"required": {}}, "output": ["INT"]}';
  const bytes = `{${good}, "Odd <b>pack</b>": {"input": [], "output": 5}, "Other": null}`;
  await drop(page, { name: "object_info.json", bytes });
  const notice = page.locator(".notice");
  await expect(notice).toContainText("classes of a ComfyUI server");
  await expect(notice).toContainText(
    "cannot be read, so their nodes are not checked: Odd <b>pack</b>, Other.",
  );
});

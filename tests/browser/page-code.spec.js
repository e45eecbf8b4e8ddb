// The same run as a program, in several languages; what the programs send is tested by tests/js/page-code.test.js.

import { expect, test } from "../support/fixtures.js";
import { field, openExample } from "./page-driver.js";

const open = (page) => page.getByText("Code", { exact: true }).click();
const tab = (page, name) => page.getByRole("tab", { name, exact: true });

test("is loaded when it is first opened, and has a tab for each language", async ({ page }) => {
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await openExample(page, /Text to image/);
  const scripts = () => asked.filter((url) => /\/programs-[^/]+\.js$/.test(url)).length;
  const before = scripts();
  await open(page);
  await expect(page.getByLabel("JavaScript", { exact: true })).toContainText('from "viewcomfy-wasm"');
  expect(scripts()).toBe(before + 1);
  for (const [name, words] of [
    ["React", "useInfer(client)"],
    ["curl", "curl --fail-with-body"],
    ["Python", "requests.post("],
    ["Command line", "npx viewcomfy-wasm run"],
  ]) {
    await tab(page, name).click();
    await expect(page.getByLabel(name, { exact: true })).toContainText(words);
    await expect(tab(page, name)).toHaveAttribute("aria-selected", "true");
  }
});

test("follows what is typed, in the language that is shown", async ({ page }) => {
  await openExample(page, /Text to image/);
  await open(page);
  await tab(page, "curl").click();
  await field(page, "Prompt, text").fill("it's a red fox");
  await expect(page.getByLabel("curl", { exact: true })).toContainText(
    `"6-inputs-text": "it'\\''s a red fox"`,
  );
  await field(page, "Sampler, seed").fill("18446744073709551615");
  await tab(page, "Python").click();
  await expect(page.getByLabel("Python", { exact: true })).toContainText(
    '"3-inputs-seed": 18446744073709551615,',
  );
  await tab(page, "Command line").click();
  const line = page.getByLabel("Command line", { exact: true });
  await expect(line).toContainText("--set 3-inputs-seed=18446744073709551615");
  await page.getByText("Code", { exact: true }).click();
  await field(page, "Prompt, text").fill("dusk");
  await open(page);
  await expect(line).toContainText("--set 6-inputs-text=dusk");
});

test("goes by the arrow keys, and copies what is shown", async ({ page, context, browserName }) => {
  if (browserName === "chromium") await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openExample(page, /Text to image/);
  await open(page);
  await tab(page, "JavaScript").focus();
  await page.keyboard.press("ArrowLeft");
  await expect(tab(page, "Command line")).toBeFocused();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  await expect(tab(page, "React")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.locator("#code").getByRole("button", { name: "Copy" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("#code").getByRole("button", { name: /Copied|Selected/ })).toBeVisible();
  if (browserName !== "chromium") return;
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(await page.getByLabel("React", { exact: true }).textContent());
});

// Takes pictures of the demo page's states in light, dark and at phone width, to be looked at by a person.
// node tests/browser/screenshots.js [folder]   (default .cache/screenshots; needs a build)

import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { chromium } from "@playwright/test";

import { findBrowser } from "../../scripts/browser.js";
import { startEndpoint } from "../support/endpoint.js";
import { drop, field, runButton, runState, useFault } from "./page-driver.js";

const folder = process.argv[2] ?? fileURLToPath(new URL("../../.cache/screenshots", import.meta.url));
const LOOKS = {
  light: { viewport: { width: 1360, height: 900 }, colorScheme: "light" },
  dark: { viewport: { width: 1360, height: 900 }, colorScheme: "dark" },
  phone: {
    viewport: { width: 390, height: 844 },
    colorScheme: "light",
    deviceScaleFactor: 2,
    isMobile: true,
  },
};

async function takeAll(browser, look, options) {
  const endpoint = await startEndpoint({ speed: 1, coldStart: 4 });
  const page = await browser.newPage({ ...options, baseURL: endpoint.url });
  const take = (state) => page.screenshot({ path: `${folder}/${look}-${state}.png` });
  const open = async (example) => {
    await page.goto("/");
    await page.getByRole("button", { name: example }).click();
    await page.locator("body[data-state=ready]").waitFor();
  };

  await page.goto("/");
  await take("1-empty");
  await drop(page, { name: "editor.json", bytes: '{"nodes": [], "links": []}' });
  await page.getByRole("alert").waitFor();
  await take("2-wrong-file");
  await open(/Text to image/);
  await take("3-ready");
  await field(page, "Prompt, text").fill("a red fox in the snow, morning light");
  await field(page, "Sampler, seed").fill("18446744073709551615");
  await page.evaluate(() => scrollTo(0, 0));
  await runButton(page).click();
  await runState(page, "waiting");
  await take("4-waiting");
  await page.locator(".status-numbers", { hasText: /1\d\/20/ }).waitFor();
  await take("5-running");
  await runState(page, "done");
  await page.getByRole("img", { name: /^Output / }).waitFor();
  await page.waitForTimeout(800);
  await take("6-done");
  for (const panel of ["Log", "Code"]) await page.getByText(panel, { exact: true }).click();
  await page.getByLabel("JavaScript").scrollIntoViewIfNeeded();
  await take("7-log-and-code");
  await open(/Text to image/);
  await useFault(page, endpoint, "fault=node_errors");
  await runButton(page).click();
  await runState(page, "failed");
  await page.waitForTimeout(800);
  await take("8-failed");
  await open(/Edit an image/);
  await take("9-edit-image");
  await page.close();
  await endpoint.close();
}

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: findBrowser() ?? undefined,
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
for (const [look, options] of Object.entries(LOOKS)) await takeAll(browser, look, options);
await browser.close();
process.stdout.write(`screenshots are in ${folder}\n`);

// Takes pictures of the demo page's states in light, dark and at phone width, to be looked at by a person.
// node tests/browser/screenshots.js [folder]   (default .cache/screenshots; needs a build)

import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { chromium } from "@playwright/test";

import { findBrowser } from "../../scripts/browser.js";
import { startDemo } from "../support/demo.js";
import { startEndpoint } from "../support/endpoint.js";
import { fixture, found } from "../support/found.js";
import { allWorkflows } from "../support/workflows.js";
import { askForFault, drop, exampleText, field, runButton, runState, showTab } from "./page-driver.js";

const folder = process.argv[2] ?? fileURLToPath(new URL("../../.cache/screenshots", import.meta.url));
const LOOKS = {
  light: { viewport: { width: 1280, height: 800 }, colorScheme: "light" },
  dark: { viewport: { width: 1280, height: 800 }, colorScheme: "dark" },
  wide: { viewport: { width: 1920, height: 1080 }, colorScheme: "light" },
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
    await page.locator("body[data-inspected]").waitFor();
    await page.waitForTimeout(200);
  };

  await page.goto("/");
  await take("1-empty");
  await drop(page, found("none/plain.jpg"));
  await page.getByRole("alert").waitFor();
  await take("2-wrong-file");
  await open(/Text to image/);
  await take("3-ready");
  await showTab(page, "All parameters");
  await take("3-table");
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
  await askForFault(page, endpoint, "fault=node_errors");
  await runButton(page).click();
  await runState(page, "failed");
  await page.waitForTimeout(800);
  await take("8-failed");
  await open(/Edit an image/);
  await take("9-edit-image");
  await takeInspection(page, take);
  await page.close();
  await endpoint.close();
}

/** The states of looking into files; `take(state)` makes the picture. */
async function takeInspection(page, take) {
  const canvas = page.getByRole("application");
  const largest = allWorkflows.toSorted((a, b) => b.bytes.length - a.bytes.length)[0];
  await page.goto("/");
  await drop(page, { name: `${largest.name}.json`, bytes: largest.bytes });
  await showTab(page, "Graph");
  await page.locator(".graph-canvas:not([aria-busy])").waitFor();
  await page.waitForTimeout(800);
  await take("10-graph");
  await canvas.focus();
  for (const key of ["ArrowRight", "ArrowRight", "ArrowRight", "Enter"]) await page.keyboard.press(key);
  await page.waitForTimeout(500);
  await take("11-node");
  await page.getByRole("button", { name: "Show the graph on the whole window" }).click();
  await page.waitForTimeout(800);
  await take("12-whole-window");
  await page.keyboard.press("Escape");

  await page.goto("/");
  const broken = exampleText("text-to-image").replace('"4", 0', '"44", 0').replace(": 768", ": 770");
  await drop(page, { name: "broken.json", bytes: broken });
  await showTab(page, /^Problems/);
  await take("13-problems");
  await drop(page, fixture("definitions/object_info.json"));
  await page.waitForTimeout(500);
  await take("14-object-info");
  await page.goto("/");
  await drop(page, fixture("convert/templates/image_qwen_image_instantx_controlnet.ui.json"));
  await showTab(page, /^Problems/);
  for (const summary of await page.locator(".about-file summary").all()) await summary.click();
  await page.getByText("How it is made").scrollIntoViewIfNeeded();
  await take("14-recipe");
  await page.goto("/");
  await drop(page, { name: "broken.json", bytes: broken });
  await drop(page, fixture("definitions/object_info.json"));
  await showTab(page, "All parameters");
  await page.getByRole("button", { name: "About Sampler, steps" }).click();
  await take("15-choices");

  await page.goto("/");
  await drop(page, [found("text.png"), { name: "text-to-image.json", bytes: exampleText("text-to-image") }]);
  await page.getByRole("heading", { name: "What differs" }).waitFor();
  await take("16-diff");
  await page.goto("/");
  await drop(page, [found("film.mp4"), found("workflow.json"), found("none/plain.jpg")]);
  await page.getByRole("group", { name: "Files" }).waitFor();
  await page.waitForTimeout(500);
  await take("17-files");
  await page.goto("/");
  const { version, ...versionless } = JSON.parse(String(fixture("editor/model_free.json").bytes));
  await drop(page, { name: `from-${version}.json`, bytes: JSON.stringify(versionless) });
  await page.locator("body[data-inspected]").waitFor();
  await page.waitForTimeout(300);
  await take("18-converted");
  await page.getByRole("button", { name: "1 thing to know" }).click();
  await take("19-things-to-know");
  await showTab(page, "Graph");
  await page.locator("g[data-node='2']").waitFor();
  await page.waitForTimeout(500);
  await take("20-converted-graph");
  await page.goto("/");
  await drop(page, fixture("editor/odd_values.json"));
  await page.locator("g[data-node='6']").waitFor();
  await page.waitForTimeout(500);
  await take("21-not-converted");
}

/** The page in front of a deployment, with right credentials and with wrong ones. */
async function takeDeployment(browser, look, options) {
  const deployment = await startEndpoint({ speed: 5, args: ["--no-cors"] });
  const variables = {
    VIEWCOMFY_API_URL: `${deployment.url}/infer`,
    VIEWCOMFY_CLIENT_ID: "local-id",
    VIEWCOMFY_CLIENT_SECRET: "local-secret",
  };
  const demo = await startDemo(variables);
  const page = await browser.newPage({ ...options, baseURL: demo.url });
  const take = (state) => page.screenshot({ path: `${folder}/${look}-${state}.png` });
  await page.goto("/");
  await take("22-deployment-empty");
  await page.getByRole("button", { name: /Text to image/ }).click();
  await page.locator("body[data-inspected]").waitFor();
  await page.getByText("The deployed workflow").click();
  await page.locator("#run").scrollIntoViewIfNeeded();
  await take("23-deployment-ready");
  await runButton(page).click();
  await runState(page, "done");
  await page.getByRole("img", { name: /^Output / }).waitFor();
  await page.waitForTimeout(800);
  await take("24-deployment-done");
  await page.goto("/");
  await drop(page, fixture("editor/model_free.json"));
  await page.locator("body[data-inspected]").waitFor();
  await take("25-deployment-converted");

  const wrong = await startDemo({ ...variables, VIEWCOMFY_CLIENT_SECRET: "another-secret" });
  await page.goto(wrong.url);
  await page.getByRole("button", { name: /Text to image/ }).click();
  await page.locator("body[data-inspected]").waitFor();
  await runButton(page).click();
  await runState(page, "failed");
  await page.waitForTimeout(800);
  await take("26-deployment-wrong-secret");
  await page.getByText("Code", { exact: true }).click();
  await page.getByLabel("JavaScript").scrollIntoViewIfNeeded();
  await take("27-deployment-code");
  await page.close();
  for (const server of [wrong, demo, deployment]) await server.close();
}

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: findBrowser() ?? undefined,
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
for (const [look, options] of Object.entries(LOOKS)) {
  await takeAll(browser, look, options);
  await takeDeployment(browser, look, options);
}
await browser.close();
process.stdout.write(`screenshots are in ${folder}\n`);

// Takes pictures of every state of the demo page at four widths in light and dark, to be looked at by a person, and tells
// where axe finds something or the page is wider than its window. A state that is not reached has no picture, and fails.
// node tests/browser/screenshots.js [folder] [part of a state's name]   (default .cache/screenshots; needs a build)

import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

import AxeBuilder from "@axe-core/playwright";
import { chromium, expect } from "@playwright/test";

import { findBrowser } from "../../scripts/browser.js";
import { startDemo } from "../support/demo.js";
import { startEndpoint } from "../support/endpoint.js";
import { STATES } from "../support/page-states.js";
import { openExample, runButton, runState } from "./page-driver.js";

const [folder = fileURLToPath(new URL("../../.cache/screenshots", import.meta.url)), wanted = ""] =
  process.argv.slice(2);
const SIZES = { 1440: [1440, 900], 1920: [1920, 1080], 820: [820, 1180], 390: [390, 844] };
const SECRET = "local-secret";

/** In front of a deployment: the states that only the page with such a route has. */
const OF_A_DEPLOYMENT = {
  "deployment, empty": STATES.empty,
  "deployment, ready": async (page) => {
    await openExample(page, /Text to image/);
    await page.getByText("The deployed workflow").click();
    await expect(page.getByRole("radio", { name: "The deployed workflow" })).toBeChecked();
    await expect(runButton(page)).toBeEnabled();
  },
  "deployment, done": async (page) => {
    await openExample(page, /Text to image/);
    await runButton(page).click();
    await runState(page, "done");
    await page.getByRole("img", { name: /^Output / }).waitFor();
  },
};
const OF_A_WRONG_SECRET = {
  "deployment, wrong secret": async (page) => {
    await openExample(page, /Text to image/);
    await runButton(page).click();
    await runState(page, "failed");
  },
};

mkdirSync(folder, { recursive: true });
const endpoint = await startEndpoint({ speed: 5 });
const deployment = await startEndpoint({ speed: 5, args: ["--no-cors"] });
const variables = {
  VIEWCOMFY_API_URL: `${deployment.url}/infer`,
  VIEWCOMFY_CLIENT_ID: "local-id",
  VIEWCOMFY_CLIENT_SECRET: SECRET,
};
const demo = await startDemo(variables);
const wrong = await startDemo({ ...variables, VIEWCOMFY_CLIENT_SECRET: "another-secret" });
const browser = await chromium.launch({
  executablePath: findBrowser() ?? undefined,
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
for (const width of Object.keys(SIZES)) {
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    await takeAll(endpoint, STATES, width, colorScheme);
    await takeAll(demo, OF_A_DEPLOYMENT, width, colorScheme);
    await takeAll(wrong, OF_A_WRONG_SECRET, width, colorScheme);
  }
}
await browser.close();
for (const server of [wrong, demo, deployment, endpoint]) await server.close();
process.stdout.write(`screenshots are in ${folder}\n`);

async function takeAll(server, states, width, colorScheme) {
  for (const [state, reach] of Object.entries(states)) {
    if (!state.includes(wanted)) continue;
    const [innerWidth, height] = SIZES[width];
    const isMobile = innerWidth < 500;
    const context = await browser.newContext({
      baseURL: server.url,
      colorScheme,
      viewport: { width: innerWidth, height },
      isMobile,
      hasTouch: isMobile,
    });
    await takeOne(
      await context.newPage(),
      reach,
      server,
      `${state.replaceAll(/\W+/g, "-")}-${width}-${colorScheme}`,
    );
    await context.close();
  }
}

async function takeOne(page, reach, server, name) {
  try {
    await reach(page, server);
  } catch (error) {
    process.stdout.write(`${name}: not reached: ${error.message.split("\n", 1)[0]}\n`);
    process.exitCode = 1;
    return;
  }
  // Pictures and boxes come in by a short transition.
  await page.waitForTimeout(600);
  await page.screenshot({ path: `${folder}/${name}.png` });
  const { violations } = await new AxeBuilder({ page }).analyze();
  for (const { id, nodes } of violations) process.stdout.write(`${name}: axe ${id}: ${nodes[0].html}\n`);
  const wider = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  if (wider > 0) process.stdout.write(`${name}: ${wider} px wider than the window\n`);
}

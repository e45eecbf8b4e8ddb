// Takes the screenshots of the demo page for the README and the docs site, light and dark: `npm run pictures`. A run is
// recorded as an animated WebP. Builds what is missing first.

import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { drop, exampleText, runButton, runState, showTab } from "../tests/browser/page-driver.js";
import { startEndpoint } from "../tests/support/endpoint.js";
import { fixture } from "../tests/support/found.js";
import { ensureBrowser, findBrowser } from "./browser.js";
import { build } from "./build.js";
import { buildEndpoint } from "./endpoint.js";
import { Film } from "./film.js";
import { Failure, main, root, say } from "./run.js";

const LOOKS = ["light", "dark"];
const STILL = { width: 1280, height: 800 };
const FILMED = { width: 1100, height: 780 };
/** The size limit for a picture in the README. */
const FILM_LIMIT = 400_000;
/** The number of sampler steps between two pictures of the film. */
const STRIDE = 4;
const PROMPT = "a red fox in the snow, morning light";
const NEXT_PROMPT = "a red fox at night, under a full moon";
/** The largest seed, which JSON.parse would round. */
const SEED = "18446744073709551615";

await main(async () => {
  await build();
  await buildEndpoint();
  await ensureBrowser();
  const { chromium } = await import("@playwright/test");
  const browser = await chromium.launch({
    executablePath: findBrowser() ?? undefined,
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
  try {
    for (const look of LOOKS) await takePictures(browser, look);
  } finally {
    await browser.close();
  }
});

async function takePictures(browser, look) {
  const endpoint = await startEndpoint({ speed: 3 });
  // The page's policy would forbid reading the output's blob, which is the file that is dropped in the film.
  const options = { colorScheme: look, baseURL: endpoint.url, bypassCSP: true };
  const open = (viewport) => browser.newPage({ ...options, viewport });
  try {
    const page = await open(STILL);
    keep(`demo-${look}.png`, await takeRun(page));
    const made = await outputOf(page);
    keep(`problems-${look}.png`, await takeProblems(page));
    const film = await filmRun(await open(FILMED), await browser.newPage(), made);
    if (film.length > FILM_LIMIT)
      throw new Failure(`The film has ${film.length} bytes, more than ${FILM_LIMIT}`);
    keep(`run-${look}.webp`, film);
  } finally {
    await endpoint.close();
  }
}

function keep(name, bytes) {
  writeFileSync(join(root, "docs", name), bytes);
  say(`pictures: docs/${name}, ${(bytes.length / 1000).toFixed(0)} KB`);
}

/** The page after a run. */
async function takeRun(page) {
  await page.goto("/");
  await page.getByRole("button", { name: /Text to image/ }).click();
  await showTab(page, "Form");
  await fillIn(page, PROMPT);
  await runButton(page).click();
  await showsOutput(page);
  return page.screenshot();
}

async function fillIn(page, prompt) {
  await page.getByLabel(/^Prompt, text$/i).fill(prompt);
  await page.getByLabel(/^Sampler, seed$/i).fill(SEED);
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    scrollTo(0, 0);
  });
}

async function showsOutput(page) {
  await runState(page, "done");
  await page.getByRole("img", { name: /^Output / }).waitFor();
  await settled(page);
}

/** The picture that the run made, which contains its workflow. */
async function outputOf(page) {
  const base64 = await page.getByRole("img", { name: /^Output / }).evaluate(async ({ src }) => {
    const content = new Uint8Array(await (await fetch(src)).arrayBuffer());
    return btoa(Array.from(content, (byte) => String.fromCharCode(byte)).join(""));
  });
  return { name: "lighthouse.png", type: "image/png", bytes: Buffer.from(base64, "base64") };
}

/** A graph with problems: a model that the server lacks, a link to a missing node, a size that is clamped. */
async function takeProblems(page) {
  await page.goto("/");
  const broken = exampleText("text-to-image").replace('"4", 0', '"44", 0').replace(": 768", ": 770");
  await drop(page, { name: "broken.json", bytes: broken });
  await page.locator("body[data-inspected]").waitFor();
  await drop(page, fixture("definitions/object_info.json"));
  await showTab(page, "Graph");
  await page.locator(".graph-canvas:not([aria-busy])").waitFor();
  await page.locator("#notice").getByRole("button").first().click();
  await page.getByRole("button", { name: /whole window/ }).click();
  await page.locator("g[data-node='3']").click();
  await settled(page);
  return page.screenshot();
}

/** From an empty page to a picture: the picture of an earlier run is dropped, its prompt is changed, and it runs again. */
async function filmRun(page, studio, picture) {
  const film = new Film(page, studio);
  await page.goto("/");
  await settled(page);
  await film.take(1_400);
  await page.dispatchEvent("body", "dragenter", { dataTransfer: await fileBeingDragged(page) });
  await settled(page);
  await film.take(1_000);
  await drop(page, picture);
  await showTab(page, "Form");
  await settled(page);
  await film.take(1_600);
  await fillIn(page, NEXT_PROMPT);
  await film.take(1_400);
  await runButton(page).click();
  await filmProgress(page, film);
  await showsOutput(page);
  await film.take(4_000);
  return film.develop();
}

function fileBeingDragged(page) {
  return page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(["x"], "lighthouse.png", { type: "image/png" }));
    return data;
  });
}

/** Some steps of the sampler, as the page shows them. */
async function filmProgress(page, film) {
  for (let wanted = 1; ; ) {
    const seen = await page.waitForFunction(stepFrom, wanted).then((handle) => handle.jsonValue());
    if (seen.done) return;
    await film.take(450);
    wanted = seen.step + STRIDE;
  }
}

/** Runs in the page: returns the shown step once it is the wanted one or a later one, or that the run is over. */
function stepFrom(wanted) {
  if (document.querySelector("#run[data-run=done]")) return { done: true };
  const [step, rest] = (document.querySelector(".status-numbers")?.textContent ?? "").split("/");
  return rest !== undefined && Number(step) >= wanted && { step: Number(step) };
}

/** Waits until nothing on the page moves anymore. */
async function settled(page) {
  await page.evaluate(async () => {
    await document.fonts.ready;
    const ending = document
      .getAnimations()
      .filter(({ effect }) => Number(effect?.getComputedTiming().endTime) < Infinity);
    await Promise.allSettled(ending.map(({ finished }) => finished));
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  });
}

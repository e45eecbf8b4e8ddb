// Exports workflows as ComfyUI's page does: opens each in Chromium and takes the prompt that the page would queue.

import { chromium } from "playwright-core";

import { ensureBrowser } from "../../scripts/browser.js";
import { FIRST_MESSAGE } from "./stand-in.js";

/** A page dies after some hundreds of files. */
const FILES_PER_PAGE = 100;
const MAX_LOADING = 90_000;
const MAX_EXPORTING = 30_000;

/**
 * @param {string} url where the page is served
 * @param {string[]} workflows in editor format
 * @returns {AsyncGenerator<{ prompt: any } | { error: string }>} what the page makes of each, in order
 */
export async function* exportAll(url, workflows) {
  const isRoot = process.getuid?.() === 0;
  const browser = await chromium.launch({
    executablePath: await ensureBrowser(),
    // Chromium refuses its sandbox to root.
    args: ["--disable-gpu", "--disable-background-networking", ...(isRoot ? ["--no-sandbox"] : [])],
  });
  try {
    let page;
    for (const [index, workflow] of workflows.entries()) {
      if (index % FILES_PER_PAGE === 0 || page === undefined) page = await openAnew(browser, url, page);
      try {
        yield await within(MAX_EXPORTING, page.evaluate(exported, workflow));
      } catch (error) {
        page = await closed(page);
        yield { error: `the page failed: ${String(error).split("\n")[0]}` };
      }
    }
  } finally {
    await browser.close();
  }
}

async function openAnew(browser, url, old) {
  await closed(old);
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  await context.routeWebSocket(/\/ws\b/, (socket) => socket.send(FIRST_MESSAGE));
  const page = await context.newPage();
  await page.goto(url);
  const isReady = () => globalThis.app?.graph && globalThis.LiteGraph?.registered_node_types?.KSampler;
  await page.waitForFunction(isReady, null, { timeout: MAX_LOADING });
  // Extensions still register after the classes: the page says nothing when it is done.
  await page.waitForTimeout(3000);
  return page;
}

async function closed(page) {
  await page?.context().close();
  return undefined;
}

/** Runs in the page. */
async function exported(workflow) {
  const { app } = /** @type {any} */ (globalThis);
  try {
    await app.loadGraphData(JSON.parse(workflow), true, true, null);
    // Promotions and groups that grow settle in the page's next turns.
    await new Promise((resolve) => setTimeout(resolve, 30));
    return { prompt: (await app.graphToPrompt()).output };
  } catch (error) {
    return { error: String(error) };
  }
}

async function within(milliseconds, work) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

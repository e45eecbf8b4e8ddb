// Chromium for the benchmark: with a profile on disk like a user's, pages that load the contenders, and the memory of a
// page's process.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { findBrowser } from "../scripts/browser.js";
import { Failure } from "../scripts/run.js";
import { watchWasmMemory } from "./wasm-memory.js";

const FLAGS = ["--disable-gpu", "--disable-quic", "--disable-background-networking"];
/** How long to wait after the start: a new browser is still busy with other things. */
const SETTLING_MS = 1_500;

/**
 * @typedef {object} Setting where pages come from
 * @property {string} url the endpoint
 * @property {string} source the page's module
 * @property {boolean} headed
 */

/** Starts a browser, passes it to `work` and closes it. @template T @param {(browser: Browser) => Promise<T>} work */
export async function withBrowser(setting, work) {
  const browser = await Browser.launch(setting);
  try {
    return await work(browser);
  } finally {
    await browser.close();
  }
}

/** A running browser. */
export class Browser {
  #setting;
  #context;
  #profile;

  constructor(setting, context, profile) {
    this.#setting = setting;
    this.#context = context;
    this.#profile = profile;
  }

  static async launch(setting) {
    const { chromium } = await import("playwright-core");
    const profile = mkdtempSync(join(tmpdir(), "viewcomfy-bench-"));
    const context = await chromium.launchPersistentContext(profile, {
      headless: !setting.headed,
      executablePath: findBrowser({ headed: setting.headed }) ?? undefined,
      // Chromium's sandbox does not work for root.
      args: [...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), ...FLAGS],
    });
    await context.addInitScript(watchWasmMemory);
    await new Promise((resolve) => setTimeout(resolve, SETTLING_MS));
    return new Browser(setting, context, profile);
  }

  get version() {
    return this.#context.browser()?.version() ?? "unknown";
  }

  /** A nearly empty page of the endpoint's origin: its "Not found" page. */
  async emptyPage() {
    const page = await this.#context.newPage();
    page.setDefaultTimeout(0);
    await page.goto(`${this.#setting.url}/no-such-page`);
    return page;
  }

  /** A page that has loaded the contenders. */
  async page() {
    const page = await this.emptyPage();
    await page.addScriptTag({ type: "module", content: this.#setting.source });
    await page.waitForFunction(() => "bench" in globalThis);
    return page;
  }

  /** Collects a page's garbage, so that the timed part does not have to. */
  async tidy(page) {
    const session = await this.#context.newCDPSession(page);
    await session.send("HeapProfiler.collectGarbage");
    await session.detach();
  }

  /** Chromium's trace of these categories while `work` runs. @returns {Promise<Buffer>} */
  async traced(page, categories, work) {
    const browser = this.#context.browser();
    if (!browser) throw new Failure("This Chromium cannot be traced");
    await browser.startTracing(page, { categories });
    await work();
    return browser.stopTracing();
  }

  /** The processes with their type and CPU time in seconds. @returns {Promise<{ type: string, id: number, cpuTime: number }[]>} */
  async processes() {
    const session = await this.#context.browser()?.newBrowserCDPSession();
    if (!session) throw new Failure("This Chromium does not list its processes");
    const { processInfo } = await session.send("SystemInfo.getProcessInfo");
    await session.detach();
    return processInfo;
  }

  async close() {
    await this.#context.close();
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A page's call that gives up after a while; its owner then closes the page. */
export async function within(seconds, promise) {
  let timer;
  const late = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing after ${seconds} s`)), seconds * 1000);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

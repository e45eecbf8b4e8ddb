// Opens an app's page in Chromium, and holds what it shows and what it asked for to the expectation.

import assert from "node:assert/strict";

import { chromium } from "playwright-core";

import { findBrowser } from "../../../scripts/browser.js";
import { PATIENCE } from "../../support/patience.js";
import { checkTold } from "./checks.js";
import { startSite } from "./site.js";

const WASM = /\.wasm(?:\?|$)/;
let launched;

function browser() {
  const isRoot = process.getuid?.() === 0;
  const args = ["--disable-gpu", "--disable-quic", "--disable-background-networking"];
  if (isRoot) args.push("--no-sandbox");
  launched ??= chromium.launch({ executablePath: findBrowser() ?? undefined, args });
  return launched;
}

/** Ends the browser, when one was started. */
export async function closeBrowser() {
  await (await launched)?.close();
}

/** Serves a directory and checks the page in it: see {@link checkPage}. */
export async function checkSite(directory, options) {
  const site = await startSite(directory, options.endpoint);
  try {
    return await checkPage(`${site.url}/`, options);
  } finally {
    await site.close();
  }
}

/**
 * Opens the page, waits for its run to end, and checks it: no errors, nothing asked of other hosts, each wasm once.
 *
 * @param {string} url
 * @param {object} options
 * @param {string} options.endpoint the endpoint's address
 * @param {boolean} [options.inspects] whether it looks into the workflow too
 * @param {number} [options.wasm] how many wasm files it asks for, each once
 */
export async function checkPage(url, { endpoint, inspects = true, wasm = inspects ? 3 : 1 }) {
  return inPage(url, { wasm }, async (page, seen) => {
    await page.waitForFunction(hasEnded, null, PATIENCE).catch((cause) => {
      throw new Error(`the page did not end: ${JSON.stringify(seen)}`, { cause });
    });
    const shown = await page.evaluate(read);
    assert.equal(shown.status, "done");
    await checkTold(shown, endpoint);
    if (inspects) assert.equal(shown.problems.split("\n")[0], "7 nodes");
    return shown;
  });
}

/**
 * Opens a page and uses it; then nothing may have complained, and nothing been asked of other hosts.
 *
 * @template T
 * @param {string} url
 * @param {{ wasm: number }} options how many wasm files it asks for, each once
 * @param {(page: import("playwright-core").Page, seen: { errors: string[], requests: string[] }) => Promise<T>} use
 */
export async function inPage(url, { wasm }, use) {
  const context = await (await browser()).newContext();
  try {
    const page = await context.newPage();
    const seen = watch(page);
    await page.goto(url, PATIENCE);
    const outcome = await use(page, seen);
    assert.deepEqual(seen.errors, []);
    const { host } = new URL(url);
    assert.deepEqual(
      seen.requests.filter((address) => /^https?:/.test(address) && new URL(address).host !== host),
      [],
    );
    const loaded = seen.requests.filter((address) => WASM.test(address));
    assert.equal(loaded.length, wasm, `asked for ${loaded.join(", ")}`);
    assert.equal(new Set(loaded).size, wasm);
    return outcome;
  } finally {
    await context.close();
  }
}

function watch(page) {
  const seen = { errors: [], requests: [] };
  page.on("pageerror", (error) => seen.errors.push(`${error.stack}`));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) seen.errors.push(message.text());
  });
  page.context().on("request", (request) => seen.requests.push(request.url()));
  return seen;
}

// The two below run in the page.

function hasEnded() {
  const status = document.querySelector("#status")?.textContent;
  return status === "done" || Boolean(status?.startsWith("Error"));
}

function read() {
  const textOf = (id) => document.querySelector(`#${id}`)?.textContent ?? "";
  return {
    status: textOf("status"),
    keys: textOf("keys").split("\n"),
    log: textOf("log").trimEnd().split("\n"),
    problems: textOf("problems"),
    picture: { width: document.querySelector("#picture").naturalWidth },
  };
}

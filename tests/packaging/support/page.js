// Opens an app's page in Chromium, and holds what it shows and what it asked for to the expectation.

import assert from "node:assert/strict";

import { chromium } from "playwright-core";

import { findBrowser } from "../../../scripts/browser.js";
import { checkTold } from "./checks.js";

const PATIENCE = { timeout: 60_000 };
const WASM = /viewcomfy_(wasm|inspect)_bg[^/]*\.wasm/;
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

/**
 * Opens the page, waits for its run to end, and checks it: no errors, nothing asked of other hosts, each wasm once.
 *
 * @param {string} url
 * @param {object} options
 * @param {string} options.endpoint the endpoint's address
 * @param {string[]} [options.wasm] which wasm files the page asks for, once each
 * @param {boolean} [options.inspects] whether it looks into the workflow too
 */
export async function checkPage(url, { endpoint, wasm = ["inspect", "wasm"], inspects = true }) {
  const context = await (await browser()).newContext();
  try {
    const page = await context.newPage();
    const seen = watch(page);
    await page.goto(url, PATIENCE);
    await page.waitForFunction(hasEnded, null, PATIENCE).catch((cause) => {
      throw new Error(`the page did not end: ${JSON.stringify(seen)}`, { cause });
    });
    const shown = await page.evaluate(read);
    assert.equal(shown.status, "done");
    await checkTold(shown, endpoint);
    if (inspects) assert.equal(shown.problems.split("\n")[0], "7 nodes");
    assert.deepEqual(seen.errors, []);
    const { host } = new URL(url);
    assert.deepEqual(
      seen.requests.filter((address) => /^https?:/.test(address) && new URL(address).host !== host),
      [],
    );
    assert.deepEqual(seen.requests.flatMap((address) => WASM.exec(address)?.[1] ?? []).sort(), wasm);
    return shown;
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

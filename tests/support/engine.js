// Playwright's test, in the engine that the configuration asks for.

import { test as playwright } from "@playwright/test";

import { inWebKit } from "../webkit/browser.js";

export const ENGINE = process.env.VIEWCOMFY_ENGINE;

/** A page of its own, for all tests of a worker. WebKitGTK's driver has no contexts. */
export async function pageOfWorker(browser, options) {
  return ((await browser.newContext?.(options)) ?? browser).newPage();
}

export const test = ENGINE === "webkit" ? inWebKit(playwright) : playwright;

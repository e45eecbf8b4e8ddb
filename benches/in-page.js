// Calls functions in a page that has loaded the contenders (page/index.js).

import { within } from "./browser.js";

/** The timeout of a call, in seconds. */
const PATIENCE = 180;

/** @param {import("playwright-core").Page} page */
function inPage(page, method, ...args) {
  const call = page.evaluate(
    ([name, given]) => Reflect.get(globalThis, "bench")[name](...given),
    [method, args],
  );
  return within(PATIENCE, call);
}

export const prepare = (page, name) => inPage(page, "prepare", name);
export const receive = (page, name, path) => inPage(page, "receive", name, path);
export const receiveLogs = (page, name, path, count) => inPage(page, "receiveLogs", name, path, count);
export const verify = (page, name, { outputs, bytes }) => inPage(page, "verify", name, outputs, bytes);
export const drop = (page) => inPage(page, "drop");
export const lookRounds = (page, path, given, rounds) => inPage(page, "lookRounds", path, given, rounds);
export const flattenRounds = (page, size, rounds) => inPage(page, "flattenRounds", size, rounds);

// Finds a Chromium for the browser tests, or installs one if possible; the other engines are in
// other-engines.js. Node built-ins only.

import { existsSync } from "node:fs";
import { join } from "node:path";

import { installDebian, isDebianRoot } from "./debian.js";
import { findProgram, namedBy } from "./programs.js";
import { ask, Failure, run, say } from "./run.js";

/** The variable that names the browser to use, if the search would find another one or none. */
const VARIABLE = "VIEWCOMFY_CHROMIUM";
/** Chromium without the code for its windows, with which the tests take a quarter less time. */
const SHELL = "chromium-headless-shell";
const PROGRAMS = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
const PLACES = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/**
 * An installed Chromium.
 *
 * @param {{ headed?: boolean }} [options] `headed` for one that can open windows
 * @returns {string | null} its path
 */
export function findBrowser({ headed = false } = {}) {
  const programs = headed ? PROGRAMS : [SHELL, ...PROGRAMS];
  return namedBy(VARIABLE) || findProgram(programs) || (PLACES.find(existsSync) ?? null);
}

/** Finds a Chromium or installs one. @returns {Promise<string>} its path */
export async function ensureBrowser() {
  const found = findBrowser() ?? (await fromDebian()) ?? (await fromPlaywright());
  if (found) return found;
  throw new Failure(
    `No Chromium for the browser tests. Install one, or name one in ${VARIABLE}, then try again`,
  );
}

async function fromDebian() {
  if (!isDebianRoot()) return null;
  await installOne([SHELL, "chromium"]);
  return findBrowser();
}

/**
 * Installs the first one that can be, with fonts, because a machine without fonts renders no text.
 *
 * @param {string[]} packages
 */
async function installOne(packages) {
  const [first, ...others] = packages;
  try {
    await installDebian([first, "fonts-dejavu-core"], "a browser for the tests");
  } catch (error) {
    if (!(error instanceof Failure) || others.length === 0) throw error;
    await installOne(others);
  }
}

async function fromPlaywright() {
  const downloaded = playwrightPath();
  if (downloaded) return downloaded;
  say("setup: downloading Playwright's Chromium for the tests …");
  await run(process.execPath, [join("node_modules", "playwright", "cli.js"), "install", "chromium"]);
  return playwrightPath();
}

function playwrightPath() {
  const program = 'import("playwright").then((p) => console.log(p.default.chromium.executablePath()))';
  const path = ask(process.execPath, ["--input-type=module", "--eval", program]);
  return path && existsSync(path) ? path : null;
}

// Finds the browsers of the other two engines for the tests, or installs Debian's if possible: Firefox, and WebKitGTK's
// MiniBrowser with its WebDriver and a virtual display. Node built-ins only.

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { installDebian, isDebianRoot } from "./debian.js";
import { findProgram, namedBy } from "./programs.js";
import { Failure, say } from "./run.js";

const FIREFOX = "VIEWCOMFY_FIREFOX";
const MINIBROWSER = "VIEWCOMFY_MINIBROWSER";
const FIREFOX_PROGRAMS = ["firefox-esr", "firefox"];
const FIREFOX_PLACES = ["/Applications/Firefox.app/Contents/MacOS/firefox"];
/** It contains a folder for each architecture, and in that one for each version of WebKitGTK. */
const LIBRARIES = "/usr/lib";

/** An installed Firefox. @returns {string | null} its path */
export function findFirefox() {
  return namedBy(FIREFOX) ?? findProgram(FIREFOX_PROGRAMS) ?? FIREFOX_PLACES.find(existsSync) ?? null;
}

/**
 * The installed parts of WebKitGTK.
 *
 * @returns {{ miniBrowser: string, driver: string, screen: string } | null} paths; null if one is missing
 */
export function findWebKit() {
  const miniBrowser = namedBy(MINIBROWSER) ?? miniBrowserIn(LIBRARIES);
  const driver = findProgram(["WebKitWebDriver"]);
  const screen = findProgram(["Xvfb"]);
  return miniBrowser && driver && screen ? { miniBrowser, driver, screen } : null;
}

function miniBrowserIn(directory) {
  const found = foldersIn(directory).flatMap((architecture) =>
    foldersIn(architecture)
      .filter((folder) => /\/webkit2?gtk-[\d.]+$/.test(folder))
      .map((folder) => join(folder, "MiniBrowser")),
  );
  return found.find(existsSync);
}

function foldersIn(directory) {
  if (!existsSync(directory)) return [];
  const entries = readdirSync(directory, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(directory, name));
}

/** The engines that are tested besides Chromium. */
export const ENGINES = {
  firefox: {
    find: findFirefox,
    packages: ["firefox-esr", "fonts-dejavu-core"],
    what: "Firefox for the tests",
    advice: `install Firefox (Debian's package firefox-esr), or name one in ${FIREFOX}`,
  },
  webkit: {
    find: findWebKit,
    packages: ["webkit2gtk-driver", "xvfb", "fonts-dejavu-core"],
    what: "WebKitGTK for the tests",
    advice: `install Debian's packages webkit2gtk-driver and xvfb; ${MINIBROWSER} may name another MiniBrowser`,
  },
};

/**
 * Finds the browser of an engine or installs it. One that cannot be installed is reported, but is not a failure.
 *
 * @param {string} name of {@link ENGINES}
 * @returns {Promise<string | null>} why it is missing, as a predicate that follows its name; null if it is installed
 */
export async function ensureEngine(name) {
  const { find, packages, what, advice } = ENGINES[name];
  if (find()) return null;
  if (isDebianRoot()) await installed(packages, what);
  if (find()) return null;
  const missing = `is not on this machine and could not be installed: ${advice}`;
  say(`setup: ${what} ${missing}. Its tests are skipped.`);
  return missing;
}

async function installed(packages, what) {
  try {
    await installDebian(packages, what);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    say(`setup: ${error.message}.`);
  }
}

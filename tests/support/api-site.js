// What the endpoint serves to the pages of the API's tests: the built package at /pkg/, and at /tests-support/ what the
// tests run inside a page. Both are symbolic links, so that nothing is copied.

import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** @returns {{ folder: string, remove(): void }} a folder for the endpoint's `--site` */
export function makeApiSite() {
  const folder = mkdtempSync(join(tmpdir(), "api-site-"));
  mkdirSync(join(folder, "www"));
  symlinkSync(join(root, "pkg"), join(folder, "pkg"), "junction");
  symlinkSync(join(root, "tests", "support"), join(folder, "www", "tests-support"), "junction");
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}

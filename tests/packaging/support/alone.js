// An app in a folder of the system's own, above which there are no packages: only what it brings along is found.

import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * @template T
 * @param {string} directory the app's
 * @param {(copy: string) => Promise<T>} work
 */
export async function aloneIn(directory, work) {
  const copy = mkdtempSync(join(tmpdir(), "viewcomfy-alone-"));
  try {
    cpSync(directory, copy, { recursive: true, verbatimSymlinks: true });
    return await work(copy);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

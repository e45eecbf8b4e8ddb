// Which version of the package this is.

import { readFileSync } from "node:fs";

/** @returns {string} */
export function packageVersion() {
  // The built command stands beside it.
  return JSON.parse(readFileSync(new URL("./package.json", import.meta.url), "utf8")).version;
}

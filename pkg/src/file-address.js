// Reads a wasm from disk where an address says so: Node's fetch does not take file addresses. For Node's entries alone.

import { readFile } from "node:fs/promises";

/**
 * @param {unknown} source what `init` was given, or the address of the file beside the entry
 * @returns {Promise<unknown>} its bytes when it is a file's address, otherwise itself
 */
export async function fromDisk(source) {
  return isFileAddress(source) ? readFile(new URL(source)) : source;
}

/**
 * @param {unknown} source
 * @returns {source is string | URL}
 */
function isFileAddress(source) {
  return (source instanceof URL || typeof source === "string") && String(source).startsWith("file:");
}

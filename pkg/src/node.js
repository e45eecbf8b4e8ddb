// Entry for Node, whose fetch does not take file addresses: the wasm is read from disk.

import { readFile } from "node:fs/promises";
import { initWith } from "./load.js";
import load from "./viewcomfy_wasm.js";

export * from "./surface.js";

const BESIDE = new URL("./viewcomfy_wasm_bg.wasm", import.meta.url);

export default initWith(async (input) => {
  const source = (await input) ?? BESIDE;
  return load({ module_or_path: isFileAddress(source) ? await readFile(new URL(source)) : source });
});

/**
 * @param {unknown} source
 * @returns {source is string | URL}
 */
function isFileAddress(source) {
  return (source instanceof URL || typeof source === "string") && String(source).startsWith("file:");
}

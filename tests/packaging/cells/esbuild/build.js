// Bundles the page, and copies the wasm next to it: esbuild leaves `new URL("….wasm", import.meta.url)` as it is.

import { copyFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

await build({
  entryPoints: ["main.js"],
  outdir: "dist",
  bundle: true,
  splitting: true,
  format: "esm",
  minify: true,
});

for (const name of ["viewcomfy_wasm_bg.wasm", "viewcomfy_inspect_bg.wasm", "viewcomfy_convert_bg.wasm"]) {
  await copyFile(fileURLToPath(import.meta.resolve(`viewcomfy-wasm/${name}`)), `dist/${name}`);
}

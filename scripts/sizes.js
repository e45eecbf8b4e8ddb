// Prints the sizes of what a page downloads from pkg/: raw, gzip and brotli. `node scripts/sizes.js`.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

import { isMain, root, say } from "./run.js";

/** What a page downloads to run workflows, and what it downloads to inspect them. */
const CLIENT = ["index.js", "viewcomfy_wasm_bg.wasm"];
const INSPECTION = ["inspect.js", "viewcomfy_inspect_bg.wasm"];
/** What it downloads in addition to convert workflows. */
const CONVERSION = ["viewcomfy_convert_bg.wasm"];
/** What it downloads in addition without a server's definitions. */
const DEFINITIONS = ["definitions.json"];
/** What it downloads in addition for a class of a custom node. */
const CUSTOM = ["definitions-custom.json"];
/** The client with its wasm inside, an alternative to index.js. */
const INLINE = ["inline.js"];

/** Prints one line per file, and the totals of each part. */
export function printSizes() {
  say(line("sizes (bytes)", "raw", "gzip", "brotli"));
  for (const files of [CLIENT, INLINE, INSPECTION, CONVERSION, DEFINITIONS, CUSTOM]) {
    for (const { name, raw, gzip, brotli } of measureSizes(files)) say(line(name, raw, gzip, brotli));
  }
}

/** @returns {{ name: string, raw: number, gzip: number, brotli: number }[]} each file, then several "together" */
export function measureSizes(files = CLIENT) {
  const rows = files.map((name) => ({ name, ...measure(readFileSync(join(root, "pkg", name))) }));
  const all = { name: "together", raw: 0, gzip: 0, brotli: 0 };
  for (const row of rows) {
    for (const key of ["raw", "gzip", "brotli"]) all[key] += row[key];
  }
  return rows.length > 1 ? [...rows, all] : rows;
}

function measure(bytes) {
  return {
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes).length,
  };
}

function line(name, ...columns) {
  return `  ${name.padEnd(28)}${columns.map((column) => String(column).padStart(10)).join("")}`;
}

if (isMain(import.meta.url)) printSizes();

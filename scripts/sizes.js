// Prints the sizes of what a page downloads from pkg/: raw, gzip and brotli. `node scripts/sizes.js`.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

import { isMain, root, say } from "./run.js";

/** The entry of Node alone, which no page downloads. */
const NODE_ONLY = new Set(["node.js"]);

/** Prints one line per file and one for all together. */
export function printSizes() {
  say(line("sizes (bytes)", "raw", "gzip", "brotli"));
  for (const { name, raw, gzip, brotli } of measureSizes()) say(line(name, raw, gzip, brotli));
}

/** @returns {{ name: string, raw: number, gzip: number, brotli: number }[]} each file, then all "together" */
export function measureSizes() {
  const rows = servedFiles().map((name) => ({ name, ...measure(readFileSync(join(root, "pkg", name))) }));
  const all = { name: "together", raw: 0, gzip: 0, brotli: 0 };
  for (const row of rows) {
    for (const key of ["raw", "gzip", "brotli"]) all[key] += row[key];
  }
  return [...rows, all];
}

function servedFiles() {
  const names = readdirSync(join(root, "pkg"));
  return names.filter((name) => /\.(js|wasm)$/.test(name) && !NODE_ONLY.has(name)).sort();
}

function measure(bytes) {
  return {
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes).length,
  };
}

function line(name, ...columns) {
  return `  ${name.padEnd(24)}${columns.map((column) => String(column).padStart(10)).join("")}`;
}

if (isMain(import.meta.url)) printSizes();

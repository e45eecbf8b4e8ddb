// What the package's files take stays within the budget of tests/size-budget.json, file by file, gzipped.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import { hasLibrarySource } from "../../scripts/setup.js";
import { measureSizes } from "../../scripts/sizes.js";

const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));
const { gzip: budget, page: pageBudget } = read("../size-budget.json");
const { files } = read("../../pkg/package.json");

/** If Rust's standard library is the prebuilt one, setup says that the wasm is a seventh larger. */
const LARGER = hasLibrarySource() ? 1 : 1.2;
const HOLDS_WASM = /\.wasm$|^inline\.js$/;

test("every file that runs or is loaded has a budget", () => {
  const counted = files.filter((name) => /\.(?:js|wasm|json)$/.test(name));
  assert.deepEqual(Object.keys(budget).sort(), counted.sort());
});

for (const [name, limit] of Object.entries(budget)) {
  test(`${name} takes at most ${limit} bytes, gzipped`, () => {
    const [{ gzip }] = measureSizes([name]);
    const most = HOLDS_WASM.test(name) ? limit * LARGER : limit;
    assert.ok(gzip <= most, `${name} takes ${gzip} bytes; raise its budget only for what is worth them`);
    assert.ok(gzip > limit / 2, `${name} takes only ${gzip} bytes: lower its budget`);
  });
}

test(`the page takes at most ${pageBudget} bytes, gzipped file by file`, () => {
  const names = readdirSync(fileURLToPath(new URL("../../pkg/page", import.meta.url)), {
    recursive: true,
    withFileTypes: true,
  }).filter((entry) => entry.isFile());
  const files = names.map(({ path, parentPath = path, name }) => join(parentPath, name));
  const taken = files
    .map((file) => gzipSync(readFileSync(file), { level: 9 }).length)
    .reduce((sum, bytes) => sum + bytes, 0);
  assert.ok(taken <= pageBudget && taken > pageBudget / 2, `${taken} bytes`);
});

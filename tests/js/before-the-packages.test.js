// On a fresh machine the scripts of package.json begin before any package is installed: what they import at their start
// needs Node alone.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { test } from "node:test";

import { build } from "esbuild";

const { scripts } = JSON.parse(readFileSync("package.json", "utf8"));
/** Tools for work that is under way: they ask for the packages and the build. */
const LATER = ["surface", "oracle"];
const ENTRIES = Object.keys(scripts)
  .filter((name) => !LATER.includes(name))
  .map((name) => scripts[name].replace(/^node /, ""));

/** The packages that `entry` needs to be loaded, each with the file that imports it; what `import()` loads comes later. */
async function packagesOf(entry) {
  const { metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "node",
    packages: "external",
    // Made by the build, and loaded after it.
    external: ["../pkg/proxy.js"],
    logLevel: "silent",
  });
  const found = [];
  const files = new Set([entry]);
  for (const file of files) {
    for (const { kind, external, path } of metafile.inputs[file].imports) {
      if (kind !== "import-statement" || isBuiltin(path)) continue;
      if (external) found.push(`${file} imports ${path}`);
      else files.add(path);
    }
  }
  return found;
}

test("the scripts of package.json are looked at", () => {
  assert.ok(ENTRIES.includes("scripts/start.js") && ENTRIES.includes("scripts/test.js"), ENTRIES.join());
});

for (const entry of ENTRIES) {
  test(`${entry} starts without packages`, async () => {
    assert.deepEqual(await packagesOf(entry), []);
  });
}

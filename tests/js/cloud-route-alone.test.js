// Without socket.io-client: the route is bundled without a warning, runs, and says what is missing.

import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

import { build } from "esbuild";

import init, { ViewComfyClient } from "../../pkg/node.js";
import { startCloud } from "../support/cloud.js";
import { PATIENCE } from "../support/patience.js";

const params = { "3-inputs-seed": 7n };
let folder;
let cloud;
before(async () => {
  // A folder from which Node finds no packages.
  folder = mkdtempSync(join(tmpdir(), "cloud-route-"));
  copyFileSync(fileURLToPath(new URL("../../pkg/cloud.js", import.meta.url)), join(folder, "cloud.mjs"));
  [cloud] = await Promise.all([startCloud(), init()]);
});
after(async () => {
  rmSync(folder, { recursive: true });
  await cloud.close();
});

async function assertRuns(file) {
  const { createCloudRoute } = await import(pathToFileURL(file).href);
  const client = new ViewComfyClient({
    endpoint: "http://localhost/",
    fetch: createCloudRoute(cloud.options()),
  });
  const log = [];
  const { status } = await client.inferWithLogs({ params, onLog: (line) => log.push(line) });
  assert.deepEqual(
    [status, log],
    ["success", ["No live log (socket.io-client is not installed): the run is looked up until it ends."]],
  );
}

test("it runs, and one line of the log says so", PATIENCE, () => assertRuns(join(folder, "cloud.mjs")));

test("bundlers are told to leave the import to the runtime", () => {
  const text = readFileSync(join(folder, "cloud.mjs"), "utf8");
  assert.match(text, /import\(\/\* webpackIgnore: true \*\/\/\* @vite-ignore \*\/\w+\)/);
});

test("it is bundled without a warning, and the bundle runs", PATIENCE, async () => {
  const entry = join(folder, "entry.mjs");
  writeFileSync(entry, 'export * from "./cloud.mjs";');
  const outfile = join(folder, "bundle.mjs");
  const { warnings } = await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    logLevel: "silent",
  });
  assert.deepEqual(warnings, []);
  await assertRuns(outfile);
});

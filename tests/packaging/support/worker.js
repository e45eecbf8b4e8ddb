// Builds a worker as wrangler does, and runs it in workerd.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { toolPath } from "../../../scripts/packaging.js";
import { checkTold } from "./checks.js";
import { runToEnd } from "./processes.js";
import { environmentOf } from "./site.js";

/** Wrangler's own conditions; a wasm that is imported becomes a compiled module. */
const AS_WRANGLER = [
  "--bundle",
  "--format=esm",
  "--conditions=workerd,worker,browser",
  "--loader:.wasm=copy",
];
const COMPILED = [{ type: "CompiledWasm", include: ["**/*.wasm"] }];

/**
 * @param {string} directory the app's
 * @param {string} file the worker's
 * @param {Record<string, string>} bindings its `env`
 * @returns {Promise<{ url: string, close(): Promise<void> }>}
 */
export async function startWorker(directory, file, bindings) {
  const dist = join(directory, "dist");
  const args = [toolPath("esbuild/bin/esbuild"), file, ...AS_WRANGLER, `--outdir=${dist}`];
  await runToEnd(process.execPath, args, { cwd: directory });
  const worker = new (await miniflare())({
    modules: true,
    modulesRules: COMPILED,
    modulesRoot: dist,
    scriptPath: join(dist, file),
    bindings,
    compatibilityDate: "2026-01-01",
    host: "127.0.0.1",
    port: 0,
    cf: false,
  });
  try {
    const url = await worker.ready;
    return { url: url.href.replace(/\/$/, ""), close: () => worker.dispose() };
  } catch (cause) {
    // It has a server of its own by then, which would keep this process alive. It gives its first error again.
    await worker.dispose().catch(() => {});
    throw cause;
  }
}

/** Runs an app's worker.js, which is sent the workflow and answers with what it showed. */
export async function checkWorker({ directory, endpoint }) {
  const worker = await startWorker(directory, "worker.js", environmentOf(endpoint));
  try {
    const body = readFileSync(join(directory, "workflow_api.json"));
    const response = await fetch(worker.url, { method: "POST", body });
    const text = await response.text();
    assert.equal(response.status, 200, text);
    await checkTold(JSON.parse(text), endpoint);
  } finally {
    await worker.close();
  }
}

async function miniflare() {
  const main = createRequire(toolPath("miniflare/package.json")).resolve("miniflare");
  const { Miniflare } = await import(pathToFileURL(main).href);
  return Miniflare;
}

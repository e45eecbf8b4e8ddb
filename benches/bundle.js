// Bundles what runs in the page: the contenders with their packages, except this package itself, which the page loads
// from the endpoint like any other page.

import { join } from "node:path";

import { root } from "../scripts/run.js";

/** Where the endpoint serves the package. */
export const PACKAGE = "/pkg/index.js";
/** Where it serves the part that inspects workflows. */
export const INSPECTION = "/pkg/inspect.js";

/** @returns {Promise<string>} the source of one ES module */
export async function bundlePage() {
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: [join(root, "benches", "page", "index.js")],
    bundle: true,
    format: "esm",
    target: "es2024",
    write: false,
    plugins: [{ name: "package", setup: leavePackage }],
  });
  return outputFiles[0].text;
}

/** @param {import("esbuild").PluginBuild} build */
function leavePackage(build) {
  build.onResolve({ filter: /^viewcomfy-wasm$/ }, () => ({ path: PACKAGE, external: true }));
}

// Builds the documentation: a reference from pkg/*.d.ts (TypeDoc), and from it and the guides a static site (VitePress) in
// docs/site/.vitepress/dist. `npm run docs`; with `-- --serve` it is served afterwards. Any warning is a failure.
// Node built-ins only.

import { spawn } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";

import { findFaults } from "./docs-pages.js";
import { Failure, isMain, main, root, run, say, seconds } from "./run.js";
import { ensurePackages, ensurePackagesIn } from "./setup.js";

const SITE = join(root, "docs", "site");
const DIST = join(SITE, ".vitepress", "dist");
const TYPEDOC = join("node_modules", "typedoc", "bin", "typedoc");
const VITEPRESS = join("node_modules", "vitepress", "bin", "vitepress.js");
/** Where the guide about the tags loads the package and a workflow to show. */
const LIVE = join(SITE, "public", "live");
const LIVE_FILES = [
  "element.js",
  "index.js",
  "inspect.js",
  "viewcomfy_inspect_bg.wasm",
  "viewcomfy_wasm_bg.wasm",
  "definitions.json",
];
/** Matches a tool's warnings, including Vite's "(!)". */
const WARNING = /\bwarn(?:ing)?\b|\(!\)|deprecat/i;

/** Builds the site. @returns {Promise<string>} the folder it is in */
export async function buildDocs() {
  const start = performance.now();
  await ensurePackages();
  // The site has its own packages, so that building and testing the project do not need them.
  await ensurePackagesIn(SITE, "the locked npm packages of docs/site");
  say("docs: generating the reference from pkg/*.d.ts (TypeDoc) …");
  rmSync(join(SITE, "reference"), { recursive: true, force: true });
  await quietly("TypeDoc", [TYPEDOC]);
  placeLive();
  say("docs: building the site (VitePress) …");
  await quietly("VitePress", [VITEPRESS, "build"]);
  const faults = findFaults(DIST);
  if (faults.length > 0) throw new Failure(`The site has errors:\n  ${faults.join("\n  ")}`);
  say(`docs: the site is in docs/site/.vitepress/dist (${seconds(start)}).`);
  return DIST;
}

function placeLive() {
  rmSync(LIVE, { recursive: true, force: true });
  mkdirSync(LIVE, { recursive: true });
  for (const name of LIVE_FILES) {
    const built = join(root, "pkg", name);
    if (!existsSync(built))
      throw new Failure(`The site shows the built package: npm run build makes pkg/${name}`);
    copyFileSync(built, join(LIVE, name));
  }
  copyFileSync(join(root, "www", "examples", "text-to-image.json"), join(LIVE, "workflow_api.json"));
}

/** Runs a tool of the site, shows its output, and fails if it failed or warned. */
async function quietly(name, args) {
  const { code, output } = await runInSite(args);
  if (code !== 0) throw new Failure(`${name} exited with code ${code}; its output is above`);
  const warnings = warningsIn(output);
  if (warnings.length > 0) throw new Failure(`${name} warned:\n  ${warnings.join("\n  ")}`);
}

/** The warnings in a tool's output. @param {string} output */
export function warningsIn(output) {
  return output.split("\n").filter((line) => WARNING.test(line));
}

/** Warnings may be written to stdout or stderr, so both are captured. */
function runInSite(args) {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0", CI: "1" };
    const child = spawn(process.execPath, args, { cwd: SITE, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const channel of [child.stdout, child.stderr]) {
      channel.setEncoding("utf8").on("data", (text) => {
        output += text;
        process.stdout.write(text);
      });
    }
    child.on("error", (error) => reject(new Failure(`${args[0]} cannot be started: ${error.message}`)));
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

async function serve() {
  say("docs: serving the site; Ctrl+C stops it …");
  await run(process.execPath, [VITEPRESS, "preview", "--host", "127.0.0.1"], { cwd: SITE });
}

if (isMain(import.meta.url)) {
  await main(async () => {
    const unknown = process.argv.slice(2).find((word) => word !== "--serve");
    if (unknown) throw new Failure(`npm run docs takes only --serve, not ${unknown}`);
    await buildDocs();
    if (process.argv.includes("--serve")) await serve();
  });
}

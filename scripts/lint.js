// Every check that is not a test: formatting, lints, types of the JavaScript, house rules. `npm run lint`.
// All of them run; the exit code is 1 if any failed. Node built-ins only.

import { join } from "node:path";

import { findComplaints } from "./house-rules.js";
import { ask, main, must, run, say, seconds } from "./run.js";
import { ensurePackages, ensureWasmTarget } from "./setup.js";
import { checkSupplyChain } from "./supply-chain.js";

const DENY = ["--", "-D", "warnings"];
const node = (...args) => run(process.execPath, args);

await main(async () => {
  await ensurePackages();
  const wasm = await ensureWasmTarget();
  await ensureComponents();
  const checks = {
    "cargo fmt": () => run("cargo", ["fmt", "--all", "--check"]),
    "clippy (host)": () => run("cargo", ["clippy", "--workspace", "--all-targets", "--quiet", ...DENY]),
    "clippy (each feature by itself)": clippyPerFeature,
    "clippy (wasm)": () => clippyForWasm(wasm),
    rustdoc: checkDocs,
    biome: () =>
      node(join("node_modules", "@biomejs", "biome", "bin", "biome"), "check", "--error-on-warnings"),
    "types of scripts and package": () => typeCheck("tsconfig.json"),
    "types of the page": () => typeCheck("tsconfig.page.json"),
    "house rules": houseRules,
    "regular expressions": () => node(join("scripts", "regexps.js")),
    "cargo deny": () => checkSupplyChain(),
  };
  const failed = [];
  for (const [name, check] of Object.entries(checks)) {
    const start = performance.now();
    say(`lint: ${name} …`);
    const { code } = await check();
    if (code !== 0) failed.push(name);
    say(`lint: ${name}: ${code === 0 ? "clean" : "FAILED"} (${seconds(start)})`);
  }
  say(failed.length === 0 ? "lint: all clean." : `lint: failed: ${failed.join(", ")}.`);
  if (failed.length > 0) process.exitCode = 1;
});

function typeCheck(project) {
  return node(join("node_modules", "typescript", "bin", "tsc"), "--project", project);
}

/** A minimal Rust installation lacks these two. */
async function ensureComponents() {
  for (const [command, component] of [
    ["fmt", "rustfmt"],
    ["clippy", "clippy"],
  ]) {
    if (ask("cargo", [command, "--version"]) !== null) continue;
    say(`setup: adding ${component} (rustup component add) …`);
    await must("rustup", ["component", "add", component], `Run "rustup component add ${component}" by hand`);
  }
}

/** Each of the package's wasm files is built with one feature: code that only another one uses is dead code there. */
async function clippyPerFeature() {
  const library = ["--package", "viewcomfy-wasm", "--lib", "--no-default-features"];
  for (const feature of ["client", "inspect", "convert"]) {
    const { code } = await run("cargo", ["clippy", ...library, "--features", feature, "--quiet", ...DENY]);
    if (code !== 0) return { code };
  }
  return { code: 0 };
}

/** With the target features of the build, so that the SIMD code is checked too. */
function clippyForWasm({ cargo, args, env }) {
  if (ask(cargo, ["clippy", "--version"]) === null) {
    say("lint: skipped, because the Rust that compiles for wasm has no clippy.");
    return { code: 0 };
  }
  const flags = { RUSTFLAGS: "-Ctarget-feature=+simd128" };
  const library = ["--package", "viewcomfy-wasm", "--lib", "--features", "bindings"];
  const clippy = ["clippy", ...library, "--quiet", ...args, ...DENY];
  return run(cargo, clippy, { env: { ...env, ...flags } });
}

/** Finds broken links and the like, which a refactoring leaves behind in documentation. */
function checkDocs() {
  const args = [
    "doc",
    "--package",
    "viewcomfy-wasm",
    "--package",
    "viewcomfy-kernels",
    "--no-deps",
    "--quiet",
  ];
  return run("cargo", args, { env: { RUSTDOCFLAGS: "-D warnings" } });
}

function houseRules() {
  const complaints = findComplaints();
  for (const complaint of complaints) say(`  ${complaint}`);
  return { code: complaints.length === 0 ? 0 : 1 };
}

// Runs every test and ends with one line: `N passed, N failed`. `npm test`, or with names of runners
// to run only those: `npm test -- rust node types packaging browser firefox webkit`. Node built-ins only.

import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";

import { ensureBrowser } from "./browser.js";
import { build } from "./build.js";
import { closingLine, fromCargo, fromPlaywright, fromTap, NONE, sum, withExitCode } from "./counts.js";
import { buildEndpoint } from "./endpoint.js";
import { failuresInCargo, failuresInPlaywright, failuresInTap } from "./failures.js";
import { ENGINES, ensureEngine } from "./other-engines.js";
import { preparePackaging } from "./packaging.js";
import { Failure, main, root, run, say, seconds } from "./run.js";
import { ensurePackages } from "./setup.js";
import { printSizes } from "./sizes.js";
import { filesUnder } from "./stamp.js";

const REPORTS = ".cache";
/** The names of the failed tests, printed again at the end. @type {string[]} */
const failures = [];
/** The counts of a skipped runner, so that the closing line includes it. */
const LEFT_OUT = { ...NONE, skipped: 1 };

const RUNNERS = {
  rust: rustTests,
  node: nodeTests,
  types: typeTests,
  packaging: packagingTests,
  browser: () => browserTests("chromium"),
  firefox: () => browserTests("firefox*"),
  webkit: webkitTests,
};

await main(async () => {
  const names = chooseRunners(process.argv.slice(2));
  const start = performance.now();
  const leftOut = await prepare(names);
  const results = await inTurn(names.map((name) => async () => (leftOut.has(name) ? LEFT_OUT : timed(name))));
  const parts = names.map((name, at) => `${name} ${closingLine(results[at])}`);
  say(`\ntest: ${parts.join("; ")} (${seconds(start)} in all)`);
  for (const [name, why] of leftOut) say(`test: LEFT OUT: ${name}, because its browser ${why}`);
  for (const name of failures) say(`test: FAILED: ${name}`);
  close(sum(results));
});

/**
 * If the build fails, that counts as one failed test, so that the closing line is always printed.
 *
 * @returns {Promise<Map<string, string>>} the runners whose browser is missing, and why
 */
async function prepare(names) {
  try {
    await ensurePackages();
    await build();
    printSizes();
    await buildEndpoint();
    if (names.includes("browser") || names.includes("packaging")) await ensureBrowser();
    mkdirSync(join(root, REPORTS), { recursive: true });
    return await missingEngines(names);
  } catch (error) {
    process.on("exit", () => close(withExitCode(NONE, 1)));
    throw error;
  }
}

async function missingEngines(names) {
  const missing = new Map();
  for (const name of names.filter((each) => each in ENGINES)) {
    const why = await ensureEngine(name);
    if (why) missing.set(name, why);
  }
  return missing;
}

function close(total) {
  say(closingLine(total));
  if (total.failed > 0 || total.passed === 0) process.exitCode = 1;
}

function chooseRunners(names) {
  const unknown = names.find((name) => !(name in RUNNERS));
  if (unknown)
    throw new Failure(`Unknown runner ${unknown}; the runners are ${Object.keys(RUNNERS).join(", ")}`);
  return names.length > 0 ? names : Object.keys(RUNNERS);
}

async function inTurn(steps) {
  const results = [];
  for (const step of steps) results.push(await step());
  return results;
}

async function timed(name) {
  say(`\ntest: ${name} …`);
  const start = performance.now();
  const counts = await RUNNERS[name]();
  say(`test: ${name}: ${closingLine(counts)} (${seconds(start)})`);
  return counts;
}

/**
 * One package at a time: together they would share their dependencies' features, and the library would be
 * tested with a serde_json other than the one in the wasm.
 */
async function rustTests() {
  return sum(
    await inTurn([
      () => cargoTest("viewcomfy-wasm"),
      () => cargoTest("viewcomfy-kernels"),
      () => cargoTest("local-endpoint"),
    ]),
  );
}

async function cargoTest(name) {
  const locked = process.env.CI ? ["--locked"] : [];
  const args = ["test", "--package", name, "--no-fail-fast", ...locked];
  const { code, output } = await run("cargo", args, { keep: true });
  failures.push(...failuresInCargo(output));
  return withExitCode(fromCargo(output), code);
}

async function nodeTests() {
  const files = filesUnder("tests/js", "tests/types").filter((file) => file.endsWith(".test.js"));
  if (files.length === 0) return nothingIn("tests/js");
  return underNode("node-tests.tap", files, filesAtOnce());
}

/** By itself Node leaves one core free, so that on two it runs one file at a time. Versions before 20.10 have no option for it. */
function filesAtOnce() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  const hasOption = major > 20 || minor >= 10;
  return hasOption ? [`--test-concurrency=${availableParallelism()}`] : [];
}

/**
 * The packed package in every bundler and runtime: tests/packaging/README.md. If these cannot be installed, that
 * counts as one failed test, and the other runners go on.
 */
async function packagingTests() {
  try {
    await preparePackaging();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    say(`error: ${error.message}`);
    return withExitCode(NONE, 1);
  }
  return underNode(
    "packaging-tests.tap",
    filesUnder("tests/packaging").filter((file) => file.endsWith(".test.js")),
  );
}

function underNode(name, files, options = []) {
  const report = join(REPORTS, name);
  const reporters = [
    ["spec", "stdout"],
    ["tap", report],
  ].flatMap(([reporter, to]) => [`--test-reporter=${reporter}`, `--test-reporter-destination=${to}`]);
  const read = { counts: fromTap, failures: failuresInTap };
  return withReport(report, read, process.execPath, ["--test", ...options, ...reporters, ...files]);
}

async function typeTests() {
  const { code, output } = await run(process.execPath, ["scripts/types.js"], { keep: true });
  failures.push(...failuresInTap(output));
  return withExitCode(fromTap(output), code);
}

/** Runs the specs of tests/browser in one of the projects of playwright.config.js. */
function browserTests(project) {
  const files = filesUnder("tests/browser").filter((file) => file.endsWith(".spec.js"));
  if (files.length === 0) return nothingIn("tests/browser");
  return underPlaywright([`--project=${project}`]);
}

/** Runs the specs that need no more browser features than tests/webkit/page.js supports. */
function webkitTests() {
  return underPlaywright(["--config", join("tests", "webkit", "playwright.config.js")]);
}

function underPlaywright(args) {
  const cli = join("node_modules", "@playwright", "test", "cli.js");
  const report = join(REPORTS, "browser-tests.json");
  const read = { counts: fromPlaywright, failures: failuresInPlaywright };
  return withReport(report, read, process.execPath, [cli, "test", ...args]);
}

function nothingIn(directory) {
  say(`test: there is no test in ${directory}.`);
  return NONE;
}

/** Runs a runner that writes a report, and reads counts and failures from it; a missing report is one failure. */
async function withReport(report, read, command, args) {
  const file = join(root, report);
  rmSync(file, { force: true });
  const { code } = await run(command, args);
  const written = existsSync(file) ? readFileSync(file, "utf8") : undefined;
  if (written === undefined) return withExitCode(NONE, code);
  failures.push(...read.failures(written));
  return withExitCode(read.counts(written), code);
}

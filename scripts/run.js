// Child processes and messages for the scripts here. Node built-ins only.

import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's root directory. */
export const root = fileURLToPath(new URL("..", import.meta.url));

/** A failure whose message says what to do; shown without a stack. */
export class Failure extends Error {}

/** Prints a line about what is going on. */
export function say(line) {
  process.stdout.write(`${line}\n`);
}

/** A step that is faster than this does not print its time. */
const NOTICEABLE_MS = 2_000;

/**
 * Prints what is being done, does it, and prints how long it took.
 *
 * @template T
 * @param {string} line
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(line, work) {
  say(`${line} …`);
  const start = performance.now();
  const result = await work();
  if (performance.now() - start >= NOTICEABLE_MS) say(`${line}: done in ${seconds(start)}.`);
  return result;
}

/**
 * Runs a command, shows its output, and waits for it. Cargo builds into ./target, where the scripts look for
 * the output.
 *
 * @returns {Promise<{ code: number, output: string }>} `output` is its stdout if `keep` is set; with
 *   `quiet` it is not shown.
 */
export function run(command, args, { env = {}, keep = false, quiet = false, cwd = root } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, CARGO_TARGET_DIR: join(root, "target"), ...env },
      stdio: ["ignore", keep ? "pipe" : "inherit", "inherit"],
    });
    let output = "";
    child.stdout?.setEncoding("utf8").on("data", (text) => {
      output += text;
      if (!quiet) process.stdout.write(text);
    });
    child.on("error", (error) => reject(new Failure(`${command} cannot be started: ${error.message}`)));
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Like {@link run}, but any exit code other than 0 is a failure with `advice` as its message. */
export async function must(command, args, advice, options) {
  const { code } = await run(command, args, options);
  if (code !== 0) throw new Failure(`${advice} (${command} exited with code ${code}; its output is above)`);
}

/** Runs a short command silently. @returns {string | null} its stdout, or null if it fails or is not installed. */
export function ask(command, args, env = {}) {
  const { status, stdout } = spawnSync(command, args, {
    cwd: root,
    env: { ...process.env, ...env },
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  return status === 0 ? stdout.trim() : null;
}

/** Runs a script's main function: on a failure, the process prints its message and exits with code 1. */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    process.stderr.write(`\nerror: ${error.message}\n`);
    process.exitCode = 1;
  }
}

/** Whether the module with this `import.meta.url` is the one that Node was started with. */
export function isMain(url) {
  return process.argv[1] === fileURLToPath(url);
}

/** Seconds since `start` (from `performance.now()`), for a message. */
export function seconds(start) {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`;
}

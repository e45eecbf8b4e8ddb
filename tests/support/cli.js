// Runs the built command line as a child process, as in a terminal.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The built command. */
export const PROGRAM = fileURLToPath(new URL("../../pkg/cli.js", import.meta.url));
/** Only the variables that a program needs, so that a developer's own settings do not affect tests. */
const { PATH, SYSTEMROOT } = process.env;

/**
 * Starts it; `done` resolves with its exit code and output.
 *
 * @param {string[]} args
 * @param {{ env?: Record<string, string>, input?: string | Uint8Array, cwd?: string, wrap?: string[] }} [options]
 *   `wrap` is a command that starts it, a terminal for example
 */
export function startCli(args, { env = {}, input, cwd, wrap = [] } = {}) {
  const [command, ...rest] = [...wrap, process.execPath, PROGRAM, ...args];
  const child = spawn(command, rest, { cwd, env: { PATH, SYSTEMROOT, ...env }, stdio: "pipe" });
  const told = { out: [], err: [] };
  child.stdout.on("data", (chunk) => told.out.push(chunk));
  child.stderr.on("data", (chunk) => told.err.push(chunk));
  child.stdin.on("error", () => {}); // It may exit before it has read everything.
  child.stdin.end(input);
  const done = new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      const bytes = Buffer.concat(told.out);
      resolve({
        code,
        signal,
        bytes,
        out: bytes.toString("utf8"),
        err: Buffer.concat(told.err).toString("utf8"),
      });
    });
  });
  return { child, done };
}

/** Runs it to its end. */
export function cli(args, options) {
  return startCli(args, options).done;
}

/** A temporary directory for one test, removed at its end. */
export function ownDirectory(context) {
  const directory = mkdtempSync(join(tmpdir(), "viewcomfy-cli-"));
  context.after(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** The path of a fixture. */
export function fixture(name) {
  return fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));
}

/** Asserts that a failure is one block of message, advice and code, without a stack trace. */
export function assertBlock({ code, out, err }, exitCode, name) {
  assert.equal(code, exitCode, err);
  assert.equal(out, "");
  assert.match(err, /^error: .+\n( {2}.+\n)* {2}What to do: .+\n {2}Code: \w+\n$/);
  assert.match(err, new RegExp(` {2}Code: ${name}\n$`));
  assert.doesNotMatch(err, /\n\s+at |node:internal|wasm:\/\//);
}

// Runs programs for the cells: to their end, or as servers that say where they listen.

import { spawn } from "node:child_process";
import { once } from "node:events";

/** Next.js builds for half a minute, and for minutes on a machine with much else to do. */
const PATIENCE_MS = 300_000;
/** Nothing here reports home or asks for updates; only npm reaches the network, and it is done by then. */
const QUIET = {
  CI: "1",
  NO_COLOR: "1",
  NEXT_TELEMETRY_DISABLED: "1",
  DO_NOT_TRACK: "1",
  DENO_NO_UPDATE_CHECK: "1",
  WRANGLER_SEND_METRICS: "false",
};

/**
 * Runs a program to its end.
 *
 * @param {string} program a path; a JavaScript file is run by this Node
 * @param {string[]} args
 * @param {{ cwd: string, env?: Record<string, string> }} options
 * @returns {Promise<string>} what it wrote to stdout; a failure's message has all that it wrote
 */
export async function runToEnd(program, args, options) {
  const child = launch(program, args, options);
  const [code] = await once(child, "close", { signal: AbortSignal.timeout(PATIENCE_MS) }).catch((error) => {
    end(child);
    throw new Error(`${program} did not end: ${child.written.join("")}`, { cause: error });
  });
  if (code === 0) return child.told.join("");
  throw new Error(`${program} ${args.join(" ")} ended with code ${code}:\n${child.written.join("")}`);
}

/**
 * Starts a server, and waits for its address.
 *
 * @returns {Promise<{ url: string, written(): string, close(): Promise<void> }>}
 */
export async function startServer(program, args, options) {
  const child = launch(program, args, options);
  const closed = new Promise((resolve) => child.once("close", resolve));
  const endWithUs = () => child.kill("SIGKILL");
  process.once("exit", endWithUs);
  async function close() {
    process.off("exit", endWithUs);
    if (child.exitCode === null) child.kill("SIGTERM");
    const impatient = setTimeout(end, 2_000, child);
    await closed;
    clearTimeout(impatient);
  }
  const url = await Promise.race([addressIn(child), closed.then(() => null)]);
  if (url) return { url, written: () => child.written.join(""), close };
  await close();
  throw new Error(`${program} ${args.join(" ")} did not start:\n${child.written.join("")}`);
}

const ADDRESS = /http:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0):(\d+)/;

/** Null where none comes; nothing that waits for it keeps a failed test's process alive. */
function addressIn(child) {
  return new Promise((resolve) => {
    AbortSignal.timeout(PATIENCE_MS).addEventListener("abort", () => resolve(null));
    child.stdout.on("data", () => {
      const port = ADDRESS.exec(child.told.join(""))?.[1];
      if (port) resolve(`http://127.0.0.1:${port}`);
    });
  });
}

/** Ends a program, and does not wait for programs of its own that still hold its output. */
function end(child) {
  child.kill("SIGKILL");
  child.stdout.destroy();
  child.stderr.destroy();
}

function launch(program, args, { cwd, env = {} }) {
  const script = /\.[cm]?js$/.test(program);
  const child = spawn(script ? process.execPath : program, script ? [program, ...args] : args, {
    cwd,
    env: { ...process.env, ...QUIET, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const told = [];
  const written = [];
  child.stdout.setEncoding("utf8").on("data", (text) => told.push(text) && written.push(text));
  child.stderr.setEncoding("utf8").on("data", (text) => written.push(text));
  child.on("error", (error) => written.push(`${error}`));
  return Object.assign(child, { told, written });
}

// Starts the local endpoint for a test file or a browser worker, on a free port, and stops it again.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const program = process.env.VIEWCOMFY_LOCAL_ENDPOINT ?? `${root}target/debug/local-endpoint`;
const ANNOUNCED = /^local endpoint: (http:\/\/\S+)$/;

/**
 * Starts an endpoint.
 *
 * @param {object} [options]
 * @param {number} [options.speed] how many times faster than a real run
 * @param {number} [options.coldStart] seconds (at speed 1) before the first run begins
 * @param {string[]} [options.args] additional flags
 * @returns {Promise<{ url: string, log: string[], close(): Promise<void> }>}
 *   `log` grows with every line that it writes.
 */
export async function startEndpoint({ speed = 50, coldStart = 0, args = [] } = {}) {
  if (!existsSync(program))
    throw new Error(`${program} does not exist: run "cargo build -p local-endpoint" first`);
  const flags = [
    "--port",
    "0",
    "--speed",
    `${speed}`,
    "--cold-start",
    `${coldStart}`,
    "--site",
    root,
    ...args,
  ];
  const child = spawn(program, flags, { stdio: ["ignore", "pipe", "inherit"] });
  const endWithUs = () => child.kill("SIGKILL");
  process.once("exit", endWithUs);
  const closed = once(child, "close");

  async function close() {
    process.off("exit", endWithUs);
    child.kill("SIGTERM");
    const impatient = setTimeout(() => child.kill("SIGKILL"), 2_000);
    await closed;
    clearTimeout(impatient);
  }

  const log = [];
  const lines = createInterface({ input: child.stdout });
  lines.on("line", (line) => log.push(line));
  await Promise.race([once(lines, "line"), closed]);
  const url = ANNOUNCED.exec(log[0] ?? "")?.[1];
  if (url) return { url, log, close };
  await close();
  throw new Error(`the local endpoint did not start; its first line: ${log[0] ?? "(none)"}`);
}

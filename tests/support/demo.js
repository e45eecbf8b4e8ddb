// Starts the demo as `npm start` does, in front of a deployment, and stops it again.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("../../scripts/start.js", import.meta.url));
/** Empty values override a developer's .env in the project's root. */
const NOTHING_SET = {
  VIEWCOMFY_API_URL: "",
  VIEWCOMFY_CLIENT_ID: "",
  VIEWCOMFY_CLIENT_SECRET: "",
  VIEWCOMFY_TOKEN: "",
  VIEWCOMFY_LINK_HOSTS: "",
};
const OPEN = /^start: open (http:\/\/\S+)\/$/;

/** What `npm start` runs, with these variables and none of this machine's. `output()` is everything that it has written. */
export function spawnStart(variables, args = []) {
  const env = { ...process.env, ...NOTHING_SET, ...variables };
  const child = spawn(process.execPath, [script, "--port", "0", ...args], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const pieces = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece) => pieces.push(piece));
  return { child, output: () => Buffer.concat(pieces).toString() };
}

/** Runs it to the end. @returns {Promise<{ code: number, output: string }>} */
export async function startFails(variables, args) {
  const { child, output } = spawnStart(variables, args);
  const [code] = await once(child, "close");
  return { code, output: output() };
}

/**
 * Starts it and waits until it serves.
 *
 * @param {Record<string, string>} variables
 * @param {string[]} [args]
 * @returns {Promise<{ url: string, output(): string, close(): Promise<void> }>}
 */
export async function startDemo(variables, args) {
  const { child, output } = spawnStart(variables, args);
  const endWithUs = () => child.kill("SIGKILL");
  process.once("exit", endWithUs);
  const closed = once(child, "close");
  const url = await Promise.race([addressIn(child.stdout), closed.then(() => null)]);
  if (url === null) throw new Error(`the demo did not start: ${output()}`);
  return {
    url,
    output,
    async close() {
      process.off("exit", endWithUs);
      child.kill("SIGTERM");
      const impatient = setTimeout(endWithUs, 5_000);
      await closed;
      clearTimeout(impatient);
    },
  };
}

async function addressIn(stdout) {
  for await (const line of createInterface({ input: stdout })) {
    const url = OPEN.exec(line)?.[1];
    if (url) return url;
  }
  return null;
}

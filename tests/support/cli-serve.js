// Starts `serve` of the built command line, as in a terminal, and waits for the address that it prints.

import assert from "node:assert/strict";
import { createInterface } from "node:readline";

import { startCli } from "./cli.js";

/**
 * @param {import("node:test").TestContext} context the command stops when it ends
 * @param {string[]} args
 * @param {{ env?: Record<string, string>, cwd?: string }} [options]
 * @returns {Promise<{ url: string, address: string, stop(signal?: NodeJS.Signals): Promise<{ code: number, out: string, err: string }> }>}
 *   `address` is the printed one, and `url` that without path and token
 */
export async function startServe(context, args, options) {
  const { child, done } = startCli(["serve", "--port", "0", ...args], options);
  const stop = (signal = "SIGINT") => {
    child.kill(/** @type {NodeJS.Signals} */ (signal));
    return done;
  };
  context.after(async () => {
    child.kill("SIGKILL");
    await done;
  });
  const address = await Promise.race([opened(child.stdout), done.then(({ err }) => assert.fail(err))]);
  return { url: new URL(address).origin, address, stop };
}

/** The words of the `serve` command in a block of commands, from "serve" on. */
export function serveWords(block) {
  const [, words] = /^npx viewcomfy-wasm (serve [^#\n]*)/m.exec(block) ?? [];
  return words?.trim().split(/\s+/) ?? assert.fail("the block has no serve");
}

async function opened(stdout) {
  for await (const line of createInterface({ input: stdout })) {
    const found = /^open (http:\/\/\S+)$/.exec(line)?.[1];
    if (found) return found;
  }
}

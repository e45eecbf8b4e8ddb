// Starts a route in a separate process, and communicates with it.

import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("proxy-process.js", import.meta.url));

/**
 * @param {object} options those that can be serialized as JSON, of `createProxy`, `createCloudRoute` or `createComfyRoute`
 * @param {"proxy" | "cloud" | "comfyui"} [kind]
 * @returns {Promise<{ url: string, asked(): Promise<{ rss: number, failures: object[] }>, written(): string,
 *   close(): Promise<void> }>} `rss` is the peak memory since the last call, in bytes; `written` all of its output
 */
export async function startProxyProcess(options, kind = "proxy") {
  const child = fork(program, [JSON.stringify(options), kind], {
    execArgv: ["--expose-gc"],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let written = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      written += chunk;
    });
  }
  const [{ url }] = await once(child, "message");
  return {
    url,
    async asked() {
      child.send("memory");
      const [answer] = await once(child, "message");
      return answer;
    },
    written: () => written,
    async close() {
      const closed = once(child, "close");
      child.kill("SIGKILL");
      await closed;
    },
  };
}

// Many concurrent runs in a separate process: `node many-runs.js ADDRESS`, one request per line on stdin, one response per
// line on stdout. The server holds each run until all have received their first half, so that they really are concurrent.

import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

import { watchWasmMemory } from "../../benches/wasm-memory.js";
import init, { isViewComfyError, ViewComfyClient } from "../../pkg/node.js";

watchWasmMemory();
await init(pathToFileURL(/** @type {string} */ (process.env.WASM)));
const [, , address] = process.argv;
const collect = /** @type {() => void} */ (globalThis.gc);

/**
 * Starts this many runs and returns how they ended. Once each has received something or has failed, they are aborted if
 * `abort` is set; otherwise the server is told to go on.
 *
 * @param {{ runs: number, bytes: number, abort?: boolean, silent?: boolean }} a silent server sends nothing: then
 *   waiting counts as receiving
 */
async function run({ runs, bytes, abort, silent }) {
  const client = new ViewComfyClient({
    endpoint: `${address}/?bytes=${bytes}`,
    waitingAfterSeconds: silent ? 0.1 : 5,
  });
  const controllers = Array.from({ length: runs }, () => new AbortController());
  let missing = runs;
  const hearAll = () => {
    if (!abort) fetch(`${address}/go-on`, { method: "PUT" });
    else for (const controller of controllers) controller.abort();
  };
  const start = async ({ signal }) => {
    let heard = false;
    const hear = () => {
      if (heard) return;
      heard = true;
      missing -= 1;
      if (missing === 0) hearAll();
    };
    const listening = silent ? { onWaiting: hear } : { onLog: hear };
    const run = client.inferWithLogs({ params: { "1-inputs-x": 1 }, signal, ...listening });
    return run.then(sizesOf, codeOf).finally(hear);
  };
  const counts = {};
  for (const end of await Promise.all(controllers.map(start))) counts[end] = (counts[end] ?? 0) + 1;
  return counts;
}

const sizesOf = ({ outputs }) => outputs.map(({ file }) => file.size).join();
const codeOf = (error) => (isViewComfyError(error) ? error.code : `${error}`);

for await (const line of createInterface({ input: process.stdin })) {
  const before = process.memoryUsage().rss;
  let rss = before;
  const timer = setInterval(() => {
    rss = Math.max(rss, process.memoryUsage().rss);
  }, 20);
  const ends = await run(JSON.parse(line));
  rss = Math.max(rss, process.memoryUsage().rss);
  clearInterval(timer);
  collect();
  const wasm = /** @type {any} */ (globalThis).wasmMemoryBytes();
  process.stdout.write(`${JSON.stringify({ ends, wasm, rss: rss - before })}\n`);
}

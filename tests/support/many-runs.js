// Many runs at once in a process of their own: `node many-runs.js ADDRESS`, a request a line on stdin, an answer a line on
// stdout. Each run is held by the server until all are there, so that they really are at once.

import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

import { watchWasmMemory } from "../../benches/wasm-memory.js";
import init, { isViewComfyError, ViewComfyClient } from "../../pkg/node.js";

watchWasmMemory();
await init(pathToFileURL(/** @type {string} */ (process.env.WASM)));
const [, , address] = process.argv;
const collect = /** @type {() => void} */ (globalThis.gc);

/** Starts so many runs, aborts them once all have heard something when that is asked for, and says how they ended. */
async function run({ path, runs, abort = false }) {
  const client = new ViewComfyClient({ endpoint: `${address}${path}` });
  const params = { "1-inputs-x": 1 };
  const controllers = Array.from({ length: runs }, () => new AbortController());
  let heard = 0;
  const onLog = () => {
    heard += 1;
    if (abort && heard === runs) for (const controller of controllers) controller.abort();
  };
  const ends = await Promise.all(
    controllers.map(({ signal }) => client.inferWithLogs({ params, signal, onLog }).then(sizesOf, codeOf)),
  );
  const counts = {};
  for (const end of ends) counts[end] = (counts[end] ?? 0) + 1;
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

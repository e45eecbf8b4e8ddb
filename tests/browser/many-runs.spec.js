// Many runs in one page, aborts and failures among them: wasm memory, heap and connections stay what they were.
// `MANY_RUNS=10000 npx playwright test tests/browser/many-runs.spec.js` is the long one; it prints its figures.

import { readFileSync } from "node:fs";

import { watchWasmMemory } from "../../benches/wasm-memory.js";
import { expect, test } from "../support/api-page.js";

const RUNS = Number(process.env.MANY_RUNS ?? 300);
const CHECKPOINTS = [RUNS / 100, RUNS / 10, RUNS];
const MB = 1024 * 1024;
/** So many at once: browsers open six connections to a host. */
const LANES = 6;

/** In the page: runs from one number to another, a few at once, and how many ended in which way. */
async function runFromTo([from, to, lanes, endpoint]) {
  const { default: init, ViewComfyClient } = await import("/pkg/index.js");
  await init();
  const client = (path, options) =>
    new ViewComfyClient({ endpoint: `${endpoint}${path}`, token: "local-token", ...options });
  const params = { "3-inputs-seed": 1 };
  const whole = client("/large?outputs=2&bytes=20000&logs=5");
  const aborting = (name, path) => () => {
    const controller = new AbortController();
    const stop = () => controller.abort(new Error("stopped"));
    return client(path).inferWithLogs({ params, signal: controller.signal, [name]: stop });
  };
  const leave = async () => {
    for await (const event of whole.stream({ params })) if (event.type === "log") return { left: true };
  };
  const kinds = [
    () => whole.infer({ params }),
    () => whole.inferWithLogs({ params, onLog() {} }),
    aborting("onLog", "/large?outputs=1&bytes=400000&logs=5"),
    () => client("/infer?fault=unauthorized").infer({ params }),
    () => client("/large?result=none&logs=3").inferWithLogs({ params }),
    leave,
    () => client("/large?bytes=50000", { maxResultBytes: 1000 }).infer({ params }),
    aborting("onOpen", "/large?logs=2000"),
    () => client("/infer").inferWithLogs({ params, onProgress() {} }),
    () => client("/infer?fault=drop_in_result").inferWithLogs({ params }),
    () => client("/infer?fault=never", { timeoutMs: 20 }).infer({ params }),
    () => whole.inferWithLogs({ params, onLog: () => Promise.reject(new Error("of a handler")) }),
  ];
  const ends = {};
  let next = from;
  const lane = async () => {
    while (next < to) {
      const kind = kinds[next % kinds.length];
      next += 1;
      const end = await kind().then(
        (result) => (result.left ? "left" : "result"),
        (error) => error.code ?? error.message,
      );
      ends[end] = (ends[end] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return ends;
}

/** How many connections to the endpoint there are; not known everywhere. */
function connectionsTo({ url }) {
  const port = Number(new URL(url).port).toString(16).toUpperCase().padStart(4, "0");
  const ESTABLISHED = "01";
  try {
    const rows = readFileSync("/proc/net/tcp", "utf8").split("\n").slice(1, -1);
    return rows
      .map((row) => row.trim().split(/\s+/))
      .filter(([, local, , state]) => local.endsWith(`:${port}`) && state === ESTABLISHED).length;
  } catch {
    return null;
  }
}

test(`${RUNS} runs in one page leave nothing behind`, async ({ apiPage: page, endpoint }) => {
  // A run of the long kind takes some milliseconds, many of them minutes.
  test.setTimeout(180_000 + RUNS * 200);
  await page.addInitScript(watchWasmMemory);
  await page.reload();
  const session = await page.context().newCDPSession(page);
  const measured = [];
  const all = {};
  let done = 0;
  for (const runs of CHECKPOINTS) {
    const ends = await page.evaluate(runFromTo, [done, runs, LANES, endpoint.url]);
    for (const [end, count] of Object.entries(ends)) all[end] = (all[end] ?? 0) + count;
    done = runs;
    await session.send("HeapProfiler.collectGarbage");
    const { usedSize: heap } = await session.send("Runtime.getHeapUsage");
    const wasm = await page.evaluate(() => /** @type {any} */ (globalThis).wasmMemoryBytes());
    measured.push({ runs, wasm, heap, connections: connectionsTo(endpoint) });
  }
  process.stdout.write(`${JSON.stringify({ measured, ends: all })}\n`);
  const each = RUNS / 12;
  for (const [end, share] of [
    ["result", 3],
    ["stopped", 2],
    ...["unauthorized", "stream_ended", "left", "too_large", "network", "timeout", "of a handler"].map(
      (name) => [name, 1],
    ),
  ])
    expect(all[end], end).toBeGreaterThanOrEqual(Math.floor(each) * share);
  const [, before, after] = measured;
  expect(after.wasm).toBe(before.wasm);
  expect(after.wasm).toBeLessThan(8 * MB);
  expect(after.heap).toBeLessThan(before.heap + 4 * MB);
  if (after.connections !== null) expect(after.connections).toBeLessThanOrEqual(2 * LANES);
});

// A thousand runs at once: what they take of wasm memory, which is never given back, and what happens where there is none left.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";

import { PATIENCE } from "../support/patience.js";
import { closedAddress, serve } from "../support/serve.js";
import { withMaximum } from "../support/wasm-maximum.js";

const MB = 1024 * 1024;
const KB = 1024;
const PROGRAM = fileURLToPath(new URL("../support/many-runs.js", import.meta.url));
const WASM = fileURLToPath(new URL("../../pkg/viewcomfy_wasm_bg.wasm", import.meta.url));

/**
 * A server that answers `?bytes=B` with a line of log and half of a result of so many bytes, and `PUT /go-on` with the rest of all
 * of them.
 */
async function startServer(t) {
  const halves = [];
  const server = await serve(async (request, response) => {
    for await (const _ of request);
    if (request.method === "PUT") {
      for (const end of halves.splice(0)) end();
      response.end();
      return;
    }
    const bytes = Number(new URL(request.url, "http://x").searchParams.get("bytes"));
    const data = Buffer.alloc(bytes, 7).toString("base64");
    const event = `event: prompt_result\ndata: {"outputs":[{"data":"${data}"}]}\n\n`;
    const half = event.length >> 1;
    response.writeHead(201, { "content-type": "text/event-stream" });
    response.write(`event: log_message\ndata: here\n\n${event.slice(0, half)}`);
    halves.push(() => response.end(event.slice(half)));
  });
  t.after(() => server.close());
  return server.url;
}

/** A process whose runs go to this server; `runs(what)` tells how they ended and what they took. */
function startProcess(t, address, wasm = WASM) {
  const child = spawn(process.execPath, ["--expose-gc", PROGRAM, address], {
    env: { ...process.env, WASM: wasm },
    stdio: ["pipe", "pipe", "inherit"],
  });
  t.after(() => child.kill());
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return async (what) => {
    child.stdin.write(`${JSON.stringify(what)}\n`);
    const { done, value } = await answers.next();
    assert.ok(!done, "the process has ended");
    return JSON.parse(value);
  };
}

describe("many runs at once", () => {
  test("1,000 with small results: little wasm memory, little memory", PATIENCE, async (t) => {
    const runs = startProcess(t, await startServer(t));
    await runs({ runs: 1, bytes: KB });
    const { ends, wasm, rss } = await runs({ runs: 1_000, bytes: 20 * KB });
    assert.deepEqual(ends, { [20 * KB]: 1_000 });
    t.diagnostic(`wasm memory ${(wasm / MB).toFixed(1)} MB, ${(rss / MB).toFixed(0)} MB more of the process`);
    assert.ok(wasm <= 64 * MB, `${wasm} bytes of wasm memory`);
    assert.ok(rss < 300 * MB, `${rss} bytes more`);
  });

  test("with results of 1 MB they share what there is", PATIENCE, async (t) => {
    const runs = startProcess(t, await startServer(t));
    const { ends, wasm } = await runs({ runs: 100, bytes: MB });
    assert.deepEqual(ends, { [MB]: 100 });
    t.diagnostic(`wasm memory ${(wasm / MB).toFixed(1)} MB`);
    assert.ok(wasm <= 48 * MB, `${wasm} bytes of wasm memory`);
  });

  test("aborted ones leave wasm memory as they found it", PATIENCE, async (t) => {
    const runs = startProcess(t, await startServer(t));
    const first = await runs({ runs: 20, bytes: 20 * KB, abort: true });
    assert.deepEqual(first.ends, { "AbortError: This operation was aborted": 20 });
    for (let round = 0; round < 30; round += 1)
      assert.equal((await runs({ runs: 20, bytes: 20 * KB, abort: true })).wasm, first.wasm);
  });

  test(
    "200 at once, aborted in the middle of their results, need what they have and no more",
    PATIENCE,
    async (t) => {
      const runs = startProcess(t, await startServer(t));
      const first = await runs({ runs: 200, bytes: 20 * KB, abort: true });
      assert.ok(first.wasm < 6 * MB, `${first.wasm} bytes of wasm memory`);
      for (let round = 0; round < 3; round += 1)
        assert.equal((await runs({ runs: 200, bytes: 20 * KB, abort: true })).wasm, first.wasm);
    },
  );

  test("aborted before their answers, 200 at once need next to none", PATIENCE, async (t) => {
    const server = await serve(() => {});
    t.after(() => server.close());
    const runs = startProcess(t, server.url);
    const silent = { bytes: 0, abort: true, silent: true };
    const { wasm: few } = await runs({ runs: 20, ...silent });
    const { wasm: many } = await runs({ runs: 200, ...silent });
    // What wasm-bindgen keeps of each call under way.
    assert.ok(many - few <= 2 * 64 * KB, `${many - few} bytes more`);
    for (let round = 0; round < 2; round += 1)
      assert.equal((await runs({ runs: 200, ...silent })).wasm, many);
  });
});

describe("where wasm memory ends", () => {
  /** The package's wasm with so many pages more than it begins with. */
  function limited(t, pages) {
    const directory = mkdtempSync(join(tmpdir(), "many-runs-"));
    t.after(() => rmSync(directory, { recursive: true }));
    const file = join(directory, "limited.wasm");
    writeFileSync(file, withMaximum(readFileSync(WASM), pages));
    return file;
  }

  // What a run held there while it waited could be refused in the middle of a promise that nobody awaits, which ends Node.
  test("1,000 runs that wait for their answers need none of it", PATIENCE, async (t) => {
    const server = await serve(() => {});
    t.after(() => server.close());
    const runs = startProcess(t, server.url, limited(t, 1));
    const { ends } = await runs({ runs: 1_000, bytes: 0, abort: true, silent: true });
    assert.deepEqual(ends, { "AbortError: This operation was aborted": 1_000 });
  });

  test("1,000 runs that reach nobody fail by themselves", PATIENCE, async (t) => {
    const runs = startProcess(t, await closedAddress(), limited(t, 1));
    assert.deepEqual((await runs({ runs: 1_000, bytes: 0, abort: true })).ends, { network: 1_000 });
  });

  // In the smaller room not even the small things find place: there the wasm stops, which is a failure of that run, too.
  for (const pages of [3, 12]) {
    test(`runs fail by themselves with ${pages} pages, and later ones do not`, PATIENCE, async (t) => {
      const bytes = 20 * KB;
      const runs = startProcess(t, await startServer(t), limited(t, pages));
      for (let round = 0; round < 3; round += 1) {
        const { ends } = await runs({ runs: 200, bytes });
        const { [bytes]: whole = 0, storage_full: refused = 0, ...others } = ends;
        assert.deepEqual(others, {});
        assert.ok(refused > 0, "all had room");
        t.diagnostic(`${whole} whole, ${refused} refused`);
        assert.deepEqual((await runs({ runs: 1, bytes })).ends, { [bytes]: 1 });
      }
    });
  }
});

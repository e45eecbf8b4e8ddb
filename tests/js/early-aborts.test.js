// An abort at any moment leaves nothing behind that nobody hears: an unhandled rejection would end a Node process.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { after, before, test } from "node:test";

import { startEndpoint } from "../support/endpoint.js";
import { PATIENCE } from "../support/patience.js";

const entry = new URL("../../pkg/node.js", import.meta.url).href;
let endpoint;
before(async () => {
  endpoint = await startEndpoint({ speed: 20 });
});
after(() => endpoint.close());

/** Runs a script of its own process, in which `run(more)` begins a streamed run and `controller` ends it. */
async function exitOf(script, query = "") {
  const text = `
    import init, { ViewComfyClient } from ${JSON.stringify(entry)};
    await init();
    const client = new ViewComfyClient({
      endpoint: ${JSON.stringify(`${endpoint.url}/infer${query}`)},
      clientId: "local-id",
      clientSecret: "local-secret",
    });
    const controller = new AbortController();
    const run = (more) =>
      client.inferWithLogs({ params: { "3-inputs-seed": 1 }, signal: controller.signal, ...more });
    const ends = (promise) => promise.then(() => "result", (error) => error.name);
    ${script}
    // Long enough for a rejection that nobody heard.
    await new Promise((resolve) => setTimeout(resolve, 300));
    process.stdout.write(name);`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", text]);
  let out = "";
  for (const channel of [child.stdout, child.stderr]) {
    channel.setEncoding("utf8").on("data", (chunk) => {
      out += chunk;
    });
  }
  const [code] = await once(child, "close");
  return { code, out };
}

for (const [when, script, query] of [
  ["before the run", "controller.abort(); const name = await ends(run());"],
  ["in the same moment", "const promise = ends(run()); controller.abort(); const name = await promise;"],
  [
    "a moment later",
    "const promise = ends(run()); await null; controller.abort(); const name = await promise;",
  ],
  ["when the answer begins", "const name = await ends(run({ onOpen: () => controller.abort() }));"],
  ["at the first line", "const name = await ends(run({ onLog: () => controller.abort() }));"],
  [
    "before an answer that never comes",
    "const promise = ends(run()); setTimeout(() => controller.abort(), 50); const name = await promise;",
    "?fault=never",
  ],
]) {
  test(`aborted ${when}`, PATIENCE, async () => {
    assert.deepEqual(await exitOf(script, query), { code: 0, out: "AbortError" });
  });
}

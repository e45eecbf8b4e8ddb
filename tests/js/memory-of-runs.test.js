// What a run held is given back when it ends, however it ends: a process may run thousands of them.

import assert from "node:assert/strict";
import { before, test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import init, * as lib from "../../pkg/node.js";
import { PATIENCE } from "../support/patience.js";

const MB = 1024 * 1024;
const RUNS = 40;

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");

before(() => init());

/** Bytes outside of JavaScript's heap that are still there once garbage is collected. */
async function held() {
  for (let round = 0; round < 3; round += 1) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    collect();
  }
  return process.memoryUsage().arrayBuffers;
}

const request = { params: { "1-inputs-x": 1 } };
const data = Buffer.alloc(3 * MB).toString("base64");
const result = `{"outputs":[{"data":"${data}"}]}`;
const events = `event: log_message\ndata: a\n\nevent: prompt_result\ndata: ${result}\n\n`;

const endings = {
  "a result": [result, (client) => client.infer(request)],
  "damage in the middle": [result.replace('"}', '-"}'), (client) => assert.rejects(client.infer(request))],
  "leaving the loop": [
    events,
    async (client) => {
      for await (const event of client.stream(request)) if (event.type === "log") break;
    },
  ],
};

for (const [ending, [body, run]] of Object.entries(endings)) {
  test(ending, PATIENCE, async () => {
    const type = body === events ? "text/event-stream" : "application/json";
    const fetch = async () => new Response(body, { headers: { "content-type": type } });
    const client = new lib.ViewComfyClient({ endpoint: "http://answered.test", fetch });
    await run(client);
    const before = await held();
    for (let at = 0; at < RUNS; at += 1) await run(client);
    const more = (await held()) - before;
    // The buffer of one run is 2 MB.
    assert.ok(more < 4 * MB, `${more} bytes more than before are held`);
  });
}

// Results in which Python wrote NaN and infinities, which are not JSON: every way of running hands them out whole.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import * as compat from "../../pkg/compat-node.js";
import init, * as lib from "../../pkg/node.js";
import { failureThrownBy } from "../support/assert-failure.js";
import { NOT_FINITE } from "../support/not-finite.js";
import { PATIENCE } from "../support/patience.js";
import { startProxy } from "../support/proxy.js";
import { startRawServer } from "../support/raw-server.js";

const { prompt, outputs, body, chunks, stream } = NOT_FINITE;
const params = { "3-inputs-seed": 1n };

let answer;
let server;
let proxy;

before(async () => {
  await init();
  server = await startRawServer(() => answer);
  proxy = await startProxy({ endpoint: server.url });
});
after(() => Promise.all([server.close(), proxy.close()]));

const plain = () => ({ chunks: chunks(body), headers: { "content-type": "application/json" } });
const streamed = () => ({ chunks: chunks(stream) });

/** The ways to a result, each with what the server answers. */
function waysOf(client) {
  return {
    infer: [plain, () => client.infer({ params })],
    inferWithLogs: [streamed, () => client.inferWithLogs({ params })],
    stream: [
      streamed,
      async () => {
        for await (const event of client.stream({ params })) if (event.type === "result") return event.result;
      },
    ],
  };
}

const bytesOf = async (file) => [...new Uint8Array(await file.arrayBuffer())];

describe("a result with NaN, Infinity and -Infinity", () => {
  for (const where of ["directly", "through the proxy"]) {
    for (const way of ["infer", "inferWithLogs", "stream"]) {
      test(`${way} ${where}`, PATIENCE, async () => {
        const endpoint = where === "directly" ? server.url : `${proxy.url}/api/viewcomfy`;
        const [answered, run] = waysOf(new lib.ViewComfyClient({ endpoint }))[way];
        answer = answered();
        const result = await run();
        for (const [at, bytes] of outputs.entries()) {
          assert.deepEqual(await bytesOf(result.outputs[at].file), bytes, `output ${at}`);
        }
        // The text is what came, as an object the words are those numbers, and what has no number has none.
        assert.equal(result.promptJson, prompt);
        assert.deepEqual(result.prompt["6"].inputs, {
          cfg: Number.NaN,
          seed: 18446744073709551615n,
          text: "NaN, -Infinity",
          points: [1, -Infinity],
        });
        assert.deepEqual(result.prompt["6"].is_changed, [Number.NaN, Infinity, -Infinity]);
        assert.deepEqual([result.executionTimeSeconds, result.outputs[1].size], [null, null]);
        assert.deepEqual(proxy.failures, []);
      });
    }
  }

  test("may be written as JSON, with null as JSON.stringify has it", PATIENCE, async () => {
    answer = plain();
    const result = await new lib.ViewComfyClient({ endpoint: server.url }).infer({ params });
    for (const text of [JSON.stringify(result), lib.stringifyJson(result.toJSON())]) {
      const { prompt: told, outputs: files } = JSON.parse(text);
      assert.deepEqual(told["6"].inputs, {
        cfg: null,
        seed: "18446744073709551615",
        text: "NaN, -Infinity",
        points: [1, null],
      });
      assert.deepEqual(told["6"].is_changed, [null, null, null]);
      assert.equal(files[0].file.size, 4);
    }
  });

  test("comes to apps of the TypeScript client, too", PATIENCE, async () => {
    const request = { apiUrl: server.url, params, clientId: "a", clientSecret: "b" };
    answer = plain();
    const results = [await compat.infer(request)];
    answer = streamed();
    const lines = [];
    results.push(
      await compat.inferWithLogsStream({ ...request, loggingCallback: (line) => lines.push(line) }),
    );
    for (const result of results) {
      assert.deepEqual(await bytesOf(result.outputs[0]), outputs[0]);
      assert.equal(result.outputs.length, outputs.length);
      assert.ok(Number.isNaN(result.prompt["6"].inputs.cfg));
      assert.equal(result.prompt["6"].inputs.seed, Number(18446744073709551615n));
      assert.deepEqual(result.prompt["6"].inputs.points, [1, -Infinity]);
      assert.equal(result.execution_time_seconds, null);
      assert.deepEqual(JSON.parse(JSON.stringify(result.prompt["6"].is_changed)), [null, null, null]);
    }
    assert.deepEqual(lines, ["log_message: loss: NaN"]);
  });

  test("of a run that failed is attached to its error", PATIENCE, async () => {
    const failed = body.replace('"success"', '"error"').replace('"completed":true', '"completed":false');
    assert.notEqual(failed, body);
    answer = { ...plain(), chunks: [failed] };
    const error = await failureThrownBy(() =>
      new lib.ViewComfyClient({ endpoint: server.url }).infer({ params }),
    );
    assert.equal(error.code, "execution_failed");
    assert.equal(error.result.promptJson, prompt);
    assert.deepEqual(await bytesOf(error.result.outputs[0].file), outputs[0]);
    assert.equal(JSON.parse(JSON.stringify(error)).result.prompt["6"].inputs.cfg, null);
  });

  test("in what a service says is wrong costs no fact of it", PATIENCE, async () => {
    const detail = [{ loc: ["body", "params"], msg: "Value error", type: "value_error", input: Number.NaN }];
    const text = JSON.stringify({ detail }).replace('"input":null', '"input":NaN');
    assert.ok(text.includes("NaN"));
    answer = { chunks: [text], status: 422, headers: { "content-type": "application/json" } };
    const error = await failureThrownBy(() =>
      new lib.ViewComfyClient({ endpoint: server.url }).infer({ params }),
    );
    assert.equal(error.code, "validation_failed");
    assert.equal(error.nodeErrors[0].message, "Value error");
  });
});

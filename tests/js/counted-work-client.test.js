// The same for the client: twice as much of anything is at most about twice the work of the wasm, for workflows, parameters
// and answers. Answers come from a function of ours, because a network cuts them anew each time.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import init, * as lib from "../../pkg/node.js";
import { growthOf, initCounted } from "../support/counted-work.js";
import { API } from "../support/many-things.js";

const MAX_GROWTH = 2.2;
/** Nobody's, and sent nowhere. */
const CREDENTIALS = { clientId: "id", clientSecret: "secret" };

before(() => initCounted(init, "viewcomfy_wasm_bg.wasm"));

const long = (count) => "x".repeat(count);
const times = (count, make) => Array.from({ length: count }, (_, at) => make(at));

/** A run that is answered with these chunks. */
async function run(chunks, contentType) {
  const fetch = async () => {
    const body = new ReadableStream({
      start(controller) {
        for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
        controller.close();
      },
    });
    return new Response(body, { headers: { "content-type": contentType } });
  };
  const client = new lib.ViewComfyClient({
    endpoint: "https://example.com/api/infer",
    ...CREDENTIALS,
    fetch,
  });
  const params = { "1-inputs-a": 1 };
  if (contentType === "application/json") return client.infer({ params });
  return client.inferWithLogs({ params, onLog() {}, onProgress() {} });
}

const RESULT = JSON.stringify({ prompt_id: "1", completed: true, status: "success", outputs: [] });
const END = `event: prompt_result\ndata: ${RESULT}\n\n`;
const streamed = (...chunks) => run([...chunks, END], "text/event-stream");
const plain = (...chunks) => run(chunks, "application/json");
const line = (text) => `event: log_message\ndata: ${text}\n\n`;
const output = (at, data = "aGVsbG8=") => ({
  filename: `${at}.txt`,
  content_type: "text/plain",
  data,
});
const outputs = (list) => JSON.stringify({ completed: true, status: "success", outputs: list });

/** A workflow with this many inputs, and a value for each. */
function built(count, value, given = value) {
  const inputs = Object.fromEntries(times(count, (at) => [`a${at}`, value(at)]));
  const workflow = JSON.stringify({ 1: { class_type: "A", inputs } });
  const params = Object.fromEntries(times(count, (at) => [`1-inputs-a${at}`, given(at)]));
  return [params, { workflow }];
}

const nearMiss = (keys, length) => {
  const inputs = Object.fromEntries(times(keys, (at) => [`${at}${"ab".repeat(length / 2)}`, 1]));
  const workflow = JSON.stringify({ 1: { class_type: "A", inputs } });
  const key = `1-inputs-${"ba".repeat(length / 2)}`;
  assert.throws(() => lib.buildParams({ [key]: 1 }, { workflow }), { code: "unknown_param" });
};

const CALLS = {
  flattenWorkflow: [API, (file) => lib.flattenWorkflow(file)],
  flattenWorkflowToJson: [API, (file) => lib.flattenWorkflowToJson(file, 2)],
  applyParams: [
    { values: [1000, (count) => built(count, (at) => at)] },
    ([params, { workflow }]) => lib.applyParams(workflow, params),
  ],
  buildParams: [
    {
      values: [1000, (count) => built(count, (at) => at)],
      links: [
        1000,
        (count) => {
          const nodes = times(count, (at) => [at, { class_type: "A", inputs: { a: [`${at}`, 0] } }]);
          const params = Object.fromEntries(times(count, (at) => [`${at}-inputs-a`, [`${count - 1}`, 0]]));
          return [params, { checkAgainst: JSON.stringify(Object.fromEntries(nodes)) }];
        },
      ],
      "seeds with files": [
        500,
        (count) => {
          const inputs = Object.fromEntries(times(count, (at) => [`seed${at}`, at]));
          const workflow = JSON.stringify({ 1: { class_type: "A", inputs: { ...inputs, seed: 1 } } });
          return [
            Object.fromEntries(times(count, (at) => [`1-inputs-seed${at}`, new Blob(["x"])])),
            { workflow },
          ];
        },
      ],
    },
    ([params, options]) => lib.buildParams(params, options),
  ],
  "the nearest key": [
    {
      keys: [200, (count) => () => nearMiss(count, 100)],
      "long keys": [1000, (count) => () => nearMiss(20, count)],
    },
    (search) => search(),
  ],
  "a streamed answer": [
    {
      lines: [1000, (count) => [times(count, (at) => line(`line ${at}`)).join("")]],
      chunks: [500, (count) => times(count, (at) => line(`line ${at}`))],
      "a long line": [20_000, (count) => [line(long(count))]],
      "a long line in small chunks": [
        1000,
        (count) => ["event: log_message\ndata: ", ...times(count, () => "xxxx"), "\n\n"],
      ],
      "lines of data": [1000, (count) => [`event: log_message\n${"data: x\n".repeat(count)}\n`]],
      "unknown events": [1000, (count) => ["event: other\ndata: x\n\n".repeat(count)]],
      comments: [1000, (count) => [":\n".repeat(count)]],
      "empty lines": [4000, (count) => ["\n".repeat(count)]],
      "progress bars": [
        500,
        (count) => [
          times(count, (at) => line(`${at % 100}%|####    | ${at}/900 [00:01<00:02, 1.5it/s]`)).join(""),
        ],
      ],
      "a long event name": [4000, (count) => [`event: ${long(count)}\ndata: x\n\n`]],
    },
    (chunks) => streamed(...chunks),
  ],
  "a plain answer": [
    {
      outputs: [200, (count) => [outputs(times(count, (at) => output(at)))]],
      "a long output": [40_000, (count) => [outputs([output(1, "QUFB".repeat(count / 4))])]],
      "an output in small chunks": [
        2000,
        (count) => outputs([output(1, "QUFB".repeat(count))]).match(/.{1,8}/gs),
      ],
      "a long prompt": [
        4000,
        (count) => [
          JSON.stringify({ prompt: { 1: long(count) }, completed: true, status: "success", outputs: [] }),
        ],
      ],
      "unknown fields": [
        1000,
        (count) => [
          JSON.stringify({
            ...Object.fromEntries(times(count, (at) => [`a${at}`, at])),
            completed: true,
            status: "success",
            outputs: [],
          }),
        ],
      ],
      spaces: [4000, (count) => [" ".repeat(count) + RESULT]],
    },
    (chunks) => plain(...chunks),
  ],
};

for (const [call, [things, work]] of Object.entries(CALLS)) {
  describe(`${call}: twice as many are at most ${MAX_GROWTH} times the work`, () => {
    for (const [name, [count, make]] of Object.entries(things)) {
      test(name, async () => {
        const { works, growth } = await growthOf(count, make, MAX_GROWTH, work);
        const told = `${count}: ${works.join(", ")}, ${growth.toFixed(2)} times`;
        if (process.env.COUNTED_WORK)
          assert.ok(works[0] > count / 100, `nearly nothing was counted: ${told}`);
        assert.ok(growth <= MAX_GROWTH, told);
      });
    }
  });
}

// Twice as much of anything is at most about twice the work, in every call that looks into files: what the wasm does is
// counted, not timed, once for so many and once for twice as many. COUNTED_WORK=1 shows the counts.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import init, * as lib from "../../pkg/inspect-node.js";
import { growthOf, initCounted } from "../support/counted-work.js";
import { FILES } from "../support/many-parts.js";
import { API, EDITOR } from "../support/many-things.js";

/** What sorts does a little more than twice the work. */
const MAX_GROWTH = 2.2;

let bundled;
before(async () => {
  await initCounted(init, "viewcomfy_inspect_bg.wasm", { convert: "viewcomfy_convert_bg.wasm" });
  bundled = await lib.NodeDefinitions.bundled();
});

const EMPTY = '{"a": {"class_type": "X", "inputs": {}}}';
const CALLS = {
  inspectWorkflow: [{ ...API, ...EDITOR }, (file) => lib.inspectWorkflow(file)],
  "inspectWorkflow with definitions": [
    { ...API, ...EDITOR },
    (file) => lib.inspectWorkflow(file, { objectInfo: bundled }),
  ],
  toApiFormat: [EDITOR, (file) => lib.toApiFormat(file)],
  formSchema: [API, (file) => lib.formSchema(file, { objectInfo: bundled })],
  "diffWorkflows of the same": [API, (file) => lib.diffWorkflows(file, file)],
  "diffWorkflows of changed values": [
    API,
    (file) => lib.diffWorkflows(file, file.replaceAll('"inputs":{', '"inputs":{"more":1,')),
  ],
  "diffWorkflows of other ids": [API, (file) => lib.diffWorkflows(file, withOtherIds(file))],
  "diffWorkflows with nothing alike": [API, (file) => lib.diffWorkflows(file, EMPTY)],
  NodeDefinitions: [
    {
      classes: [400, (count) => definitions(count, 2, 2)],
      inputs: [400, (count) => definitions(1, count, 2)],
      choices: [400, (count) => definitions(1, 2, count)],
    },
    (text) => lib.inspectWorkflow(EMPTY, { objectInfo: text }),
  ],
  findWorkflow: [FILES, (file) => lib.findWorkflow(file)],
};

/** The nodes under other ids: of a ring, the ids of their neighbours. */
function withOtherIds(file) {
  const count = Object.keys(JSON.parse(file)).length;
  return file.replace(/"(\d+)"(?=:\{"class_type"|,0\])/g, (_, id) => `"${(Number(id) + 1) % count}"`);
}

/** Runs; a refusal of ours is an answer, too. */
async function told(run, input) {
  try {
    await run(input);
  } catch (error) {
    if (!lib.isViewComfyError(error)) throw error;
  }
}

function definitions(classes, inputs, choices) {
  const spec = [Array.from({ length: choices }, (_, at) => `choice ${at}`), {}];
  const required = Object.fromEntries(Array.from({ length: inputs }, (_, at) => [`input ${at}`, spec]));
  const made = Array.from({ length: classes }, (_, at) => [
    `Class${at}`,
    { input: { required }, output: [] },
  ]);
  return JSON.stringify(Object.fromEntries(made));
}

for (const [call, [things, run]] of Object.entries(CALLS)) {
  describe(`${call}: twice as many are at most ${MAX_GROWTH} times the work`, () => {
    for (const [name, [count, make]] of Object.entries(things)) {
      test(name, async () => {
        const { works, growth } = await growthOf(count, make, MAX_GROWTH, (input) => told(run, input));
        const counts = `${count}: ${works.join(", ")}, ${growth.toFixed(2)} times`;
        if (process.env.COUNTED_WORK)
          assert.ok(works[0] > count / 10, `nearly nothing was counted: ${counts}`);
        assert.ok(growth <= MAX_GROWTH, counts);
      });
    }
  });
}

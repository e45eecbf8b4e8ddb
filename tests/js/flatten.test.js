// Flattening every workflow file, as text and as objects, against the expected files.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import init, * as lib from "../../pkg/node.js";
import { assertFailure } from "../support/assert-failure.js";
import { allWorkflows, compacted, parseExact, sharedWorkflows, workflow } from "../support/workflows.js";

before(() => init());

test("the workflows beside the project", {
  skip: sharedWorkflows ? false : "../shared/workflows is not here",
}, () => {
  assert.ok(allWorkflows.filter((each) => /salad|viewcomfy__/i.test(each.name)).length >= 16);
});

describe("every workflow", () => {
  for (const { name, bytes, text, flat } of allWorkflows) {
    test(name, () => {
      assert.equal(lib.flattenWorkflowToJson(text, 4), flat);
      assert.equal(lib.flattenWorkflowToJson(bytes, 4), flat);
      assert.equal(lib.flattenWorkflowToJson(text), compacted(flat));
      assert.equal(lib.flattenWorkflowToJson(text, 0), compacted(flat));
      const expected = parseExact(flat);
      const flattened = lib.flattenWorkflow(bytes);
      assert.deepEqual(flattened, expected);
      assert.deepEqual(Object.keys(flattened), Object.keys(expected));
      assert.equal(Object.getPrototypeOf(flattened), Object.prototype);
    });
  }
});

test("a workflow may be an ArrayBuffer or a view into one", () => {
  const { bytes, flat } = workflow("edge_cases");
  const padded = new Uint8Array(bytes.length + 7);
  padded.set(bytes, 3);
  const view = padded.subarray(3, 3 + bytes.length);
  const buffer = padded.buffer.slice(3, 3 + bytes.length);
  assert.equal(lib.flattenWorkflowToJson(view, 4), flat);
  assert.equal(lib.flattenWorkflowToJson(buffer, 4), flat);
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  assert.equal(lib.flattenWorkflowToJson(shared, 4), flat);
});

test("the largest seed arrives as a bigint, the largest safe integer as a number", () => {
  const text =
    '{"3": {"inputs": {"a": 18446744073709551615, "b": 9007199254740991, "c": 9007199254740992, "d": 6.0}}}';
  const flat = lib.flattenWorkflow(text);
  assert.equal(flat["3-inputs-a"], 18446744073709551615n);
  assert.equal(flat["3-inputs-b"], 9007199254740991);
  assert.equal(flat["3-inputs-c"], 9007199254740992n);
  assert.equal(flat["3-inputs-d"], 6);
});

describe("a workflow as an object", () => {
  test("keeps bigint, order of names and nested values", () => {
    const object = {
      b: {
        class_type: "KSampler",
        inputs: {
          seed: 18446744073709551615n,
          z: null,
          a: [1.5, { y: -9007199254740993n, x: true }],
          model: ["4:1", 0],
        },
        _meta: { title: "Sampler" },
      },
    };
    const expected =
      '{"_b-node-class_type-info":"Sampler","b-inputs-seed":18446744073709551615,"b-inputs-z":null,' +
      '"b-inputs-a":[1.5,{"y":-9007199254740993,"x":true}],"b-inputs-model":["4:1",0]}';
    assert.equal(lib.flattenWorkflowToJson(object), expected);
    assert.deepEqual(lib.flattenWorkflow(object), parseExact(expected));
  });

  test("is the same as its text where JSON.parse loses nothing", () => {
    for (const name of ["sd15_text_to_image", "controlnet_canny", "upscale", "lora_stack"]) {
      const { text, flat } = workflow(name);
      assert.deepEqual(lib.flattenWorkflow(JSON.parse(text)), JSON.parse(flat));
    }
  });

  test("may have no prototype", () => {
    const bare = (fields) => Object.assign(Object.create(null), fields);
    const object = bare({ 3: bare({ class_type: "A", inputs: bare({ x: bare({ y: 1 }) }) }) });
    assert.equal(lib.flattenWorkflowToJson(object), '{"_3-node-class_type-info":"A","3-inputs-x":{"y":1}}');
  });

  test("leaves the object as it is", () => {
    const object = { 3: { class_type: "KSampler", inputs: { seed: 5n } } };
    lib.flattenWorkflow(Object.freeze(object));
    assert.deepEqual(object, { 3: { class_type: "KSampler", inputs: { seed: 5n } } });
  });

  test("unwraps a request and a view_comfy.json", () => {
    const node = { 3: { class_type: "KSampler", inputs: { seed: 7n } } };
    const expected = lib.flattenWorkflow(node);
    assert.deepEqual(lib.flattenWorkflow({ prompt: node, client_id: "x" }), expected);
    assert.deepEqual(
      lib.flattenWorkflow({
        file_type: "view_comfy",
        workflows: [{ viewComfyJSON: {}, workflowApiJSON: node }],
      }),
      expected,
    );
  });

  test("refuses an editor file", async () => {
    await assertFailure(() => lib.flattenWorkflow({ nodes: [], links: [], version: 0.4 }), "editor_workflow");
  });

  test("refuses what JSON cannot say", async () => {
    const cyclic = { 3: { class_type: "KSampler", inputs: {} } };
    cyclic[3].inputs.self = cyclic;
    const odd = [
      cyclic,
      { 3: { class_type: "KSampler", inputs: { cfg: undefined } } },
      { 3: { class_type: "KSampler", inputs: { cfg: new Date(0) } } },
    ];
    for (const object of odd) await assertFailure(() => lib.flattenWorkflow(object), "invalid_workflow");
  });

  test("may have the numbers that Python writes and JSON does not have", () => {
    for (const cfg of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      const object = { 3: { class_type: "KSampler", inputs: { cfg, points: [cfg] } } };
      const { "3-inputs-cfg": value, "3-inputs-points": points } = lib.flattenWorkflow(object);
      assert.deepEqual([value, points], [cfg, [cfg]]);
      assert.match(lib.flattenWorkflowToJson(object), new RegExp(`:${cfg},`));
    }
  });
});

test("what is not a workflow at all is refused, whatever its type", async () => {
  const values = [
    undefined,
    null,
    5,
    5n,
    true,
    Symbol("x"),
    () => {},
    [],
    {},
    new Map(),
    new Blob(["{}"]),
    Promise.resolve("{}"),
  ];
  for (const value of values) {
    await assertFailure(() => lib.flattenWorkflow(value), "invalid_workflow");
    await assertFailure(() => lib.flattenWorkflowToJson(value), "invalid_workflow");
    await assertFailure(() => lib.applyParams(value, {}), "invalid_workflow");
  }
});

test("indents from 0 to 16", async () => {
  const { text, flat } = workflow("edge_cases");
  for (const indent of [1, 2, 16]) {
    const indented = lib.flattenWorkflowToJson(text, indent);
    assert.equal(compacted(indented), compacted(flat));
    assert.ok(indented.split("\n")[1].startsWith(`${" ".repeat(indent)}"`));
  }
  assert.equal(lib.flattenWorkflowToJson(text, undefined), compacted(flat));
  for (const indent of [-1, 17, 1.5, Number.NaN, Number.POSITIVE_INFINITY, {}]) {
    await assertFailure(() => lib.flattenWorkflowToJson(text, indent), "invalid_param", {
      message: /indent/,
    });
  }
});

test("text with half a character outside an escape is refused rather than changed", async () => {
  const text = '{"3": {"class_type": "A", "inputs": {"text": "\ud800 raw"}}}';
  await assertFailure(() => lib.flattenWorkflow(text), "invalid_workflow", { message: /surrogate/ });
});

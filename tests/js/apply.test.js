// Putting values back into a workflow: nothing else moves.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import init, * as lib from "../../pkg/node.js";
import { assertFailure } from "../support/assert-failure.js";
import { allWorkflows, parseExact, workflow } from "../support/workflows.js";

const TEXT =
  '{ "3" : {"inputs": {"seed": 18446744073709551615, "cfg": 6.0,\t"denoise": 1e-05, "model": ["4", 0]},\r\n' +
  '  "class_type": "KSampler"},  "a-b": {"inputs": {"text": "\\u0061", "-": null}, "_meta": {"title": "T"}} } ';

before(() => init());

describe("a flattened workflow put back changes nothing", () => {
  for (const { name, text, bytes, flat } of allWorkflows) {
    test(name, () => {
      const same = lib.applyParams(bytes, {});
      assert.ok(text.includes(same.trim()), "without values the text is the workflow's own");
      assert.equal(lib.flattenWorkflowToJson(same, 4), flat);
    });
  }
});

test("values that went through an object and are still the same leave every byte too", () => {
  // A number beyond every double, an unpaired surrogate and two inputs under one key cannot make the way through
  // an object; everything else can.
  const lossy = ["number_literals", "lone_surrogates", "colliding_keys"];
  const changed = allWorkflows
    .filter(({ name }) => !lossy.includes(name))
    .filter(
      ({ text }) =>
        attempt(() => lib.applyParams(text, lib.flattenWorkflow(text))) !== lib.applyParams(text, {}),
    )
    .map(({ name }) => name);
  assert.deepEqual(changed, []);
});

test("values that went through an object mean the same", () => {
  const lossy = ["number_literals", "lone_surrogates", "colliding_keys", "titles"];
  for (const { name, text } of allWorkflows.filter((each) => !lossy.includes(each.name))) {
    const put = lib.applyParams(text, lib.flattenWorkflow(text));
    assert.deepEqual(parseExact(put), parseExact(lib.applyParams(text, {})), name);
  }
});

test("splices values in and leaves every other byte", () => {
  const text = lib.applyParams(TEXT, { "a-b-inputs-text": 'é "quoted"\n', "3-inputs-cfg": 7.25 });
  assert.equal(text.trim(), TEXT.replace('"\\u0061"', '"é \\"quoted\\"\\n"').replace("6.0", "7.25").trim());
});

test("takes every kind of value", () => {
  const values = [
    ["text", '"text"'],
    ["", '""'],
    [12, "12"],
    [-0.5, "-0.5"],
    [1e21, "1e+21"],
    [18446744073709551615n, "18446744073709551615"],
    [-123456789012345678901234567890n, "-123456789012345678901234567890"],
    [true, "true"],
    [null, "null"],
    [[], "[]"],
    [{}, "{}"],
    [[1, [2n, "x"], { a: { b: null } }], '[1,[2,"x"],{"a":{"b":null}}]'],
    [["9", 1], '["9",1]'],
  ];
  for (const [value, literal] of values) {
    assert.equal(
      lib.applyParams(TEXT, { "3-inputs-cfg": value }).trim(),
      TEXT.replace("6.0", literal).trim(),
    );
    assert.equal(
      lib.applyParams(TEXT, new Map([["3-inputs-cfg", value]])).trim(),
      TEXT.replace("6.0", literal).trim(),
    );
  }
});

test("takes text, bytes and objects", () => {
  const params = { "3-inputs-seed": 1n };
  const expected = lib.flattenWorkflow(lib.applyParams(TEXT, params));
  assert.deepEqual(lib.flattenWorkflow(lib.applyParams(new TextEncoder().encode(TEXT), params)), expected);
  assert.deepEqual(lib.flattenWorkflow(lib.applyParams(parseExact(TEXT), params)), expected);
});

test("gives a wrapped workflow without its wrapper", () => {
  const { text } = workflow("request_body");
  const put = lib.applyParams(text, { "1-inputs-text": "changed" });
  assert.deepEqual(Object.keys(parseExact(put)), ["1", "3"]);
  assert.equal(parseExact(put)[1].inputs.text, "changed");
  assert.equal(parseExact(put)[3].inputs.seed, 18446744073709551615n);
});

test("may override a link", () => {
  const put = JSON.parse(lib.applyParams(TEXT, { "3-inputs-model": "a name" }));
  assert.equal(put[3].inputs.model, "a name");
});

test("labels may stay, and only stay", async () => {
  const key = "_a-b-node-class_type-info";
  assert.equal(lib.applyParams(TEXT, { [key]: "T" }), lib.applyParams(TEXT, {}));
  await assertFailure(() => lib.applyParams(TEXT, { [key]: "U" }), "invalid_param", { key });
});

test("unknown keys name the nearest ones", async () => {
  const failure = await assertFailure(() => lib.applyParams(TEXT, { "3-inputs-sead": 1 }), "unknown_param", {
    key: "3-inputs-sead",
    message: /3-inputs-sead/,
  });
  assert.equal(failure.nearest[0], "3-inputs-seed");
  const other = await assertFailure(
    () => lib.applyParams(TEXT, { zzzzzzzzzzzzzzzzzzzz: 1 }),
    "unknown_param",
  );
  assert.ok(Array.isArray(other.nearest));
});

test("values that JSON cannot say are refused with their key", async () => {
  const cyclic = [];
  cyclic.push(cyclic);
  const values = [
    undefined,
    Number.NaN,
    Number.NEGATIVE_INFINITY,
    () => {},
    Symbol("x"),
    cyclic,
    [undefined],
    { a: Number.NaN },
  ];
  for (const value of values) {
    await assertFailure(() => lib.applyParams(TEXT, { "3-inputs-cfg": value }), "invalid_param", {
      key: "3-inputs-cfg",
    });
  }
  await assertFailure(() => lib.applyParams(TEXT, { "3-inputs-cfg": new Blob(["x"]) }), "invalid_param", {
    key: "3-inputs-cfg",
  });
});

test("params that are not an object are refused", async () => {
  for (const params of [5, "text", true, [["3-inputs-cfg", 1]]]) {
    await assertFailure(() => lib.applyParams(TEXT, params), "invalid_param");
  }
});

/** What `work` gives, or its error's text. */
function attempt(work) {
  try {
    return work();
  } catch (error) {
    return `${error}`;
  }
}

test("keys are looked up, never split", () => {
  const { text } = workflow("dashes");
  const put = parseExact(
    lib.applyParams(text, { "a-b-inputs--": "dash", "--inputs---": "dashes", "-inputs-x": "empty id" }),
  );
  assert.equal(put["a-b"].inputs["-"], "dash");
  assert.equal(put["-"].inputs["--"], "dashes");
  assert.equal(put[""].inputs.x, "empty id");
});

// What is not a workflow in API format, by code, words and place.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import init, * as lib from "../../pkg/node.js";
import { assertFailure } from "../support/assert-failure.js";
import { rejected } from "../support/workflows.js";

before(() => init());

describe("every rejected file", () => {
  for (const { file, bytes, code, words, line, column } of rejected) {
    test(file, async () => {
      const facts = { ...(line && { line }), ...(column && { column }) };
      const failure = await assertFailure(() => lib.flattenWorkflow(bytes), code, facts);
      for (const word of words)
        assert.ok(failure.message.includes(word), `no ${word} in: ${failure.message}`);
      await assertFailure(() => lib.flattenWorkflowToJson(bytes), code, facts);
      await assertFailure(() => lib.applyParams(bytes, {}), code, facts);
      await assertFailure(() => lib.buildParams({ x: 1 }, { workflow: bytes }), code, facts);
    });
  }
});

describe("nesting without end", () => {
  const LEVELS = 100_000;
  const bombs = {
    lists: `{"1":{"inputs":{"x":${"[".repeat(LEVELS)}${"]".repeat(LEVELS)}}}}`,
    objects: `${'{"1":'.repeat(LEVELS)}1${"}".repeat(LEVELS)}`,
    "lists that never end": "[".repeat(LEVELS),
    "a title": `{"1":{"_meta":{"title":${"[".repeat(LEVELS)}`,
  };
  for (const [name, text] of Object.entries(bombs)) {
    test(name, async () => {
      await assertFailure(() => lib.flattenWorkflow(text), "invalid_workflow");
      await assertFailure(() => lib.flattenWorkflow(new TextEncoder().encode(text)), "invalid_workflow");
    });
  }

  test("an object", async () => {
    let nested = 1;
    for (let level = 0; level < 50_000; level += 1) nested = [nested];
    const object = { 1: { class_type: "A", inputs: { x: nested } } };
    await assertFailure(() => lib.flattenWorkflow(object), "invalid_workflow");
  });

  test("and the package still works", () => {
    assert.deepEqual(lib.flattenWorkflow('{"1": {"class_type": "A"}}'), { "_1-node-class_type-info": "A" });
  });
});

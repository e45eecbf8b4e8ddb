// Parameters checked against the workflow they are for.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import init, * as lib from "../../pkg/node.js";
import { assertFailure } from "../support/assert-failure.js";
import { WORKFLOW } from "../support/sample-workflow.js";
import { parseExact, workflow } from "../support/workflows.js";

before(() => init());

describe("checks against a workflow", () => {
  const build = (params) => lib.buildParams(params, { workflow: WORKFLOW });

  test("a known key passes", () => {
    const built = build({ "6-inputs-text": "a red fox", "3-inputs-cfg": 7 });
    assert.equal(built.json, '{"6-inputs-text":"a red fox","3-inputs-cfg":7}');
    assert.deepEqual(built.warnings, []);
  });

  test("an unknown key is refused and names the nearest", async () => {
    const failure = await assertFailure(() => build({ "3-inputs-sed": 1 }), "unknown_param", {
      key: "3-inputs-sed",
      message: /3-inputs-seed/,
    });
    assert.equal(failure.nearest[0], "3-inputs-seed");
    assert.ok(failure.nearest.length <= 5);
  });

  test("a file under an unknown key is refused too", async () => {
    await assertFailure(() => build({ "9-inputs-imag": new Blob(["x"]) }), "unknown_param", {
      key: "9-inputs-imag",
    });
  });

  test("a context key is not a parameter", async () => {
    const key = "_3-node-class_type-info";
    await assertFailure(() => build({ [key]: "Renamed", "3-inputs-seed": 1 }), "invalid_param", { key });
  });

  test("overriding a link is sent with a warning", () => {
    const built = build({ "6-inputs-clip": "text" });
    assert.equal(built.json, '{"6-inputs-clip":"text"}');
    assert.deepEqual(
      built.warnings.map(({ code, key }) => ({ code, key })),
      [{ code: "overrides_link", key: "6-inputs-clip" }],
    );
    assert.match(built.warnings[0].message, /6-inputs-clip/);
  });

  test("a link in place of a link is fine", () => {
    assert.deepEqual(build({ "6-inputs-clip": ["4", 0] }).warnings, []);
  });

  const mismatches = [
    ["6-inputs-text", 5],
    ["6-inputs-text", true],
    ["3-inputs-steps", "twenty"],
    ["3-inputs-cfg", false],
    ["10-inputs-tapered_corners", "yes"],
    ["10-inputs-tapered_corners", 1],
    ["10-inputs-rows", "1, 2"],
    ["10-inputs-more", 4],
  ];
  for (const [key, value] of mismatches) {
    test(`${JSON.stringify(value)} for ${key} is sent with a warning`, () => {
      const built = build({ [key]: value });
      assert.equal(built.json, JSON.stringify({ [key]: value }));
      assert.deepEqual(
        built.warnings.map((warning) => [warning.code, warning.key]),
        [["type_mismatch", key]],
      );
      assert.ok(built.warnings[0].message.length > 10);
    });
  }

  const matches = [
    ["3-inputs-cfg", 7],
    ["3-inputs-steps", 30n],
    ["10-inputs-rows", [3]],
    ["10-inputs-more", { b: 2 }],
    ["10-inputs-none", "anything"],
  ];
  for (const [key, value] of matches) {
    test(`a ${typeof value} for ${key} is not a warning`, () => {
      assert.deepEqual(build({ [key]: value }).warnings, []);
    });
  }

  test("without a workflow nothing is checked", () => {
    assert.deepEqual(lib.buildParams({ "any key": "any value" }).warnings, []);
  });

  test("the workflow may be bytes or an object, and is itself checked", async () => {
    const bytes = new TextEncoder().encode(WORKFLOW);
    for (const given of [bytes, bytes.buffer, parseExact(WORKFLOW)]) {
      await assertFailure(() => lib.buildParams({ x: 1 }, { workflow: given }), "unknown_param");
    }
    await assertFailure(() => lib.buildParams({ x: 1 }, { workflow: "[]" }), "invalid_workflow");
    await assertFailure(
      () => lib.buildParams({ x: 1 }, { workflow: { nodes: [], links: [] } }),
      "editor_workflow",
    );
  });

  test("every flattened value of every kind passes its own check", () => {
    for (const name of ["sd15_text_to_image", "lora_stack", "inpaint_with_mask", "dashes", "non_ascii"]) {
      const { text } = workflow(name);
      const params = Object.entries(lib.flattenWorkflow(text)).filter(
        ([key]) => !key.endsWith("-node-class_type-info"),
      );
      const built = lib.buildParams(Object.fromEntries(params), { workflow: text });
      assert.deepEqual(built.warnings, [], name);
    }
  });
});

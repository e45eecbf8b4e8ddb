// Comparing workflows through the package: shapes, exact values, every kind of input, errors.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import init, * as lib from "../../pkg/inspect-node.js";
import { assertFailure } from "../support/assert-failure.js";
import { allWorkflows } from "../support/workflows.js";

before(() => init());

const SEED = "18446744073709551615";
const A = `{
  "4": { "class_type": "Loader", "inputs": { "name": "a" } },
  "3": { "class_type": "KSampler", "inputs": { "seed": ${SEED}, "cfg": 7.0, "model": ["4", 0] } }
}`;

test("a workflow is the same as itself, however it is given", () => {
  const expected = {
    same: true,
    added: [],
    removed: [],
    renamed: [],
    changed: [],
    rewired: [],
    matched: [
      { a: "4", b: "4" },
      { a: "3", b: "3" },
    ],
  };
  const bytes = new TextEncoder().encode(A);
  for (const other of [A, bytes, bytes.buffer, `{"prompt": ${A}}`]) {
    assert.deepEqual(lib.diffWorkflows(A, other), expected);
  }
});

test("seeds are compared and shown to the last digit", () => {
  const { same, changed } = lib.diffWorkflows(A, A.replace(SEED, "18446744073709551614").replace("7.0", "7"));
  assert.equal(same, false);
  assert.deepEqual(changed, [
    {
      key: "3-inputs-seed",
      nodeA: "3",
      nodeB: "3",
      input: "seed",
      inA: true,
      inB: true,
      a: 18446744073709551615n,
      b: 18446744073709551614n,
    },
  ]);
});

test("nodes, titles and links that differ have the documented shapes", () => {
  const other = JSON.parse(A);
  other["3"].inputs.model = "none";
  other["3"]._meta = { title: "Sampler" };
  delete other["4"];
  other["9"] = { class_type: "SaveImage", inputs: {} };
  const titled = JSON.parse(A);
  titled["3"]._meta = { title: "Other" };
  const diff = lib.diffWorkflows(titled, other);
  assert.deepEqual(diff.added, [{ id: "9", classType: "SaveImage", title: "SaveImage" }]);
  assert.deepEqual(diff.removed, [{ id: "4", classType: "Loader", title: "Loader" }]);
  assert.deepEqual(diff.renamed, [
    {
      a: { id: "3", classType: "KSampler", title: "Other" },
      b: { id: "3", classType: "KSampler", title: "Sampler" },
    },
  ]);
  assert.deepEqual(diff.rewired, [
    { nodeA: "3", nodeB: "3", input: "model", a: { node: "4", output: 0 }, b: null },
  ]);
  assert.equal(diff.changed.find(({ input }) => input === "model").inA, false);
});

test("what Python writes where a number has no digits is shown as the number it is", () => {
  for (const [word, number] of [
    ["NaN", Number.NaN],
    ["-Infinity", Number.NEGATIVE_INFINITY],
  ]) {
    const { changed } = lib.diffWorkflows(A.replace("7.0", word), A);
    assert.deepEqual(
      changed.map(({ a, b }) => [a, b]),
      [[number, 7]],
    );
  }
});

describe("every workflow is the same as itself", () => {
  for (const { name, text } of allWorkflows) {
    test(name, () => assert.equal(lib.diffWorkflows(text, text).same, true));
  }
});

test("what is not a workflow in API format is refused", async () => {
  await assertFailure(() => lib.diffWorkflows(A, "{"), "invalid_workflow");
  await assertFailure(() => lib.diffWorkflows('{"nodes": [], "links": []}', A), "editor_workflow");
  await assertFailure(() => lib.diffWorkflows(A), "invalid_workflow", { message: /undefined/i });
});

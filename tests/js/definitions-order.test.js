// In which order the classes of custom nodes are written.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { besideAlike } from "../../scripts/definitions-order.js";
import { gzipSize } from "../../scripts/definitions-trimmed.js";

const of = (...inputs) => ({
  input: { required: Object.fromEntries(inputs.map((name) => [name, ["INT"]])) },
});

test("a class stands beside the one it has most in common with", () => {
  const classes = {
    A: of("width", "height"),
    B: of("seed"),
    C: of("width", "height", "crop"),
    D: of("crop"),
  };
  assert.deepEqual(besideAlike(["A", "B", "C", "D"], classes), ["A", "C", "D", "B"]);
  // Of those that have no input in common, the one whose name begins alike.
  const named = { "Load A": of("a"), Save: of("b"), "Load B": of("c") };
  assert.deepEqual(besideAlike(["Load A", "Save", "Load B"], named), ["Load A", "Load B", "Save"]);
  assert.deepEqual(besideAlike([], {}), []);
  assert.deepEqual(besideAlike(["x", "y"], { x: { input: {} }, y: { input: {} } }), ["x", "y"]);
});

test("the package's file is smaller for it", () => {
  const { classes } = JSON.parse(
    readFileSync(new URL("../../pkg/definitions-custom.json", import.meta.url), "utf8"),
  );
  const byName = Object.fromEntries(
    Object.entries(classes).sort(([left], [right]) => (left < right ? -1 : 1)),
  );
  assert.ok(gzipSize(JSON.stringify(classes)) < gzipSize(JSON.stringify(byName)));
});

// Which control a field of a form gets, on the page and in the tags.

import assert from "node:assert/strict";
import { test } from "node:test";

import { kindOf } from "../../pkg/src/view/field-kind.js";

const kind = (type, value, more = {}) =>
  kindOf({ type, options: null, min: null, max: null, ...more }, value);
const RANGE = { min: 0, max: 10 };
const OPTIONS = { options: [{ label: "a", value: "a" }] };

for (const [expected, told] of [
  ["text", kind("text", "one line")],
  ["long-text", kind("long-text", "one line")],
  ["number", kind("float", 7.5)],
  ["boolean", kind("boolean", true)],
  ["seed", kind("noise_seed", 2n ** 64n - 1n)],
  ["slider", kind("slider", 3, RANGE)],
  ["choice", kind("select", "b", OPTIONS)],
  ["file", kind("image-mask", "a.png")],
  ["file", kind("audio", null)],
  ["json", kind("text", ["a"])],
]) {
  test(`${expected}`, () => assert.equal(told, expected));
}

test("the value counts before a type that does not fit it", () => {
  assert.equal(kind("image", 3), "number");
  assert.equal(kind("float", "seven"), "text");
  assert.equal(kind("boolean", "yes"), "text");
  assert.equal(kind("seed", "12"), "text");
  assert.equal(kind("text", true), "boolean");
});

test("no line of a text is lost, and no digit of a number", () => {
  assert.equal(kind("text", "two\nlines"), "long-text");
  assert.equal(kind("slider", 2n ** 60n, RANGE), "number");
});

test("a slider has both ends", () => {
  assert.equal(kind("slider", 3, { min: 0 }), "number");
});

// How two conversions of one workflow are compared, where ComfyUI's own page is the judge.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { firstDifference } from "../oracle/differences.js";

const node = (inputs, rest = {}) => ({ inputs, class_type: "A", ...rest });
const rule = (left, right) => firstDifference({ prompt: left }, { prompt: right })?.rule ?? null;

describe("firstDifference", () => {
  test("finds none between equal prompts, nor where both are refused", () => {
    assert.equal(rule({ 1: node({ x: 1 }) }, { 1: node({ x: 1 }) }), null);
    assert.equal(firstDifference({ error: "one" }, { error: "other words" }), null);
  });

  test("names the rule", () => {
    const one = { 1: node({ x: 1, from: ["2", 0] }) };
    for (const [other, expected] of [
      [{}, "which nodes are in the prompt"],
      [{ 1: { ...one[1], class_type: "B" } }, "class of a node"],
      [{ 1: node({ x: 1, from: ["2", 1] }) }, "where a link comes from"],
      [{ 1: node({ x: 1 }) }, "where a link comes from"],
      [{ 1: node({ from: ["2", 0] }) }, "which inputs are there"],
      [{ 1: node({ x: "1", from: ["2", 0] }) }, "value of an input"],
      [{ 1: { ...one[1], _meta: { title: "t" } } }, "title and origin (_meta)"],
    ]) {
      assert.equal(rule(one, other), expected);
      assert.equal(rule(other, one), expected);
    }
    assert.equal(firstDifference({ prompt: one }, { error: "no" })?.rule, "one of them refuses the file");
  });

  test("takes the most telling of several, and says where", () => {
    const left = { prompt: { 1: node({ x: 1, y: 2 }), 2: node({ z: ["1", 0] }) } };
    const right = { prompt: { 1: node({ x: 2, y: 2 }), 2: node({ z: ["1", 1] }) } };
    assert.deepEqual(firstDifference(left, right), {
      rule: "where a link comes from",
      where: '2 A.z ["1",0] | ["1",1]',
    });
  });
});

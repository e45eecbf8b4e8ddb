// parseJson and stringifyJson: every digit is kept, nothing is dropped.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { runInNewContext } from "node:vm";

import * as lib from "../../pkg/node.js";
import { assertFailure } from "../support/assert-failure.js";

const { parseJson, stringifyJson } = lib;

describe("reading", () => {
  const integers = [
    ["9007199254740991", 9007199254740991],
    ["9007199254740992", 9007199254740992n],
    ["-9007199254740991", -9007199254740991],
    ["-9007199254740993", -9007199254740993n],
    ["18446744073709551615", 18446744073709551615n],
    ["123456789012345678901234567890", 123456789012345678901234567890n],
    ["12345678901234567.5", Number("12345678901234567.5")],
    ["1e300", 1e300],
    ["-0", -0],
    ["1e400", Number.POSITIVE_INFINITY],
  ];
  for (const [text, value] of integers) {
    test(text, () => {
      for (const [around, inside] of [
        [text, value],
        [`[1, ${text}]`, [1, value]],
        [`{"a": {"b": ${text}, "c": "1234567890123456789"}}`, { a: { b: value, c: "1234567890123456789" } }],
      ]) {
        assert.deepEqual(parseJson(around), inside);
      }
    });
  }

  test("a key __proto__ is a key", () => {
    const read = parseJson('{"__proto__": 18446744073709551615}');
    assert.deepEqual(Object.entries(read), [["__proto__", 18446744073709551615n]]);
  });

  test("what is not JSON is refused with its cause", async () => {
    for (const text of ["", "{", "[1,]", "9007199254740992 1", '{"a": 01234567890123456}']) {
      const failure = await assertFailure(() => parseJson(text), "invalid_param", { key: "text" });
      assert.ok(failure);
      assert.throws(
        () => parseJson(text),
        ({ cause }) => cause instanceof SyntaxError,
      );
    }
  });

  test("nesting is bounded", async () => {
    await assertFailure(
      () => parseJson(`${"[".repeat(300)}9007199254740993${"]".repeat(300)}`),
      "invalid_param",
    );
  });
});

describe("writing", () => {
  const cyclic = {};
  cyclic.self = cyclic;
  const values = [
    [18446744073709551615n, "18446744073709551615"],
    [-0, "-0"],
    [1e21, "1e+21"],
    [Number.POSITIVE_INFINITY, "1e400"],
    [{ b: [1n, "é\ud800"], a: null }, '{"b":[1,"é\\ud800"],"a":null}'],
    [JSON.parse('{"__proto__":1}'), '{"__proto__":1}'],
    [Object.assign(Object.create(null), { a: true }), '{"a":true}'],
    [{ toJSON: "a", x: 1 }, '{"toJSON":"a","x":1}'],
    [runInNewContext("({ a: [1, { b: 2n }] })"), '{"a":[1,{"b":2}]}'],
    [[], "[]"],
    [{}, "{}"],
  ];
  for (const [value, text] of values) {
    test(text, () => assert.equal(stringifyJson(value), text));
  }

  test("with an indent, as JSON.stringify sets it", () => {
    const value = { a: [1, {}, []], b: { c: "d" } };
    for (const indent of [0, 1, 2, 8]) {
      assert.equal(stringifyJson(value, indent), JSON.stringify(value, null, indent));
    }
  });

  for (const value of [
    undefined,
    Number.NaN,
    () => {},
    Symbol("s"),
    cyclic,
    [undefined],
    { a: undefined },
    new Date(),
    new Map(),
    [new Blob(["x"])],
    new Array(2),
  ]) {
    test(`${Object.prototype.toString.call(value)} is refused`, () =>
      assertFailure(() => stringifyJson(value), "invalid_param"));
  }

  test("an indent that is not one is refused", async () => {
    for (const indent of [-1, 17, 1.5, "2", Number.NaN]) {
      await assertFailure(() => stringifyJson({}, indent), "invalid_param", { key: "indent" });
    }
  });

  test("toJSON is not called", () => {
    assert.equal(
      stringifyJson(Object.create({ toJSON: () => "other" }, { a: { value: 1, enumerable: true } })),
      '{"a":1}',
    );
  });
});

test("what was read comes out as it was", () => {
  const text = '{"3":{"seed":18446744073709551615,"cfg":-0,"list":[1.5,1e+21,"\\ud83d"]},"1":null}';
  assert.deepEqual(parseJson(stringifyJson(parseJson(text))), parseJson(text));
});

// Values and files: what will be sent for each kind.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import init, * as lib from "../../pkg/node.js";
import { assertFailure } from "../support/assert-failure.js";
import { WORKFLOW } from "../support/sample-workflow.js";

before(() => init());

describe("values", () => {
  const values = [
    ["text", "a red fox", '"a red fox"'],
    ["text to escape", 'é "q" \\ \n\u0001 日本 😀', '"é \\"q\\" \\\\ \\n\\u0001 日本 😀"'],
    ["an empty text", "", '""'],
    ["an integer", 42, "42"],
    ["a fraction", -0.25, "-0.25"],
    ["a large number", 1e21, "1e+21"],
    ["a small number", 1e-7, "1e-7"],
    ["the largest safe integer", 9007199254740991, "9007199254740991"],
    ["a bigint", 18446744073709551615n, "18446744073709551615"],
    ["a negative bigint", -9007199254740993n, "-9007199254740993"],
    ["true", true, "true"],
    ["false", false, "false"],
    ["null", null, "null"],
    ["a list", [1, "a", null, [2n]], '[1,"a",null,[2]]'],
    ["an object", { b: 1, a: { c: [18446744073709551615n] } }, '{"b":1,"a":{"c":[18446744073709551615]}}'],
    ["a link", ["4", 0], '["4",0]'],
  ];
  for (const [name, value, literal] of values) {
    test(name, () => {
      for (const params of [{ "1-inputs-x": value }, new Map([["1-inputs-x", value]])]) {
        const built = lib.buildParams(params);
        assert.equal(built.json, `{"1-inputs-x":${literal}}`);
        assert.deepEqual(built.files, []);
        assert.deepEqual(built.warnings, []);
        assert.deepEqual(built.seeds, {});
        assert.deepEqual(Object.keys(built.values), ["1-inputs-x"]);
        assert.equal(lib.buildParams(built.values).json, built.json, "the values can be given again");
      }
    });
  }

  test("keep the order given", () => {
    const entries = [
      ["z-inputs-a", 1],
      ["a-inputs-z", 2],
      ["m-inputs-m", 3],
    ];
    const json = '{"z-inputs-a":1,"a-inputs-z":2,"m-inputs-m":3}';
    assert.equal(lib.buildParams(Object.fromEntries(entries)).json, json);
    assert.equal(lib.buildParams(new Map(entries)).json, json);
  });

  test("of an object without a prototype, and only its own", () => {
    const bare = Object.assign(Object.create(null), { "1-inputs-x": 1 });
    assert.equal(lib.buildParams(bare).json, '{"1-inputs-x":1}');
    const inherited = Object.assign(Object.create({ "2-inputs-y": 2 }), { "1-inputs-x": 1 });
    assert.equal(lib.buildParams(inherited).json, '{"1-inputs-x":1}');
  });

  test("a key that JSON must escape", () => {
    const built = lib.buildParams({ 'é"\n-inputs-日本': 1 });
    assert.deepEqual(JSON.parse(built.json), { 'é"\n-inputs-日本': 1 });
  });

  const cyclic = {};
  cyclic.self = cyclic;
  const refused = [
    ["undefined", undefined],
    ["NaN", Number.NaN],
    ["Infinity", Number.POSITIVE_INFINITY],
    ["a function", () => {}],
    ["a symbol", Symbol("s")],
    ["a cycle", cyclic],
    ["undefined in a list", [1, undefined]],
    ["NaN in an object", { a: { b: Number.NaN } }],
    ["a file in a list", [new Blob(["x"])]],
    ["a mask without an image", { mask: new Blob(["x"]) }],
    ["a mask that is not a file", { image: new Blob(["x"]), mask: "mask.png" }],
  ];
  for (const [name, value] of refused) {
    test(`${name} is refused with its key`, async () => {
      await assertFailure(() => lib.buildParams({ "1-inputs-ok": 1, "1-inputs-x": value }), "invalid_param", {
        key: "1-inputs-x",
        message: /1-inputs-x/,
      });
    });
  }

  test("a value of a wrong type is named, not repeated", async () => {
    for (const value of [new Uint8Array(100_000), new Date(), /x/, new Map([["a", 1]]), Object("text")]) {
      await assertFailure(() => lib.buildParams({ "1-inputs-x": value }), "invalid_param", {
        key: "1-inputs-x",
        message: (text) => text.length < 300,
      });
    }
  });

  test("params that are not an object or a Map are refused", async () => {
    for (const params of [5, "text", true, [["1-inputs-x", 1]], new Set(["x"]), new Blob(["x"])]) {
      await assertFailure(() => lib.buildParams(params), "invalid_param");
    }
    await assertFailure(() => lib.buildParams(new Map([[1, 2]])), "invalid_param");
  });
});

describe("files", () => {
  const png = new File([new Uint8Array([0x89, 0x50, 0, 255])], "каt 1.png", { type: "image/png" });

  test("a File goes beside the JSON, unchanged, with its name", () => {
    const built = lib.buildParams({ "9-inputs-image": png, "6-inputs-text": "x" });
    assert.equal(built.json, '{"6-inputs-text":"x"}');
    assert.equal(built.files.length, 1);
    assert.equal(built.files[0].key, "9-inputs-image");
    assert.equal(built.files[0].filename, "каt 1.png");
    assert.equal(built.files[0].file, png);
    assert.equal(built.values["9-inputs-image"], png);
  });

  test("a Blob gets a name", () => {
    const blob = new Blob(["x"], { type: "image/webp" });
    const [part] = lib.buildParams({ "9-inputs-image": blob, "3-inputs-steps": 1 }).files;
    assert.equal(part.file, blob);
    assert.match(part.filename, /^\S+$/);
  });

  test("an image with its mask becomes two parts in a row", () => {
    const mask = new Blob(["mask"], { type: "image/png" });
    const value = { image: png, mask };
    const built = lib.buildParams({ "9-inputs-image": value, "12-inputs-image": png, "3-inputs-steps": 1 });
    assert.deepEqual(
      built.files.map((part) => part.key),
      ["9-inputs-image", "9-inputs-image-viewcomfymask", "12-inputs-image"],
    );
    assert.equal(built.files[0].file, png);
    assert.equal(built.files[1].file, mask);
    assert.match(built.files[1].filename, /\.png$/);
    assert.equal(built.values["9-inputs-image"].image, png);
    assert.equal(built.values["9-inputs-image"].mask, mask);
  });

  test("an object that only looks like one stays a value", () => {
    const value = { image: "a.png", strength: 1 };
    assert.equal(
      lib.buildParams({ "1-inputs-x": value }).json,
      '{"1-inputs-x":{"image":"a.png","strength":1}}',
    );
  });

  test("a text under a file's key names a file that the server has", () => {
    const built = lib.buildParams({ "9-inputs-image": "there.png" }, { workflow: WORKFLOW });
    assert.equal(built.json, '{"9-inputs-image":"there.png"}');
    assert.deepEqual(built.warnings, []);
  });

  test("a file where the workflow has a text is not a warning", () => {
    assert.deepEqual(
      lib.buildParams({ "9-inputs-image": png, "3-inputs-seed": 1 }, { workflow: WORKFLOW }).warnings,
      [],
    );
  });
});

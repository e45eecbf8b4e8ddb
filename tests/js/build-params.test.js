// What will be sent: values, files, checks against a workflow, and seeds.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import init, * as lib from "../../pkg/node.js";
import { assertFailure } from "../support/assert-failure.js";
import { parseExact, workflow } from "../support/workflows.js";

const MAX_SEED = 2n ** 64n - 1n;
const WORKFLOW = `{
  "6": {"class_type": "CLIPTextEncode", "inputs": {"text": "a fox", "clip": ["4", 1]}},
  "3": {"class_type": "KSampler", "inputs": {"seed": 5, "steps": 20, "cfg": 6.0, "sampler_name": "euler", "model": ["4", 0]}},
  "5": {"class_type": "RandomNoise", "inputs": {"noise_seed": 18446744073709551615}},
  "9": {"class_type": "LoadImage", "inputs": {"image": "example.png"}},
  "10": {"class_type": "GrowMask", "inputs": {"expand": 4, "tapered_corners": true, "rows": [1, 2], "more": {"a": 1}, "none": null}},
  "4": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "a.safetensors"}}
}`;
const SEEDLESS = '{"6": {"class_type": "CLIPTextEncode", "inputs": {"text": "a fox"}}}';

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
    ["a mask that is no file", { image: new Blob(["x"]), mask: "mask.png" }],
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

  test("params that are no object or Map are refused", async () => {
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

  test("with only a file, something is sent in params all the same", () => {
    const built = lib.buildParams({ "9-inputs-image": png }, { workflow: WORKFLOW });
    assert.deepEqual(Object.keys(built.seeds), ["3-inputs-seed"]);
    assert.equal(built.json, `{"3-inputs-seed":${built.seeds["3-inputs-seed"]}}`);
  });

  test("a file where the workflow has a text is no warning", () => {
    assert.deepEqual(
      lib.buildParams({ "9-inputs-image": png, "3-inputs-seed": 1 }, { workflow: WORKFLOW }).warnings,
      [],
    );
  });
});

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

  test("a context key is no parameter", async () => {
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
    test(`a ${typeof value} for ${key} is no warning`, () => {
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

describe("seeds", () => {
  const draw = (params, given = WORKFLOW) => lib.buildParams(params, { workflow: given });

  test("with nothing given, the first seed of the workflow is drawn", () => {
    for (const params of [{}, new Map()]) {
      const built = draw(params);
      assert.deepEqual(Object.keys(built.seeds), ["3-inputs-seed"]);
      const seed = built.seeds["3-inputs-seed"];
      assert.equal(typeof seed, "bigint");
      assert.ok(seed >= 0n && seed <= MAX_SEED);
      assert.equal(built.json, `{"3-inputs-seed":${seed}}`);
      assert.deepEqual(built.values, { "3-inputs-seed": seed });
    }
  });

  test("a noise_seed counts as a seed, a linked one does not", () => {
    const text =
      '{"1": {"class_type": "KSampler", "inputs": {"seed": ["2", 0]}},' +
      ' "2": {"class_type": "RandomNoise", "inputs": {"noise_seed": 1}}}';
    assert.deepEqual(Object.keys(draw({}, text).seeds), ["2-inputs-noise_seed"]);
  });

  test("nothing to send is an error that says so", async () => {
    await assertFailure(() => lib.buildParams({}), "empty_params", { message: /\S+ \S+/ });
    await assertFailure(() => lib.buildParams(new Map()), "empty_params");
    await assertFailure(() => lib.buildParams({ "1-inputs-image": new Blob(["x"]) }), "empty_params");
    const onlyLinks =
      '{"1": {"class_type": "SaveImage", "inputs": {"images": ["2", 0]}}, "2": {"class_type": "A"}}';
    await assertFailure(() => draw({}, onlyLinks), "empty_params");
  });

  test("a workflow without a seed sends its first value as it is", () => {
    assert.equal(draw({}, SEEDLESS).json, '{"6-inputs-text":"a fox"}');
    assert.deepEqual(draw({}, SEEDLESS).seeds, {});
  });

  for (const wish of ["random", -1, -1n]) {
    test(`${typeof wish} ${wish} draws a seed`, () => {
      const built = draw({ "5-inputs-noise_seed": wish, "6-inputs-text": "x" });
      const seed = built.seeds["5-inputs-noise_seed"];
      assert.deepEqual(Object.keys(built.seeds), ["5-inputs-noise_seed"]);
      assert.ok(seed >= 0n && seed <= MAX_SEED);
      assert.equal(built.json, `{"5-inputs-noise_seed":${seed},"6-inputs-text":"x"}`);
      assert.deepEqual(built.values, { "5-inputs-noise_seed": seed, "6-inputs-text": "x" });
      assert.deepEqual(built.warnings, []);
    });

    test(`${typeof wish} ${wish} draws a seed without a workflow`, () => {
      const built = lib.buildParams({ "3-inputs-seed": wish });
      assert.deepEqual(Object.keys(built.seeds), ["3-inputs-seed"]);
      assert.equal(built.json, `{"3-inputs-seed":${built.seeds["3-inputs-seed"]}}`);
    });
  }

  test("elsewhere they are values like any other", () => {
    const built = draw({ "6-inputs-text": "random", "10-inputs-expand": -1 });
    assert.equal(built.json, '{"6-inputs-text":"random","10-inputs-expand":-1}');
    assert.deepEqual(built.seeds, {});
  });

  test("a seed given is sent as it is", () => {
    const built = draw({ "3-inputs-seed": MAX_SEED });
    assert.equal(built.json, '{"3-inputs-seed":18446744073709551615}');
    assert.deepEqual(built.seeds, {});
  });

  test("draws use the whole range and differ", () => {
    const seeds = Array.from({ length: 200 }, () => draw({}).seeds["3-inputs-seed"]);
    assert.equal(new Set(seeds).size, seeds.length);
    assert.ok(seeds.some((seed) => seed > 2n ** 63n));
    assert.ok(seeds.some((seed) => seed < 2n ** 63n));
    assert.ok(seeds.some((seed) => seed % 2n === 1n) && seeds.some((seed) => seed % 2n === 0n));
  });

  test("the values used repeat the run", () => {
    const first = draw({ "3-inputs-seed": "random", "6-inputs-text": "x" });
    const again = draw(first.values);
    assert.equal(again.json, first.json);
    assert.deepEqual(again.seeds, {});
  });
});

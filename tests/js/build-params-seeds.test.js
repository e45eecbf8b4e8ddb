// Seeds drawn at random, and never nothing to send.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, describe, test } from "node:test";
import init, * as lib from "../../pkg/node.js";
import { assertFailure } from "../support/assert-failure.js";
import { WORKFLOW } from "../support/sample-workflow.js";

const MAX_SEED = 2n ** 64n - 1n;
const SEEDLESS = '{"6": {"class_type": "CLIPTextEncode", "inputs": {"text": "a fox"}}}';

before(() => init());

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
    const onlyLinks =
      '{"1": {"class_type": "SaveImage", "inputs": {"images": ["2", 0]}}, "2": {"class_type": "A"}}';
    await assertFailure(() => draw({}, onlyLinks), "empty_params");
  });

  test("a file alone is enough", () => {
    const image = new Blob(["x"], { type: "image/png" });
    for (const built of [lib.buildParams({ "9-inputs-image": image }), draw({ "9-inputs-image": image })]) {
      assert.equal(built.json, "{}");
      assert.deepEqual([built.seeds, built.files.length], [{}, 1]);
      assert.deepEqual(built.values, { "9-inputs-image": image });
    }
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

  test("a class of a pack gets seeds that it surely takes", () => {
    const MAX_OF_PACKS = 2n ** 50n;
    const text = readFileSync(new URL("../fixtures/cases/16-rgthree-seed.json", import.meta.url), "utf8");
    for (let times = 0; times < 50; times++) {
      const { seeds } = draw({ "1-inputs-seed": "random" }, text);
      assert.ok(seeds["1-inputs-seed"] <= MAX_OF_PACKS);
      assert.ok(lib.buildParams({ "1-inputs-seed": "random" }).seeds["1-inputs-seed"] <= MAX_OF_PACKS);
    }
    assert.deepEqual(draw({ "1-inputs-seed": -1 }, text).json, '{"1-inputs-seed":-1}', "it draws by itself");
  });

  test("a seed outside the range is refused", async () => {
    for (const seed of [-5, 2n ** 64n, 12345678901234567890123n]) {
      await assertFailure(() => draw({ "3-inputs-seed": seed }), "invalid_param", { key: "3-inputs-seed" });
      await assertFailure(() => lib.buildParams({ "3-inputs-seed": seed }), "invalid_param");
    }
  });

  test("the values used repeat the run", () => {
    const first = draw({ "3-inputs-seed": "random", "6-inputs-text": "x" });
    const again = draw(first.values);
    assert.equal(again.json, first.json);
    assert.deepEqual(again.seeds, {});
  });
});

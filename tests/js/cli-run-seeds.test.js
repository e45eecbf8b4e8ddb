// The seeds of `run`: those of a file are sent as they are, unless something else is asked for, and each is told.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";

import { cli, fixture, ownDirectory } from "../support/cli.js";
import { startRuns } from "../support/cli-run.js";
import { forgetRequests, settledRequest } from "../support/requests.js";

const SMALL = fixture("workflows/small_picture.json");
const OWN = "851290734509127";
const LARGEST = "18446744073709551615";
let endpoint;

before(async () => {
  endpoint = await startRuns();
});
after(() => endpoint.close());
beforeEach(() => forgetRequests(endpoint.url));

/** What a run sent as `params`, and what it told. */
async function ran(context, ...args) {
  await forgetRequests(endpoint.url);
  const told = await endpoint.run(context, args);
  assert.equal(told.code, 0, told.err);
  return { ...told, params: (await settledRequest(endpoint.url)).params };
}

/** A workflow with seeds of several kinds. */
function severalSeeds(context) {
  const file = join(ownDirectory(context), "several.json");
  const nodes = {
    1: `{"class_type": "KSampler", "inputs": {"seed": ${LARGEST}, "steps": 4}}`,
    2: '{"class_type": "RandomNoise", "inputs": {"noise_seed": 7}}',
    3: '{"class_type": "Rodin3D_Regular", "inputs": {"Seed": 9}}',
    4: '{"class_type": "Seed (rgthree)", "inputs": {"seed": -1}}',
    5: '{"class_type": "KSampler", "inputs": {"seed": ["2", 0]}}',
    6: '{"class_type": "Theirs", "inputs": {"seed": "a text"}}',
  };
  writeFileSync(file, `{${Object.entries(nodes).map(([id, node]) => `"${id}": ${node}`)}}`);
  return file;
}

describe("run FILE makes the same again", () => {
  test("with the seed in the file, from JSON or from a picture", async (context) => {
    const first = await ran(context, SMALL);
    const second = await ran(context, SMALL);
    assert.deepEqual([first.params, second.params], Array(2).fill(`{"3-inputs-seed":${OWN}}`));
    assert.match(first.err, new RegExp(`^seed: 3-inputs-seed = ${OWN}$`, "m"));
    const picture = fixture("found/text.png");
    const [own] = /"3-inputs-seed": \d+/.exec((await cli(["params", picture])).out) ?? [];
    assert.equal((await ran(context, picture)).params, `{${own?.replace(" ", "")}}`);
  });

  test("also beside another change", async (context) => {
    const { params } = await ran(context, SMALL, "--set", "6-inputs-text=a red fox");
    assert.equal(params, `{"3-inputs-seed":${OWN},"6-inputs-text":"a red fox"}`);
  });

  test("with all of them, however they are called, and every digit", async (context) => {
    const { params } = await ran(context, severalSeeds(context));
    const expected = `{"1-inputs-seed":${LARGEST},"2-inputs-noise_seed":7,"3-inputs-Seed":9,"4-inputs-seed":-1}`;
    assert.equal(params, expected);
  });

  test("unless --seed says otherwise, for all or for one", async (context) => {
    const file = severalSeeds(context);
    const fixed = await ran(context, file, "--seed", "42");
    const all = '{"1-inputs-seed":42,"2-inputs-noise_seed":42,"3-inputs-Seed":42,"4-inputs-seed":42}';
    assert.equal(fixed.params, all);
    const drawn = await ran(context, SMALL, "--seed", "random");
    assert.match(drawn.params, /^\{"3-inputs-seed":\d+\}$/);
    assert.notEqual(drawn.params, `{"3-inputs-seed":${OWN}}`);
    const one = await ran(context, file, "--seed", "2-inputs-noise_seed=5");
    assert.match(one.params, new RegExp(`^\\{"1-inputs-seed":${LARGEST},"2-inputs-noise_seed":5,`));
    const set = await ran(context, SMALL, "--set", "3-inputs-seed=6");
    assert.equal(set.params, '{"3-inputs-seed":6}');
  });

  test("where the file has none, something else is sent as it is", async (context) => {
    const file = join(ownDirectory(context), "none.json");
    const picture = '"1": {"class_type": "EmptyImage", "inputs": {"width": 64, "height": 64}}';
    writeFileSync(file, `{${picture}, "2": {"class_type": "SaveImage", "inputs": {"images": ["1", 0]}}}`);
    assert.equal((await ran(context, file)).params, '{"1-inputs-width":64}');
  });
});

describe("--json tells the seeds that a run was sent with", () => {
  const seedsOf = ({ out }) =>
    JSON.parse(out.replaceAll(/-inputs-(\w+)": (\d{16,})/g, '-inputs-$1": "$2"')).seeds;

  test("typed ones, of a file and of the deployed workflow", async (context) => {
    assert.deepEqual(seedsOf(await ran(context, SMALL, "--seed", "42", "--json")), { "3-inputs-seed": 42 });
    const deployed = await ran(context, "--workflow", SMALL, "--seed", "42", "--json");
    assert.deepEqual(seedsOf(deployed), { "3-inputs-seed": 42 });
    const alone = await ran(context, "--seed", "3-inputs-seed=42", "--set", "6-inputs-text=x", "--json");
    assert.deepEqual(seedsOf(alone), { "3-inputs-seed": 42 });
  });

  test("those of the file, with all their digits", async (context) => {
    const told = await ran(context, severalSeeds(context), "--json");
    const expected = {
      "1-inputs-seed": LARGEST,
      "2-inputs-noise_seed": 7,
      "3-inputs-Seed": 9,
      "4-inputs-seed": -1,
    };
    assert.deepEqual(seedsOf(told), expected);
    assert.deepEqual(seedsOf(await ran(context, SMALL, "--json")), { "3-inputs-seed": Number(OWN) });
  });

  test("drawn ones", async (context) => {
    const { out, params } = await ran(context, SMALL, "--seed", "random", "--json");
    const [, digits] = /"3-inputs-seed": (\d+)/.exec(out) ?? [];
    assert.equal(params, `{"3-inputs-seed":${digits}}`);
  });
});

// Values put into files of the editor through the built package: the same keys as the converted workflow's.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, describe, test } from "node:test";
import init, * as lib from "../../pkg/inspect-node.js";
import initClient, { applyParams } from "../../pkg/node.js";
import { assertFailure } from "../support/assert-failure.js";

const FIXTURES = new URL("../fixtures/convert/", import.meta.url);
const objectInfo = readFileSync(new URL("object_info.json", FIXTURES), "utf8");
const read = (name) => readFileSync(new URL(name, FIXTURES), "utf8");

const SEED = 18446744073709551615n;
const seeds = `\ufeff{"version": 0.4, "links": [], "nodes": [
  {"id": 4, "type": "Seeds", "widgets_values": [12345678901234567890, "fixed", 30]}]}\n`;

test("applyParams tells that it needs its wasm", async () => {
  await assertFailure(() => lib.applyParams(seeds, {}), "not_initialised");
});

describe("applyParams of the inspection", () => {
  before(() => Promise.all([init(), initClient()]));

  test("changes the value and nothing else, digit by digit", async () => {
    const edited = await lib.applyParams(seeds, { "4-inputs-seed": SEED }, { objectInfo });
    assert.equal(edited, seeds.slice(1).replace("12345678901234567890", String(SEED)));
  });

  test("takes the definitions that come with the package, and any form of workflow and of values", async () => {
    const text = read("handmade/01_plain.ui.json");
    const { json } = await lib.toApiFormat(text);
    const [[id, { inputs }]] = Object.entries(JSON.parse(json)).filter(([, node]) => "width" in node.inputs);
    const key = `${id}-inputs-width`;
    const expected = JSON.parse(json);
    expected[id].inputs.width = inputs.width + 1;
    for (const params of [{ [key]: inputs.width + 1 }, new Map([[key, inputs.width + 1]])]) {
      for (const workflow of [text, new TextEncoder().encode(text)]) {
        const edited = await lib.applyParams(workflow, params);
        assert.deepEqual(JSON.parse((await lib.toApiFormat(edited)).json), expected);
      }
    }
    assert.equal(await lib.applyParams(text, {}), text);
  });

  test("does with API format what the client's call does", async () => {
    const api = '{"3": {"class_type": "KSampler", "inputs": {"cfg": 6.0, "seed": 1}}}';
    const params = { "3-inputs-cfg": 6, "3-inputs-seed": SEED };
    assert.equal(await lib.applyParams(api, params), applyParams(api, params));
  });

  test("refuses what it cannot put in alone, and keys that are not there", async () => {
    const shared = read("handmade/42_two_instances.ui.json");
    await assertFailure(() => lib.applyParams(shared, { "10:20-inputs-height": 23 }), "invalid_param");
    const both = { "10:20-inputs-height": 23, "12:20-inputs-height": 23 };
    const after = JSON.parse((await lib.toApiFormat(await lib.applyParams(shared, both))).json);
    assert.deepEqual([after["10:20"].inputs.height, after["12:20"].inputs.height], [23, 23]);
    await assertFailure(() => lib.applyParams(shared, { "10:20-inputs-hight": 23 }), "unknown_param");
    const error = await lib.applyParams(shared, { "10:20-inputs-hight": 23 }).catch((error) => error);
    assert.equal(error.nearest[0], "10:20-inputs-height");
  });

  test("checks its options", async () => {
    await assertFailure(() => lib.applyParams(seeds, {}, { objectinfo: "" }), "invalid_param");
    await assertFailure(() => lib.applyParams(seeds, [], { objectInfo }), "invalid_param");
  });

  test("is named by the client, which does not take the editor's format", () => {
    const refused = () => applyParams(seeds, {});
    assert.throws(
      refused,
      ({ code, message }) => code === "editor_workflow" && message.includes("applyParams"),
    );
  });
});

// What a server says of its nodes, held against the values of a run: of buildParams, of the client, of one call.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import initInspect, { NodeDefinitions } from "../../pkg/inspect-node.js";
import init, * as lib from "../../pkg/node.js";
import { assertFailure } from "../support/assert-failure.js";
import { runAs } from "../support/describe.js";
import { lastRequest } from "../support/requests.js";
import { WORKFLOW } from "../support/sample-workflow.js";
import { startSmallEndpoint } from "../support/small-endpoint.js";

const bytes = readFileSync(new URL("../fixtures/definitions/object_info.json", import.meta.url));
const SAMPLER = {
  input: { required: { seed: ["INT", { min: 3, max: 4 }], cfg: ["FLOAT", { min: 0, max: 9 }] } },
};
const NARROW = JSON.stringify({ KSampler: { ...SAMPLER, output: ["LATENT"] } });

before(() => Promise.all([init(), initInspect()]));

describe("definitions of a server", () => {
  const build = (params, objectInfo) => lib.buildParams(params, { checkAgainst: WORKFLOW, objectInfo });

  test("are taken in every form", async () => {
    const forms = [
      NARROW,
      new TextEncoder().encode(NARROW),
      JSON.parse(NARROW),
      new NodeDefinitions(NARROW),
      new NodeDefinitions(NARROW).subset(WORKFLOW),
    ];
    for (const form of forms) {
      for (let times = 0; times < 20; times++) {
        const seed = build({ "3-inputs-seed": "random" }, form).seeds["3-inputs-seed"];
        assert.ok(seed === 3n || seed === 4n);
      }
      await assertFailure(() => build({ "3-inputs-seed": 5 }, form), "invalid_param", {
        key: "3-inputs-seed",
      });
      await assertFailure(() => build({ "3-inputs-cfg": 9.5 }, form), "invalid_param", {
        key: "3-inputs-cfg",
      });
      assert.equal(build({ "3-inputs-cfg": 9 }, form).json, '{"3-inputs-cfg":9}');
    }
    await assertFailure(() => build({ "3-inputs-cfg": 9 }, "[]"), "invalid_definitions");
    await assertFailure(() => build({ "3-inputs-cfg": 9 }, "{"), "invalid_definitions", { line: 1 });
    await assertFailure(() => build({ "3-inputs-cfg": 9 }, 5), "invalid_definitions");
  });

  test("warn of what is not among the choices", () => {
    for (const form of [bytes, new NodeDefinitions(bytes)]) {
      const codes = (name) => build({ "3-inputs-sampler_name": name }, form).warnings.map(({ code }) => code);
      assert.deepEqual([codes("euler"), codes("no such one")], [[], ["not_a_choice"]]);
    }
  });

  test("that come with the package know ranges and not all choices", async () => {
    const bundled = await NodeDefinitions.bundled();
    assert.deepEqual(build({ "3-inputs-sampler_name": "dpmpp_2m" }, bundled).warnings, []);
    await assertFailure(() => build({ "3-inputs-cfg": 1000 }, bundled), "invalid_param");
    assert.ok(bundled.subset(WORKFLOW).length < 3000);
    await assertFailure(() => bundled.subset("{"), "invalid_workflow");
  });

  test("without a workflow there is nothing to hold against them", () => {
    assert.equal(
      lib.buildParams({ "3-inputs-cfg": 1000 }, { objectInfo: NARROW }).json,
      '{"3-inputs-cfg":1000}',
    );
  });

  describe("given to the client", () => {
    let endpoint;
    before(async () => {
      endpoint = await startSmallEndpoint({ speed: 200 });
    });
    after(() => endpoint.close());

    test("count for every way to run, and those of a call come first", async () => {
      const wide = JSON.stringify({
        KSampler: { input: { required: { seed: ["INT", { min: 7, max: 7 }] } } },
      });
      const credentials = { clientId: "local-id", clientSecret: "local-secret" };
      const options = { endpoint: endpoint.url, ...credentials, objectInfo: NARROW };
      for (const way of ["infer", "inferWithLogs", "stream"]) {
        const run = (request) => runAs(lib, way, options, request);
        await assertFailure(
          () => run({ checkAgainst: WORKFLOW, params: { "3-inputs-seed": 9 } }),
          "invalid_param",
        );
        const params = { "3-inputs-seed": "random" };
        const { result } = await run({ checkAgainst: WORKFLOW, params, objectInfo: wide });
        assert.deepEqual(result.sent.seeds, { "3-inputs-seed": 7n });
        assert.equal((await lastRequest(endpoint.url)).params, '{"3-inputs-seed":7}');
      }
    });
  });
});

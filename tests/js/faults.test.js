// Every fault of the endpoint ends in its code: none hangs, none resolves.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import init, * as lib from "../../pkg/node.js";
import { failureOf, runAs } from "../support/describe.js";
import { differences, expectation, FAULTS, HARMLESS } from "../support/faults.js";
import { PATIENCE } from "../support/patience.js";
import { closedAddress } from "../support/serve.js";
import { startSmallEndpoint } from "../support/small-endpoint.js";

const request = { params: { "3-inputs-seed": 1n } };
let endpoint;

before(async () => {
  await init();
  endpoint = await startSmallEndpoint({ speed: 200 });
});
after(() => endpoint.close());

function run(way, fault, options) {
  const settings = { endpoint: endpoint.url, query: `?fault=${fault}`, token: "local-token", ...options };
  return runAs(lib, way, settings, request);
}

for (const way of ["infer", "inferWithLogs", "stream"]) {
  describe(way, () => {
    for (const row of FAULTS) {
      test(row.fault, PATIENCE, async () => {
        const options = row.timeoutMs ? { timeoutMs: row.timeoutMs } : {};
        const failure = await failureOf(() => run(way, row.fault, options));
        assert.deepEqual(differences(failure, expectation(row, way)), [], failure.text);
        assert.ok(!JSON.stringify(failure).includes("local-token"), "no secret in a failure");
      });
    }

    for (const fault of HARMLESS) {
      test(`${fault} is lived with`, PATIENCE, async () => {
        const { result } = await run(way, fault);
        assert.equal(result.status, "success");
      });
    }

    test("an address where nothing listens is a network error with its cause", PATIENCE, async () => {
      const nowhere = await closedAddress();
      const failure = await failureOf(() => runAs(lib, way, { endpoint: nowhere }, request));
      assert.deepEqual(differences(failure, { code: "network", cause: /\S/ }), []);
    });

    test("wrong credentials are unauthorized, and never repeated", PATIENCE, async () => {
      const secrets = [{ token: "s3cret-value" }, { clientId: "local-id", clientSecret: "s3cret-value" }, {}];
      for (const options of secrets) {
        const failure = await failureOf(() =>
          runAs(lib, way, { endpoint: endpoint.url, ...options }, request),
        );
        assert.deepEqual(differences(failure, { code: "unauthorized", status: 401 }), []);
        assert.ok(!JSON.stringify(failure).includes("s3cret-value"));
      }
      assert.ok(!endpoint.log.join("\n").includes("s3cret-value"));
    });
  });
}

describe("what the endpoint itself refuses", () => {
  const run = (workflowApi, query = "") =>
    failureOf(() =>
      runAs(
        lib,
        "infer",
        { endpoint: endpoint.url, token: "local-token", query },
        { workflowApi, params: { "1-inputs-seed": 1 } },
      ),
    );

  test("a node without a class", PATIENCE, async () => {
    const failure = await run('{"1": {"inputs": {"seed": 1}, "_meta": {"title": "Lost"}}}');
    const wrong = differences(failure, { code: "validation_failed", status: 400, message: /class_type/ });
    assert.deepEqual(wrong, [], failure.text);
  });

  test("a link to a node that is not there", PATIENCE, async () => {
    const failure = await run(
      '{"1": {"class_type": "PreviewImage", "inputs": {"images": ["77", 0], "seed": 1}}}',
    );
    const named = (errors) =>
      errors.some((error) => error.nodeId === "1" && error.type === "exception_during_validation");
    assert.deepEqual(
      differences(failure, { code: "validation_failed", status: 400, nodeErrors: named }),
      [],
      failure.text,
    );
  });

  test("a workflow without an output", PATIENCE, async () => {
    const failure = await run('{"1": {"class_type": "KSampler", "inputs": {"seed": 1}}}');
    assert.deepEqual(
      differences(failure, { code: "validation_failed", status: 400, message: /outputs/i }),
      [],
      failure.text,
    );
  });

  test("an unknown class, when asked to be strict", PATIENCE, async () => {
    const text = '{"1": {"class_type": "NobodyKnowsThis", "inputs": {"seed": 1}}}';
    const failure = await run(text, "?nodes=strict");
    assert.deepEqual(
      differences(failure, { code: "validation_failed", message: /NobodyKnowsThis/ }),
      [],
      failure.text,
    );
  });
});

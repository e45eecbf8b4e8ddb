// Runs of the package's own client through the cloud route: over HTTP, and as its `fetch`; and what the service refuses.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { createCloudRoute } from "../../pkg/cloud.js";
import * as lib from "../../pkg/node.js";
import { assertFailure } from "../support/assert-failure.js";
import { params, streamed, withCloud } from "../support/cloud-run.js";
import { PATIENCE } from "../support/patience.js";
import { formOf } from "../support/proxy.js";
import { hold, lastRequest } from "../support/requests.js";
import { closedAddress } from "../support/serve.js";

const here = withCloud();

const bytesOf = async (route, output) => {
  const answer = await fetch(new URL(output.url, route.endpoint));
  assert.equal(answer.status, 200);
  return new Uint8Array(await answer.arrayBuffer());
};

describe("a run", () => {
  test("streamed, with its log and a link through the route", PATIENCE, async (t) => {
    const route = await here.through(t);
    const { result, log } = await streamed(route.client);
    assert.equal(result.status, "success");
    assert.match(result.promptId, /^[\da-f]{8}-[\da-f]{4}-4/);
    assert.equal(log[0], "got prompt");
    assert.match(log.at(-1), /Prompt executed/);
    const [output] = result.outputs;
    const picture = await bytesOf(route, output);
    assert.equal(picture.length, output.size);
    assert.deepEqual([...picture.subarray(1, 4)], [0x50, 0x4e, 0x47]);
    const job = await here.onlyJob();
    assert.deepEqual([job.taken, job.prompt_id], [1, result.promptId]);
    assert.equal(result.prompt["3"].inputs.seed, params["3-inputs-seed"], "every digit of the seed");
    assert.deepEqual(route.failures, []);
  });

  test("plain, and with the outputs in it", PATIENCE, async (t) => {
    const route = await here.through(t, {}, { outputs: "inline" });
    const result = await route.client.infer({ params });
    assert.equal(result.outputs[0].file.size, result.outputs[0].size);
    const request = await lastRequest(here.cloud.url);
    assert.deepEqual([request.logs, request.authorized_by], [false, "client"]);
    const linked = await (await here.through(t)).client.infer({ params });
    const bytes = await bytesOf(route, linked.outputs[0]);
    assert.deepEqual(new Uint8Array(await result.outputs[0].file.arrayBuffer()), bytes);
  });

  test("with a token, a function too, and the files of its form", PATIENCE, async (t) => {
    const file = new File([new Uint8Array(300_000)], "in.png", { type: "image/png" });
    for (const token of ["local-token", async () => "local-token"]) {
      const { client } = await here.through(t, {}, { token, clientId: undefined, clientSecret: undefined });
      const result = await client.infer({ params: { ...params, "52-inputs-image": file } });
      assert.equal(result.status, "success");
      const { files, authorized_by } = await lastRequest(here.cloud.url);
      assert.deepEqual([files[0].size, authorized_by], [300_000, "token"]);
      const { handshakes } = await here.cloud.counts();
      assert.ok(handshakes > 0);
    }
  });

  test("in one process, without HTTP between", PATIENCE, async () => {
    const route = createCloudRoute(here.cloud.options({}, { outputs: "inline" }));
    const client = new lib.ViewComfyClient({ endpoint: "http://localhost/run", fetch: route });
    const { result, log } = await streamed(client);
    assert.ok(result.outputs[0].file.size > 0);
    assert.equal(log[0], "got prompt");
    assert.equal((await client.lookUp(result.promptId))[0].status, "success");
  });

  test("of a form as Python's client sends it without files", PATIENCE, async (t) => {
    const { endpoint } = await here.through(t);
    const body = new URLSearchParams({ params: '{"3-inputs-seed": 5}', logs: "False", workflow_api: "" });
    const answer = await fetch(endpoint, { method: "POST", body });
    assert.equal((await answer.json()).prompt["3"].inputs.seed, 5);
  });

  test("says its id before anything else", PATIENCE, async (t) => {
    const { endpoint } = await here.through(t);
    await hold(here.cloud.url);
    for (const logs of ["true", "false"]) {
      await here.cloud.forget();
      const answer = await fetch(endpoint, {
        method: "POST",
        body: formOf({ params: '{"3-inputs-seed":1}', logs }),
      });
      const { prompt_id, status } = await here.onlyJob();
      assert.deepEqual([answer.headers.get("viewcomfy-prompt-id"), status], [prompt_id, "running"]);
      await answer.body.cancel();
    }
  });

  test("that the deployment refuses ends with its node errors", PATIENCE, async (t) => {
    const { client } = await here.through(t);
    const workflow = { 3: { class_type: "SaveImage", inputs: { images: ["2", 0], filename_prefix: "x" } } };
    const request = { params: { "3-inputs-filename_prefix": "y" }, workflowApi: workflow };
    for (const way of ["inferWithLogs", "infer"]) {
      const { nodeErrors } = await assertFailure(() => client[way](request), "validation_failed");
      assert.deepEqual([nodeErrors[0].nodeId, nodeErrors[0].classType], ["3", "SaveImage"], way);
    }
  });
});

describe("what the service refuses", () => {
  test("comes as it is, and is not sent again", PATIENCE, async (t) => {
    const wrong = await here.through(t, {}, { clientSecret: "another-secret" });
    const error = await wrong.client.infer({ params }).catch((failure) => failure);
    assert.deepEqual([error.code, error.status], ["unauthorized", 401]);
    const limited = await here.through(t, { schedule: "limited" });
    const later = await limited.client.infer({ params }).catch((failure) => failure);
    assert.deepEqual([later.code, later.retryAfterMs], ["rate_limited", 7_000]);
    const { calls, jobs } = await here.cloud.counts();
    assert.deepEqual([Object.values(calls), jobs], [[1], []]);
  });

  test("an API that is not there is told as that, after a few tries", PATIENCE, async (t) => {
    const nobody = await closedAddress();
    const route = await here.through(t, {}, { baseUrl: nobody });
    const error = await route.client.infer({ params }).catch((failure) => failure);
    assert.deepEqual([error.code, error.status], ["http_status", 502]);
    assert.deepEqual(
      route.failures.map(({ code, status }) => [code, status]),
      [["unreachable", 502]],
    );
    assert.match(route.failures[0].message, /was not started: try again/);
  });
});

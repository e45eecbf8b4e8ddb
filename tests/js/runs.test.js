// Whole runs against the local endpoint: what is sent, what is told on the way, what comes back.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, beforeEach, describe, test } from "node:test";
import init, * as lib from "../../pkg/node.js";
import { describeResult, runAs } from "../support/describe.js";
import { forgetRequests, lastRequest, requests, settledRequest } from "../support/requests.js";
import { closedAddress } from "../support/serve.js";
import { startSmallEndpoint } from "../support/small-endpoint.js";
import { compacted, workflow } from "../support/workflows.js";

const NODE_WAYS = ["infer", "inferWithLogs", "stream"];
const PNG = "89504e470d0a1a0a";
const credentials = { clientId: "local-id", clientSecret: "local-secret" };
let endpoint;

before(async () => {
  await init();
  endpoint = await startSmallEndpoint({ speed: 200 });
});
after(() => endpoint.close());
beforeEach(() => forgetRequests(endpoint.url));

function run(way, request, options = {}) {
  return runAs(lib, way, { endpoint: endpoint.url, ...credentials, ...options }, request);
}

for (const way of NODE_WAYS) {
  describe(way, () => {
    test("sends values exactly and returns the picture they make", async () => {
      const params = {
        "6-inputs-text": 'a "red" fox — 日本',
        "3-inputs-seed": 18446744073709551615n,
        "3-inputs-cfg": 6.5,
      };
      const { result } = await run(way, { params });
      const told = await describeResult(result);
      const [output] = told.outputs;
      assert.equal(told.outputs.length, 1);
      assert.equal(told.status, "success");
      assert.equal(told.completed, true);
      assert.ok(told.executionTimeSeconds >= 0);
      assert.match(told.promptId, /^[0-9a-f-]{36}$/);
      assert.match(output.filename, /^small.*\.png$/);
      assert.equal(output.contentType, "image/png");
      assert.equal(output.signature, PNG);
      assert.equal(output.length, output.size);
      assert.ok(output.length > 100);
      assert.equal(output.isFile, true);
      assert.equal(output.fileName, output.filename);
      assert.equal(output.fileType, "image/png");
      assert.equal(output.url, null);
      assert.match(output.text.prompt, /"seed": ?18446744073709551615/);

      const sent = await settledRequest(endpoint.url);
      const json =
        '{"6-inputs-text":"a \\"red\\" fox — 日本","3-inputs-seed":18446744073709551615,"3-inputs-cfg":6.5}';
      assert.equal(sent.params, json);
      assert.equal(told.sent.json, json);
      assert.equal(sent.logs, way !== "infer");
      assert.equal(sent.content_type, "multipart/form-data");
      assert.equal(sent.workflow_api, null);
      assert.deepEqual(sent.files, []);
      assert.equal(sent.authorized_by, "client");
      assert.equal(sent.state, "finished");
      assert.equal(sent.prompt_id, told.promptId);
    });

    test("gives back the workflow as it ran, exactly", async () => {
      const { result } = await run(way, { params: { "3-inputs-seed": 18446744073709551615n } });
      assert.equal(result.prompt["3"].inputs.seed, 18446744073709551615n);
      assert.equal(result.prompt, result.prompt, "parsed once");
      const expected = workflow("small_picture").text.replace("851290734509127", "18446744073709551615");
      assert.equal(compacted(result.promptJson), compacted(expected));
    });

    test("sends files byte for byte, with their names and masks", async () => {
      const bytes = Uint8Array.from({ length: 70_000 }, (_, at) => (at * 7919) % 256);
      const image = new File([bytes], 'фото "1".png', { type: "image/png" });
      const mask = new Blob([bytes.subarray(0, 999)], { type: "image/png" });
      const workflowApi = workflow("inpaint_with_mask").text;
      const params = {
        "2-inputs-image": { image, mask },
        "3-inputs-image": new File([], "empty.png"),
        "8-inputs-seed": 3,
      };
      await run(way, { params, workflowApi }).catch(() => {}); // These bytes are not a picture.
      const sent = await lastRequest(endpoint.url);
      assert.deepEqual(
        sent.files.map(({ name, size, sha256 }) => ({ name, size, sha256 })),
        [
          { name: "2-inputs-image", size: 70_000, sha256: sha256(bytes) },
          { name: "2-inputs-image-viewcomfymask", size: 999, sha256: sha256(bytes.subarray(0, 999)) },
          { name: "3-inputs-image", size: 0, sha256: sha256(new Uint8Array()) },
        ],
      );
      assert.match(sent.files[0].filename, /фото .*1.*\.png/);
      assert.equal(sent.files[0].content_type, "image/png");
      assert.equal(sent.params, '{"8-inputs-seed":3}');
    });

    test("sends a whole workflow without touching a digit", async () => {
      const { text, flat } = workflow("model_free_edit");
      const exact = text.replace("16711935", "16711935.000").replace('"batch_size": 1', '"batch_size": 1e0');
      const params = { "scale-inputs-width": 16 };
      await run(way, { params, workflowApi: exact }).catch(() => {});
      const sent = await lastRequest(endpoint.url);
      const expected = compacted(flat)
        .replace("16711935", "16711935.000")
        .replace('batch_size":1', 'batch_size":1e0');
      assert.equal(lib.flattenWorkflowToJson(sent.workflow_api), expected);
      assert.equal(sent.params, '{"scale-inputs-width":16}');
    });

    test("checks against the workflow given and does not send it", async () => {
      const { text } = workflow("small_picture");
      await run(way, { params: { "3-inputs-seed": 1 }, workflow: text });
      assert.equal((await lastRequest(endpoint.url)).workflow_api, null);
      await forgetRequests(endpoint.url);
      await assert.rejects(run(way, { params: { "3-inputs-sed": 1 }, workflow: text }), {
        code: "unknown_param",
      });
      await assert.rejects(run(way, { params: { "3-inputs-sed": 1 }, workflowApi: text }), {
        code: "unknown_param",
      });
      await assert.rejects(run(way, { params: { "3-inputs-seed": Number.NaN } }), { code: "invalid_param" });
      await assert.rejects(run(way, { params: {} }), { code: "empty_params" });
      await assert.rejects(run(way, { params: { x: 1 }, workflow: "{" }), { code: "invalid_workflow" });
      await assert.rejects(run(way, { params: { x: 1 }, workflowApi: "[]" }), { code: "invalid_workflow" });
      assert.deepEqual(await requests(endpoint.url), [], "nothing was sent");
    });

    test("sends a file alone as it is", async () => {
      const picture = new File(["x"], "a.png", { type: "image/png" });
      for (const text of [undefined, workflow("small_picture").text]) {
        const key = text === undefined ? "1-inputs-image" : "6-inputs-text";
        const { result } = await run(way, { params: { [key]: picture }, checkAgainst: text });
        const { params, files } = await lastRequest(endpoint.url);
        assert.deepEqual([params, files.length, result.sent.seeds], ["{}", 1, {}]);
      }
    });

    test("draws a seed when nothing is given, and says which", async () => {
      const { result } = await run(way, { workflow: workflow("small_picture").text });
      const seed = result.sent.seeds["3-inputs-seed"];
      assert.equal(typeof seed, "bigint");
      assert.equal((await lastRequest(endpoint.url)).params, `{"3-inputs-seed":${seed}}`);
      assert.equal(result.prompt["3"].inputs.seed, seed > 9007199254740991n ? seed : Number(seed));
      const again = await run(way, { params: result.sent.values });
      const [first, second] = [await describeResult(result), await describeResult(again.result)];
      assert.equal(
        second.outputs[0].sha256,
        first.outputs[0].sha256,
        "the same values make the same picture",
      );
    });

    test("lets many runs of one client go at once", async () => {
      const client = new lib.ViewComfyClient({ endpoint: `${endpoint.url}/infer`, ...credentials });
      const seeds = [1n, 2n, 3n, 4n, 2n ** 64n - 1n, 2n ** 63n];
      const results = await Promise.all(
        seeds.map((seed) => oneOf(client, way, { params: { "3-inputs-seed": seed } })),
      );
      assert.deepEqual(
        results.map((result) => BigInt(result.prompt["3"].inputs.seed)),
        seeds,
      );
      const pictures = await Promise.all(results.map(describeResult));
      assert.equal(new Set(pictures.map((each) => each.outputs[0].sha256)).size, seeds.length);
      assert.equal(new Set(pictures.map((each) => each.promptId)).size, seeds.length);
    });

    test("reads links, missing outputs and pieces of one byte", async () => {
      const params = { "3-inputs-seed": 7n };
      const whole = await describeResult((await run(way, { params })).result);
      const links = (await run(way, { params }, { query: "?fault=link_output" })).result;
      assert.match(links.outputs[0].url, /\/outputs\//);
      assert.equal(links.outputs[0].file, null);
      const linked = await describeResult(links);
      assert.equal(linked.outputs[0].sha256, whole.outputs[0].sha256);
      assert.equal(linked.outputs[0].size, linked.outputs[0].length);

      const without = await run(way, { params }, { query: "?fault=no_outputs" });
      assert.deepEqual(without.result.outputs, []);

      for (const cut of [1, 61, 1000]) {
        const slow = await describeResult(
          (await run(way, { params }, { query: `?fault=slow_chunks&cut=${cut}` })).result,
        );
        assert.equal(slow.outputs[0].sha256, whole.outputs[0].sha256);
      }
    });

    test("rewrites links, and says when one cannot be downloaded", async () => {
      const request = { params: { "3-inputs-seed": 7n } };
      const seen = [];
      const rewriteUrl = (url) => {
        seen.push(url);
        return url.replace("/outputs/", "/nothing-here/");
      };
      const { result } = await run(way, request, { query: "?fault=link_output", rewriteUrl });
      assert.match(seen[0], /\/outputs\//);
      assert.match(result.outputs[0].url, /\/nothing-here\//);
      await assert.rejects(result.outputs[0].blob(), { code: "http_status", status: 404 });
      const nowhere = await closedAddress();
      const gone = await run(way, request, { query: "?fault=link_output", rewriteUrl: () => nowhere });
      await assert.rejects(gone.result.outputs[0].blob(), { code: "network" });
      const reason = new Error("never mind");
      const aborted = gone.result.outputs[0].blob({ signal: AbortSignal.abort(reason) });
      assert.equal(await aborted.catch((error) => error), reason);
    });
  });
}

test("the ways give one result", async () => {
  const params = { "3-inputs-seed": 11400714819323198485n, "6-inputs-text": "the same" };
  const told = [];
  for (const way of NODE_WAYS) told.push(await describeResult((await run(way, { params })).result));
  // Each run has its own id and takes its own time.
  const [first, ...others] = told.map((each) => ({ ...each, promptId: "", executionTimeSeconds: 0 }));
  for (const other of others) assert.deepEqual(other, first);
});

async function oneOf(client, way, request) {
  if (way !== "stream") return client[way](request);
  for await (const event of client.stream(request)) if (event.type === "result") return event.result;
}

function sha256(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}

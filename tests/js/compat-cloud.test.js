// Today's TypeScript client, whose runs go by the cloud API: its names, its outputs, its way to cancel.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { infer, inferCancel, inferWithLogsStream, S3FileData } from "../../pkg/compat-node.js";
import { startCloud, startCloudRoute } from "../support/cloud.js";

const params = { "3-inputs-seed": 5 };
const credentials = { clientId: "local-id", clientSecret: "local-secret" };
let cloud;
let viewComfyApiUrl;

before(async () => {
  cloud = await startCloud();
  process.env.VIEWCOMFY_CLOUD_URL = `${cloud.url}/cloud`;
  viewComfyApiUrl = `${cloud.url}/infer?cloud=1`;
});
after(async () => {
  delete process.env.VIEWCOMFY_CLOUD_URL;
  await cloud.close();
});

describe("by the cloud API, in this process", () => {
  test("infer gives links under the names of that client", async () => {
    await cloud.forget();
    const result = await infer({ viewComfyApiUrl, params, ...credentials });
    assert.equal(result.status, "success");
    const [output] = result.outputs;
    assert.ok(output instanceof S3FileData);
    assert.deepEqual(Object.keys(output), ["filename", "content_type", "filepath", "size"]);
    const bytes = Buffer.from(await (await fetch(output.filepath)).arrayBuffer());
    assert.equal(bytes.subarray(1, 4).toString(), "PNG");
  });

  test("the log is told, and the id before the run is over", async () => {
    const told = [];
    const result = await inferWithLogsStream({
      viewComfyApiUrl,
      params,
      ...credentials,
      onPromptId: (id) => told.push(id),
      loggingCallback: (line) => told.push(line),
    });
    assert.equal(told[0], result.prompt_id);
    assert.ok(told.slice(1).every((line) => line.startsWith("log_message: ")));
    assert.ok(told.length > 2);
  });

  test("inferCancel of a run that has ended says that it was too late, and of none that there is none", async () => {
    const { prompt_id: promptId } = await infer({ viewComfyApiUrl, params, ...credentials });
    assert.equal(await inferCancel({ viewComfyApiUrl, promptId, ...credentials }), false);
    const unknown = "00000000-0000-4000-8000-000000000000";
    await assert.rejects(inferCancel({ viewComfyApiUrl, promptId: unknown, ...credentials }), {
      code: "unknown_run",
    });
  });
});

test("without credentials the address is that of an app's own route, which cancels too", async () => {
  const { endpoint, close } = await startCloudRoute(cloud.options());
  try {
    const { prompt_id: promptId } = await infer({ viewComfyApiUrl: endpoint, params });
    assert.equal(await inferCancel({ viewComfyApiUrl: endpoint, promptId }), false);
  } finally {
    await close();
  }
});

test("a deployment that is called itself cannot cancel", async () => {
  const given = { apiUrl: `${cloud.url}/infer`, promptId: "any", ...credentials };
  await assert.rejects(inferCancel(given), { code: "not_supported" });
  await assert.rejects(infer(/** @type {any} */ ({ params })), { code: "missing_endpoint" });
});

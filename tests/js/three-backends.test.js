// One request, three backends: a deployment, the cloud API and a ComfyUI server give the same result and the same bytes.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { createCloudRoute } from "../../pkg/cloud.js";
import { createComfyRoute } from "../../pkg/comfyui-node.js";
import init, { ViewComfyClient } from "../../pkg/node.js";
import { startEndpoint } from "../support/endpoint.js";

const workflow = readFileSync(new URL("../../www/examples/text-to-image.json", import.meta.url));
const credentials = { clientId: "local-id", clientSecret: "local-secret" };
const params = { "6-inputs-text": "a red fox", "3-inputs-seed": 18446744073709551615n, "3-inputs-steps": 4 };
let endpoint;
let clients;

before(async () => {
  await init();
  endpoint = await startEndpoint({ speed: 400 });
  const deployment = `${endpoint.url}/infer`;
  const cloud = createCloudRoute({
    ...credentials,
    apiUrl: `${deployment}?cloud=1`,
    baseUrl: `${endpoint.url}/cloud`,
    outputs: "inline",
    linkHosts: [new URL(endpoint.url).host],
    pollMs: 20,
  });
  const comfyui = createComfyRoute({ servers: [`${endpoint.url}/comfyui`], pollMs: 20 });
  const inProcess = (fetch) => new ViewComfyClient({ endpoint: "http://route.invalid/run", fetch });
  clients = {
    deployment: new ViewComfyClient({ endpoint: deployment, ...credentials }),
    cloud: inProcess(cloud),
    comfyui: inProcess(comfyui),
  };
});
after(() => endpoint.close());

async function told(result) {
  const outputs = [];
  for (const { filename, contentType, file, url } of result.outputs) {
    const bytes = Buffer.from(await file.arrayBuffer());
    const digest = createHash("sha256").update(bytes).digest("hex");
    outputs.push({ name: filename.replace(/_\d+_/, "_N_"), contentType, url, digest, size: bytes.length });
  }
  const { status, completed, promptId, executionTimeSeconds, prompt, sent } = result;
  return {
    className: result.constructor.name,
    fields: Object.keys(result),
    status,
    completed,
    outputs,
    hasId: typeof promptId === "string",
    hasTime: typeof executionTimeSeconds === "number",
    seed: prompt["3"].inputs.seed,
    sent: sent.json,
  };
}

for (const way of ["infer", "inferWithLogs"]) {
  test(`${way} gives the same through all three`, async () => {
    const results = {};
    for (const [name, client] of Object.entries(clients))
      results[name] = await told(await client[way]({ workflowApi: workflow, params }));
    assert.equal(results.deployment.outputs.length, 1);
    assert.equal(results.deployment.seed, 18446744073709551615n);
    assert.deepEqual(results.cloud, results.deployment);
    assert.deepEqual(results.comfyui, results.deployment);
  });
}

// `run --cloud` and `serve --cloud`: the deployment called by the cloud API.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { after, before, beforeEach, test } from "node:test";

import init, { ViewComfyClient } from "../../pkg/node.js";
import { assertBlock, cli, ownDirectory, startCli } from "../support/cli.js";
import { startServe } from "../support/cli-serve.js";
import { startCloud } from "../support/cloud.js";
import { until } from "../support/comfyui.js";
import { SECRET } from "../support/proxy.js";
import { hold, release } from "../support/requests.js";

let cloud;

before(async () => {
  await init();
  cloud = await startCloud();
});
after(() => cloud?.close());
beforeEach(() => Promise.all([cloud.forget(), release(cloud.url)]));

const env = (faults = {}) => ({
  VIEWCOMFY_API_URL: String(cloud.options(faults).apiUrl),
  VIEWCOMFY_CLOUD_URL: `${cloud.url}/cloud`,
  VIEWCOMFY_CLIENT_ID: "local-id",
  VIEWCOMFY_CLIENT_SECRET: SECRET,
});

test("the outputs are saved, and the secret is nowhere", async (context) => {
  const cwd = ownDirectory(context);
  const args = ["run", "--cloud", "--set", "3-inputs-seed=18446744073709551615", "--verbose", "--json"];
  const { code, out, err } = await cli(args, { cwd, env: env() });
  assert.equal(code, 0, err);
  const { promptId, outputs } = JSON.parse(out);
  assert.match(promptId, /^[\w-]{36}$/);
  assert.deepEqual(
    readdirSync(cwd),
    outputs.map(({ path }) => path),
  );
  assert.ok(!`${out}${err}`.includes(SECRET));
});

test("Ctrl+C cancels the run, which began once", async (context) => {
  await hold(cloud.url);
  const { child, done } = startCli(["run", "--cloud", "--set", "3-inputs-seed=1"], {
    cwd: ownDirectory(context),
    env: env(),
  });
  await until(async () => (await cloud.counts()).jobs.length > 0);
  child.kill("SIGINT");
  const { code, err } = await done;
  assert.equal(code, 130, err);
  assert.match(err, /The cloud API was told to cancel the run/);
  const { jobs } = await cloud.counts();
  assert.deepEqual(
    jobs.map(({ taken, canceled }) => ({ taken, canceled })),
    [{ taken: 1, canceled: 1 }],
  );
});

test("serve puts the route in front of it", async (context) => {
  const { url, stop } = await startServe(context, ["--cloud"], { env: env() });
  assert.match(await (await fetch(`${url}/`)).text(), /data-kind="cloud"/);
  const client = new ViewComfyClient({ endpoint: `${url}/api/viewcomfy` });
  let promptId = null;
  const result = await client.inferWithLogs({
    params: { "3-inputs-seed": 3 },
    onOpen: (event) => {
      promptId = event.promptId;
    },
  });
  assert.ok(result.outputs[0].file, "the bytes come with the result");
  assert.deepEqual(
    (await client.lookUp([promptId])).map(({ status }) => status),
    ["success"],
  );
  const { err } = await stop();
  assert.ok(!err.includes(SECRET));
});

test("wrong credentials, and none", async (context) => {
  const cwd = ownDirectory(context);
  const wrong = { ...env(), VIEWCOMFY_CLIENT_SECRET: "another-secret" };
  const told = await cli(["run", "--cloud", "--set", "3-inputs-seed=1"], { cwd, env: wrong });
  assertBlock(told, 5, "unauthorized");
  const { VIEWCOMFY_API_URL } = env();
  assertBlock(await cli(["run", "--cloud", "--set", "a=1"], { cwd, env: { VIEWCOMFY_API_URL } }), 3, "usage");
});

// Outputs of the cloud route: links that it renews, and downloads that go on where they broke.

import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";

import { ViewComfyClient } from "../../pkg/node.js";
import { startCloud, startCloudRoute } from "../support/cloud.js";
import { checkFile } from "../support/large-content.js";
import { PATIENCE } from "../support/patience.js";

const params = { "3-inputs-seed": 7n };
const MB = 1024 * 1024;
const LARGE = 200 * MB;

let cloud;
before(async () => {
  cloud = await startCloud();
});
after(() => cloud.close());
afterEach(() => cloud.forget());

async function through(t, faults, more) {
  const route = await startCloudRoute(cloud.options(faults, more));
  t.after(() => route.close());
  return route;
}

const job = async () => (await cloud.counts()).jobs[0];

describe("links", () => {
  test("of a host that is not listed are handed out as they come", PATIENCE, async (t) => {
    const { client } = await through(t, {}, { linkHosts: [] });
    const [output] = (await client.infer({ params })).outputs;
    assert.ok(output.url.startsWith(`${cloud.url}/cloud/files/`), output.url);
  });

  test("that have expired are renewed by the route, with ranges", PATIENCE, async (t) => {
    const route = await through(t, { expired: "1" });
    const [output] = (await route.client.infer({ params })).outputs;
    const link = new URL(output.url, route.endpoint);
    assert.equal((await fetch(link.searchParams.get("url"))).status, 403, "it has expired");
    const whole = await fetch(link);
    assert.deepEqual([whole.status, whole.headers.get("content-type")], [200, "image/png"]);
    const bytes = new Uint8Array(await whole.arrayBuffer());
    assert.equal(bytes.length, output.size);
    const part = await fetch(link, { headers: { range: "bytes=1-3" } });
    assert.deepEqual([part.status, await part.text()], [206, "PNG"]);
    assert.deepEqual(route.failures, []);
  });

  test("that cannot be renewed are told as what they are", PATIENCE, async (t) => {
    const route = await through(t, { expired: "1000" });
    const [output] = (await route.client.infer({ params })).outputs;
    assert.equal((await fetch(new URL(output.url, route.endpoint))).status, 403);
    assert.equal(route.failures[0].code, "unreachable");
  });
});

describe("inline", () => {
  const inline = { outputs: "inline" };

  test("a link that has expired before it was used", PATIENCE, async (t) => {
    const { client } = await through(t, { expired: "1" }, inline);
    const [output] = (await client.infer({ params })).outputs;
    assert.equal(output.file.size, output.size);
  });

  test("one that cannot be had stays a link, and the others come", PATIENCE, async (t) => {
    const { client } = await through(t, { expired: "1000" }, inline);
    const [output] = (await client.infer({ params })).outputs;
    assert.equal(output.file, null);
    assert.match(output.url, /\?url=/);
  });

  test("200 MB whose download breaks five times arrive whole, each byte once", PATIENCE, async (t) => {
    const { client } = await through(t, { large: `${LARGE}`, broken: "5" }, inline);
    const { outputs } = await client.infer({ params });
    const file = outputs.at(-1).file;
    assert.equal(await checkFile(file, 0, LARGE), LARGE);
    const { downloaded, downloads } = await job();
    const all = LARGE + outputs[0].size;
    assert.deepEqual(Object.values(downloads), [6, 6]);
    assert.ok(downloaded <= all * 1.05, `${downloaded} of ${all} bytes`);
  });

  test("that breaks off at every try is given up, and the answer with it", PATIENCE, async (t) => {
    const route = await through(t, { large: "100000", broken: "1000" }, inline);
    const client = new ViewComfyClient({ endpoint: route.endpoint, maxResumes: 0 });
    const error = await client.infer({ params }).catch((failure) => failure);
    assert.deepEqual([error.code, route.failures.length], ["network", 1]);
  });
});

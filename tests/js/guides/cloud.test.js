// The guide "Run through the cloud API": its route answers a run over HTTP, and its server runs without.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { toNodeListener } from "../../../pkg/proxy-node.js";
import { openGuide } from "../../support/guide.js";
import { requests } from "../../support/requests.js";
import { serve } from "../../support/serve.js";

const guide = openGuide("cloud");

beforeEach(() => {
  process.env.VIEWCOMFY_CLOUD_URL = `${guide.endpoint}/cloud`;
});

test("the route of a Next.js app", async () => {
  const { GET, POST } = await guide.runFile("app/api/viewcomfy/route.js");
  assert.equal(GET, POST);
  const server = await serve(toNodeListener(POST));
  const form = new FormData();
  form.set("params", '{"6-inputs-text":"a red fox"}');
  const answer = await fetch(server.url, { method: "POST", body: form });
  const { outputs, prompt_id } = await answer.json();
  assert.deepEqual([answer.status, outputs.length], [201, 1]);
  const [record] = await (await fetch(`${server.url}?prompt_ids=${prompt_id}`)).json();
  assert.equal(record.status, "success");
  await server.close();
});

test("a client on a server", async () => {
  await guide.run();
  assert.match(guide.said.at(-1), /^[\da-f-]{36} .*\.png$/);
  const { path, params } = (await requests(guide.endpoint)).at(-1);
  assert.deepEqual([path, params], ["/cloud/api/workflow/infer", '{"6-inputs-text":"a red fox"}']);
});

guide.lastTest();

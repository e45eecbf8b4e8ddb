// Secrets are in no byte that a process with a route, or `serve`, answers or writes, whatever the server behind does with
// what it was sent.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { startServe } from "../support/cli-serve.js";
import { formFor } from "../support/comfy-route.js";
import { PATIENCE } from "../support/patience.js";
import { bodyText } from "../support/proxy.js";
import { startProxyProcess } from "../support/proxy-child.js";
import { findSecrets } from "../support/secrets.js";
import { serve } from "../support/serve.js";

const SECRET = "s3cret-of/the~service+0123456789";
const TOKEN = "t0ken-of/the~gateway+0123456789";
const SIGNING = "s1gning-of/the~route+0123456789";
const ALL = [SECRET, TOKEN, SIGNING];
const WORKFLOW = { 1: { class_type: "PreviewAny", inputs: { source: "x" } } };

/** Ways to repeat what one was sent. */
const ECHOES = {
  "an error": (told, response) => response.writeHead(500).end(told),
  "a refusal": (told, response) =>
    response.writeHead(422, { "content-type": "application/json" }).end(JSON.stringify({ detail: told })),
  "JSON of another kind": (told, response) =>
    response
      .writeHead(200, { "content-type": "application/json" })
      .end(JSON.stringify([told, { [told]: told }])),
  "what is not JSON": (told, response) => response.writeHead(201).end(told),
  "a redirect": (told, response) =>
    response.writeHead(307, { location: `http://127.0.0.1:1/?${encodeURIComponent(told)}` }).end(),
  "no HTTP": (told, response) => response.socket.end(`HTTP/1.1 ${told}\r\n\r\n`),
  "an answer that breaks off": (told, response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": 10_000 }).write(told);
    setImmediate(() => response.destroy());
  },
};

let behind;
let echo;
/** Whether a secret came to the server behind: else nothing would be tested. */
let heard;

before(async () => {
  behind = await serve(async (request, response) => {
    await bodyText(request).catch(() => {});
    const told = JSON.stringify(request.headers);
    heard ||= [SECRET, TOKEN].some((secret) => told.includes(secret));
    echo(told, response);
  });
});
after(() => behind.close());

/** All that a route answers to each kind of request. */
async function everythingOf(address) {
  const asked = [
    ...["true", "false"].map((logs) => ["", { method: "POST", body: formFor(WORKFLOW, { logs }) }]),
    ["?resume=x", {}],
    ["?prompt_ids=x", {}],
    ["?cancel=x", { method: "POST" }],
    ["?object_info", {}],
    ["?view=x", {}],
    ["?url=https://x.example/", {}],
  ];
  const answers = [];
  for (const [query, init] of asked) {
    const answer = await fetch(address + query, { redirect: "manual", ...init });
    const text = await answer.text().catch((error) => `${error} ${error.cause}`);
    answers.push(`${answer.status} ${answer.statusText} ${JSON.stringify([...answer.headers])} ${text}`);
  }
  return answers.join("\n");
}

const OPTIONS = {
  proxy: (url) => ({ endpoint: `${url}/infer`, clientId: "an-id", clientSecret: SECRET }),
  cloud: (url) => ({
    ...{ apiUrl: "https://x.example/infer", baseUrl: url, clientId: "an-id", clientSecret: SECRET },
    ...{ patienceMs: 20, pollMs: 5, callTimeoutMs: 2_000 },
  }),
  comfyui: (url) => ({
    servers: [url],
    headers: { authorization: `Bearer ${TOKEN}` },
    secret: SIGNING,
    pollMs: 5,
  }),
};

for (const kind of /** @type {const} */ (["proxy", "cloud", "comfyui"])) {
  describe(`a process with the route: ${kind}`, () => {
    let route;
    before(async () => {
      route = await startProxyProcess(OPTIONS[kind](behind.url), kind);
    });
    after(() => route.close());

    for (const [way, answer] of Object.entries(ECHOES)) {
      test(`the server repeats it in ${way}`, PATIENCE, async () => {
        [echo, heard] = [answer, false];
        assert.deepEqual(findSecrets(ALL, Buffer.from(await everythingOf(`${route.url}/api`))), []);
        assert.ok(heard, "the server behind was shown it");
      });
    }

    test("it writes nothing, and its failures have no secret in them", PATIENCE, async () => {
      const { failures } = await route.asked();
      const told = failures.map(({ cause, ...failure }) => failure);
      assert.ok(told.length > 0);
      assert.deepEqual(findSecrets(ALL, Buffer.from(JSON.stringify(told))), []);
      assert.equal(route.written(), "");
    });
  });
}

test("serve, in front of all three", PATIENCE, async (t) => {
  const env = {
    ...{ VIEWCOMFY_API_URL: `${behind.url}/infer`, VIEWCOMFY_CLOUD_URL: behind.url },
    ...{ VIEWCOMFY_CLIENT_ID: "an-id", VIEWCOMFY_CLIENT_SECRET: SECRET },
  };
  echo = ECHOES["an error"];
  const args = ["--comfyui", behind.url, "--cloud", "--deployment"];
  const { url, stop } = await startServe(t, args, { env });
  const answers = [];
  for (const way of ["an error", "a refusal", "no HTTP"]) {
    [echo, heard] = [ECHOES[way], false];
    for (const kind of ["comfyui", "deployment"])
      answers.push(await everythingOf(`${url}/api/viewcomfy/${kind}`));
    // A run by the cloud API is looked up for minutes when nothing is known of it, so it is refused here.
    if (way === "a refusal") answers.push(await everythingOf(`${url}/api/viewcomfy/cloud`));
    assert.ok(heard, "the server behind was shown it");
  }
  for (const path of ["/", "/api/definitions", "/pkg/index.js"])
    answers.push(await (await fetch(url + path)).text());
  const { out, err } = await stop();
  assert.match(err, /not passed on: /);
  for (const text of [...answers, out, err]) assert.deepEqual(findSecrets(ALL, Buffer.from(text)), []);
});

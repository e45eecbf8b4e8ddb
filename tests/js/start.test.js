// `npm start` in front of a deployment: what it says, what it serves, and what nobody gets to see.

import assert from "node:assert/strict";
import { request } from "node:http";
import { after, before, test } from "node:test";

import { startDemo, startFails } from "../support/demo.js";
import { startEndpoint } from "../support/endpoint.js";

const ID = "id-of-the-demo-test";
const SECRET = "s3cr3t+of/the demo".replace(" ", "~");
let deployment;
let demo;
let wrong;

before(async () => {
  const args = ["--no-cors", "--client-id", ID, "--client-secret", SECRET];
  deployment = await startEndpoint({ args });
  const known = { VIEWCOMFY_API_URL: `${deployment.url}/infer?fault=hops`, VIEWCOMFY_CLIENT_ID: ID };
  demo = await startDemo({ ...known, VIEWCOMFY_CLIENT_SECRET: SECRET });
  wrong = await startDemo({ ...known, VIEWCOMFY_CLIENT_SECRET: `${SECRET}-wrong` });
});
after(async () => {
  await demo?.close();
  await wrong?.close();
  await deployment?.close();
});

/** A whole answer as text, headers first. */
async function answerOf(url, options) {
  const answer = await fetch(url, options);
  return {
    status: answer.status,
    headers: answer.headers,
    all: `${JSON.stringify([...answer.headers])}${await answer.text()}`,
  };
}

function runThrough({ url }, logs) {
  const body = new FormData();
  body.set("params", '{"3-inputs-seed":18446744073709551615}');
  body.set("logs", String(logs));
  return answerOf(`${url}/api/viewcomfy`, { method: "POST", body });
}

/** Asks with a host's name of the caller's choice, which fetch does not allow. */
function statusFor(host) {
  return new Promise((resolve, reject) => {
    const { port } = new URL(demo.url);
    const asked = request({ host: "127.0.0.1", port, path: "/", headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asked.on("error", reject).end();
  });
}

test("an incomplete set of variables ends it before anything is built", async () => {
  const { code, output } = await startFails({
    VIEWCOMFY_API_URL: "https://x.example.com",
    VIEWCOMFY_CLIENT_SECRET: SECRET,
  });
  assert.equal(code, 1);
  assert.match(output, /error: VIEWCOMFY_CLIENT_ID is missing: .*\.env\.example/);
  assert.ok(!output.includes("build:") && !output.includes(SECRET), output);
});

test("flags of the local endpoint are refused, and how to get it is said", async () => {
  const all = {
    VIEWCOMFY_API_URL: "https://x.example.com",
    VIEWCOMFY_CLIENT_ID: ID,
    VIEWCOMFY_CLIENT_SECRET: SECRET,
  };
  const { code, output } = await startFails(all, ["--speed", "10"]);
  assert.equal(code, 1);
  assert.match(output, /--speed is a flag of the local endpoint.*--local/);
});

test("the local endpoint is there all the same with --local, and without any of them", async () => {
  const incomplete = { VIEWCOMFY_CLIENT_SECRET: SECRET };
  for (const [variables, args] of [
    [incomplete, ["--local", "--speed", "50"]],
    [{}, []],
  ]) {
    const local = await startDemo(variables, args);
    try {
      assert.match(local.output(), /^start: the demo runs against a local endpoint/m);
      const { all } = await answerOf(local.url);
      assert.ok(all.includes("<title>") && !all.includes("viewcomfy-deployment"));
      assert.equal((await answerOf(`${local.url}/api/viewcomfy`, { method: "POST" })).status, 405);
    } finally {
      await local.close();
    }
  }
});

test("runs go through, streamed and plain, hops included, with the credentials added", async () => {
  for (const logs of [true, false]) {
    const { status, all } = await runThrough(demo, logs);
    assert.equal(status, 201, all.slice(0, 500));
    assert.match(all, /"completed":\s?true/);
  }
  const noted = await (await fetch(`${deployment.url}/requests`)).json();
  assert.ok(
    noted.length >= 4 && noted.every((entry) => entry.authorized_by === "client"),
    JSON.stringify(noted),
  );
});

test("neither what it says nor what it answers holds a credential, with right ones and with wrong ones", async () => {
  const answers = [];
  for (const server of [demo, wrong]) {
    for (const path of [
      "/",
      "/index.html",
      "/built/main.js",
      "/pkg/index.js",
      "/nothing",
      "/.env",
      "/../.env",
    ])
      answers.push(await answerOf(server.url + path));
    for (const logs of [true, false]) answers.push(await runThrough(server, logs));
    answers.push(await answerOf(`${server.url}/api/viewcomfy`));
    answers.push(await answerOf(`${server.url}/api/viewcomfy?url=https://example.com/`));
    answers.push(await answerOf(`${server.url}/api/viewcomfy`, { method: "POST", body: "nonsense" }));
  }
  assert.ok(answers.some(({ status }) => status === 401) && answers.some(({ status }) => status === 201));
  const said = answers.map(({ all }) => all).concat(demo.output(), wrong.output());
  for (const text of said) assert.ok(!text.includes(SECRET) && !text.includes(ID), text.slice(0, 2000));
  assert.ok(demo.output().includes(`your deployment at ${new URL(deployment.url).host};`), demo.output());
  assert.ok(!demo.output().includes("fault=hops"), "the address may have a key in its query");
});

test("the page is told where its runs go; every other file is as it is in www/ and pkg/", async () => {
  const page = await answerOf(demo.url);
  assert.match(page.headers.get("content-type"), /^text\/html/);
  assert.match(
    page.all,
    /<meta name=\\?"viewcomfy-deployment\\?" content=\\?"\/api\/viewcomfy\\?" data-host=\\?"127\.0\.0\.1:\d+\\?"/,
  );
  const types = {
    "/built/main.js": "text/javascript; charset=utf-8",
    "/built/page.css": "text/css; charset=utf-8",
    "/icon.svg": "image/svg+xml",
    "/pkg/index.js": "text/javascript; charset=utf-8",
    "/pkg/viewcomfy_wasm_bg.wasm": "application/wasm",
    "/pkg/definitions.json": "application/json",
  };
  for (const [path, type] of Object.entries(types)) {
    const { status, headers } = await answerOf(demo.url + path);
    assert.deepEqual(
      [status, headers.get("content-type"), headers.get("cache-control")],
      [200, type, "no-cache"],
      path,
    );
    const again = await answerOf(demo.url + path, { headers: { "if-none-match": headers.get("etag") } });
    assert.equal(again.status, 304);
  }
  assert.equal((await answerOf(`${demo.url}/icon.svg`, { method: "POST" })).status, 405);
});

test("no answer of the demo may be framed", async () => {
  for (const path of ["/", "/index.html", "/icon.svg", "/pkg/index.js", "/nothing", "/api/viewcomfy"]) {
    const { headers } = await answerOf(demo.url + path);
    assert.equal(headers.get("x-frame-options"), "DENY", path);
    const policy = path.startsWith("/api") ? "sandbox; default-src 'none'" : "frame-ancestors 'none'";
    assert.equal(headers.get("content-security-policy"), policy, path);
  }
});

test("only names of this machine are served, so no other site's page can spend the deployment's time", async () => {
  const { port } = new URL(demo.url);
  for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, "localhost", `[::1]:${port}`])
    assert.equal(await statusFor(host), 200, host);
  for (const host of [
    "evil.example",
    `evil.example:${port}`,
    "localhost.evil.example",
    "127.0.0.1.evil.example",
  ])
    assert.equal(await statusFor(host), 421, host);
});

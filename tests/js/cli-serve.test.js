// `serve`: the page and its route in front of a ComfyUI server or a deployment, for this machine or for who has the token.

import assert from "node:assert/strict";
import { copyFileSync, readFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";

import init, { ViewComfyClient } from "../../pkg/node.js";
import { assertBlock, cli, fixture, ownDirectory } from "../support/cli.js";
import { startServe } from "../support/cli-serve.js";
import { OBJECT_INFO } from "../support/cli-types.js";
import { startCloud } from "../support/cloud.js";
import { invert, NEEDS_CONTROLS, startComfy, until } from "../support/comfyui.js";
import { SECRET } from "../support/proxy.js";
import { closedAddress } from "../support/serve.js";
import { startSmallEndpoint } from "../support/small-endpoint.js";

const ROUTE = "/api/viewcomfy";
const EXAMPLE = fixture("../../www/examples/text-to-image.json");
const PNG = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
let comfy;

before(async () => {
  await init();
  comfy = await startComfy({ args: ["--object-info", OBJECT_INFO] });
});
after(() => comfy?.close());
beforeEach(() => comfy.faults?.());

const comfysOwn = async (path) => (await fetch(`${comfy.url}${path}`)).arrayBuffer();

const clientOf = (url, headers) =>
  new ViewComfyClient({
    endpoint: `${url}${ROUTE}`,
    fetch: (each) => {
      for (const [name, value] of Object.entries(headers ?? {})) each.headers.set(name, value);
      return fetch(each);
    },
  });

/** An answer's status to a request with headers that fetch does not let a caller choose. */
function statusFor(url, headers) {
  return new Promise((resolve, reject) => {
    const asked = request(url, { headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asked.on("error", reject).end();
  });
}

describe("in front of a ComfyUI server", () => {
  test("the page comes with the package, and knows its route, the definitions and the workflow", async (context) => {
    const { url, address } = await startServe(context, ["--comfyui", comfy.url, "--workflow", EXAMPLE]);
    assert.equal(address, `${url}/`);
    const html = await (await fetch(address)).text();
    const [meta] = /<meta name="viewcomfy-deployment"[^>]*>/.exec(html) ?? [];
    const { host } = new URL(comfy.url);
    for (const part of [
      `content="${ROUTE}"`,
      'data-kind="comfyui"',
      `data-host="${host}"`,
      'data-definitions="/api/definitions"',
      'data-workflow="/api/workflow"',
      'data-workflow-name="text-to-image.json"',
    ])
      assert.ok(meta?.includes(part), `${part} in ${meta}`);
    const bytes = async (path) => Buffer.from(await (await fetch(url + path)).arrayBuffer());
    assert.deepEqual(await bytes("/api/workflow"), readFileSync(EXAMPLE));
    assert.deepEqual(await bytes("/api/definitions"), Buffer.from(await comfysOwn("/object_info")));
    for (const path of [
      "/built/main.js",
      "/built/page.css",
      "/icon.svg",
      "/examples/edit-image.json",
      "/pkg/index.js",
    ])
      assert.equal((await fetch(url + path)).status, 200, path);
    const wasm = await fetch(`${url}/pkg/viewcomfy_wasm_bg.wasm`);
    assert.equal(wasm.headers.get("content-type"), "application/wasm");
    assert.equal((await fetch(url, { headers: { "if-none-match": wasm.headers.get("etag") } })).status, 200);
    const again = await fetch(`${url}/pkg/index.js`);
    const same = { headers: { "if-none-match": again.headers.get("etag") } };
    assert.equal((await fetch(`${url}/pkg/index.js`, same)).status, 304);
  });

  test("a workflow's name with markup in it is a value of the page's, and nothing more", async (context) => {
    const file = join(ownDirectory(context), `a"><img src=x onerror=alert(1)>&amp;.json`);
    copyFileSync(EXAMPLE, file);
    const { address } = await startServe(context, ["--comfyui", comfy.url, "--workflow", file]);
    const html = await (await fetch(address)).text();
    assert.ok(!html.includes("<img src=x"));
    const named = 'data-workflow-name="a&#34;&#62;&#60;img src=x onerror=alert(1)&#62;&#38;amp;.json"';
    assert.ok(html.includes(named));
  });

  test("every file that the page's own files ask for is there", async (context) => {
    const { url } = await startServe(context, ["--comfyui", comfy.url]);
    const seen = new Set(["/"]);
    for (const path of seen) {
      const text = await (await fetch(url + path)).text();
      for (const [, found] of text.matchAll(
        /["'`(]((?:\.{0,2}\/)(?:built|pkg|examples)?\/?[\w.-]+\.(?:js|css|svg|wasm|json))["'`)]/g,
      ))
        seen.add(new URL(found, url + path).pathname);
    }
    assert.ok(seen.size > 8, [...seen].join(" "));
    for (const path of seen) assert.equal((await fetch(url + path)).status, 200, path);
  });

  test("a run gives its picture", async (context) => {
    const { url } = await startServe(context, ["--comfyui", comfy.url]);
    const lines = [];
    const result = await clientOf(url).inferWithLogs({
      workflowApi: invert(),
      params: { "1-inputs-color": 0 },
      onLog: (line) => lines.push(line),
    });
    const [output] = result.outputs;
    assert.deepEqual(Buffer.from(await (await output.blob()).slice(0, 8).arrayBuffer()), PNG);
  });

  test("the workflow given runs where a caller sends none", { skip: NEEDS_CONTROLS }, async (context) => {
    const small = fixture("workflows/small_picture.json");
    const { url } = await startServe(context, ["--comfyui", comfy.url, "--workflow", small]);
    const result = await clientOf(url).infer({ params: { "3-inputs-seed": 5 } });
    assert.equal(result.outputs.length, 1);
  });

  test("Ctrl+C cancels the runs that it began, and ends it", { skip: NEEDS_CONTROLS }, async (context) => {
    await comfy.faults({ hold: true });
    const { url, stop } = await startServe(context, ["--comfyui", comfy.url]);
    let promptId = null;
    const run = clientOf(url).inferWithLogs({
      workflowApi: invert(7),
      params: { "1-inputs-color": 1 },
      maxResumes: 0,
      onOpen: (event) => {
        promptId = event.promptId;
      },
    });
    run.catch(() => {});
    await until(() => promptId);
    const { code } = await stop();
    assert.equal(code, 0);
    await assert.rejects(run, { name: "ViewComfyError" });
    await until(async () => {
      const { queue_running: running, queue_pending: pending } = await (
        await fetch(`${comfy.url}/queue`)
      ).json();
      return running.length + pending.length === 0;
    });
  });

  for (const [then, work] of Object.entries({
    "a page that is loaded again goes on with its run": async ({ url, promptId }) => {
      const following = clientOf(url).resume(promptId);
      await comfy.faults();
      assert.equal((await following).outputs.length, 1);
    },
    "Ctrl+C cancels it as well": async ({ promptId, stop }) => {
      assert.equal((await stop()).code, 0);
      const [, id] = promptId.split(".");
      const { queue_running, queue_pending } = JSON.parse(Buffer.from(await comfysOwn("/queue")).toString());
      assert.deepEqual(
        [...queue_running, ...queue_pending].filter((job) => job[1] === id),
        [],
      );
    },
  })) {
    test(`a run whose page has gone waits for it: ${then}`, { skip: NEEDS_CONTROLS }, async (context) => {
      await comfy.faults({ hold: true });
      const { url, stop } = await startServe(context, ["--comfyui", comfy.url]);
      const leaving = new AbortController();
      let promptId = null;
      const left = clientOf(url).inferWithLogs({
        workflowApi: invert(9),
        params: { "1-inputs-color": 1 },
        signal: leaving.signal,
        onOpen: (event) => {
          promptId = event.promptId;
        },
      });
      left.catch(() => {});
      await until(async () => promptId && (await clientOf(url).lookUp(promptId))[0]?.status === "running");
      leaving.abort();
      await assert.rejects(left, { name: "AbortError" });
      await work({ url, promptId, stop });
    });
  }

  test("a server that does not answer is told, and the page is there all the same", async (context) => {
    const { url, stop } = await startServe(context, ["--comfyui", await closedAddress()]);
    assert.equal((await fetch(`${url}/`)).status, 200);
    assert.equal((await fetch(`${url}/api/definitions`)).status, 502);
    await assert.rejects(clientOf(url).infer({ workflowApi: invert(), params: { "1-inputs-color": 1 } }), {
      code: "http_status",
      status: 502,
    });
    const { err } = await stop();
    assert.match(err, /warning: ComfyUI does not respond at 127\.0\.0\.1:\d+; start it/);
    assert.match(err, /not passed on: /);
  });
});

describe("what it refuses", () => {
  test("other names, other sites, other methods, other files", async (context) => {
    const { url } = await startServe(context, ["--comfyui", comfy.url]);
    const page = await fetch(`${url}/`);
    assert.equal(page.headers.get("content-security-policy"), "frame-ancestors 'none'");
    assert.equal(page.headers.get("x-frame-options"), "DENY");
    assert.equal(page.headers.get("x-content-type-options"), "nosniff");
    assert.equal(page.headers.get("referrer-policy"), "no-referrer");
    const { port } = new URL(url);
    assert.equal(await statusFor(`${url}/`, { host: `evil.example:${port}` }), 421);
    assert.equal(await statusFor(`${url}${ROUTE}`, { host: `evil.example:${port}` }), 421);
    assert.equal(await statusFor(`${url}/`, { host: `localhost:${port}` }), 200);
    const form = new FormData();
    form.set("params", '{"1-inputs-color":1}');
    const crossSite = { method: "POST", body: form, headers: { origin: "https://evil.example" } };
    assert.equal((await fetch(`${url}${ROUTE}`, crossSite)).status, 403);
    assert.equal((await fetch(`${url}/`, { method: "POST" })).status, 405);
    for (const path of [
      "/pkg/cli.js",
      "/pkg/package.json",
      "/pkg/../package.json",
      "/built/%2e%2e/index.html",
      "/none",
      "/index.html",
    ])
      assert.equal((await fetch(url + path)).status, 404, path);
    assert.equal((await fetch(`${url}/api/workflow`)).status, 404);
  });

  test("who has no token, where other machines can ask", async (context) => {
    const { address, stop } = await startServe(context, [
      "--comfyui",
      comfy.url,
      "--host",
      "0.0.0.0",
      "--workflow",
      EXAMPLE,
    ]);
    const token = new URL(address).searchParams.get("token");
    assert.match(token, /^[\w-]{32}$/);
    const url = `http://127.0.0.1:${new URL(address).port}`;
    const body = () => {
      const form = new FormData();
      form.set("params", '{"1-inputs-color":1}');
      form.set("workflow_api", JSON.stringify(invert()));
      form.set("logs", "false");
      return form;
    };
    const post = (headers) => fetch(`${url}${ROUTE}`, { method: "POST", body: body(), headers });

    const wrong = `${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`;
    const refused = [
      {},
      { authorization: `Bearer ${wrong}` },
      { cookie: `viewcomfy-serve=${token}` },
      { authorization: "Bearer" },
    ];
    for (const headers of refused) {
      const why = JSON.stringify(headers);
      for (const path of ["/", "/pkg/index.js", "/api/definitions", "/api/workflow", "/none"])
        assert.equal(
          (await fetch(url + path, { headers, redirect: "manual" })).status,
          401,
          `${path} ${why}`,
        );
      assert.equal((await post(headers)).status, 401, why);
      assert.equal((await fetch(`${url}${ROUTE}?prompt_ids=x`, { headers })).status, 401, why);
    }
    for (const query of [`?token=${wrong}`, "?token=", `?token=${token}x`])
      assert.equal((await fetch(`${url}/${query}`, { redirect: "manual" })).status, 401, query);
    assert.equal((await fetch(`${url}/pkg/index.js?token=${token}`, { redirect: "manual" })).status, 401);

    const welcome = await fetch(`${url}/?token=${token}`, { redirect: "manual" });
    assert.deepEqual([welcome.status, welcome.headers.get("location")], [303, "/"]);
    const [cookie, ...attributes] = welcome.headers.get("set-cookie").split("; ");
    assert.deepEqual(attributes, ["Path=/", "HttpOnly", "SameSite=Lax"]);
    for (const headers of [{ cookie: `a=b; ${cookie}` }, { authorization: `Bearer ${token}` }]) {
      const page = await fetch(`${url}/`, { headers });
      assert.equal(page.status, 200);
      assert.ok(!(await page.text()).includes(token), "not in the page");
      const run = await post(headers);
      assert.equal(run.status, 201, await run.clone().text());
      assert.equal((await run.json()).outputs.length, 1);
    }
    const { out, err } = await stop();
    assert.equal(out, `open ${address}\n`);
    assert.ok(!err.includes(token), "in no log");
    assert.match(err, /not encrypted/);
  });
});

describe("in front of a deployment", () => {
  let endpoint;
  before(async () => {
    endpoint = await startSmallEndpoint({ speed: 200 });
  });
  after(() => endpoint?.close());
  const env = () => ({
    VIEWCOMFY_API_URL: `${endpoint.url}/infer`,
    VIEWCOMFY_CLIENT_ID: "local-id",
    VIEWCOMFY_CLIENT_SECRET: SECRET,
  });

  test("its route adds the credentials, which nobody gets to see", async (context) => {
    const { url, stop } = await startServe(context, [], { env: env() });
    const result = await clientOf(url).infer({ params: { "3-inputs-seed": 7 } });
    assert.equal(result.outputs.length, 1);
    const html = await (await fetch(`${url}/`)).text();
    assert.match(html, /data-kind="deployment"/);
    const { out, err } = await stop();
    for (const text of [html, out, err]) assert.ok(!text.includes(SECRET));
  });

  test("is not started without credentials or an address", async () => {
    const { VIEWCOMFY_API_URL } = env();
    const told = await cli(["serve"], { env: { VIEWCOMFY_API_URL } });
    assertBlock(told, 3, "usage");
    assert.match(told.err, /the credentials are missing/);
    assertBlock(await cli(["serve"], {}), 3, "usage");
  });
});

describe("in front of several", () => {
  test("each has a route of its own, and the page is told of all", async (context) => {
    const cloud = await startCloud();
    context.after(() => cloud.close());
    const { apiUrl, baseUrl, clientId, clientSecret } = cloud.options();
    const env = {
      VIEWCOMFY_API_URL: apiUrl,
      VIEWCOMFY_CLOUD_URL: baseUrl,
      VIEWCOMFY_CLIENT_ID: clientId,
      VIEWCOMFY_CLIENT_SECRET: clientSecret,
    };
    const args = ["--comfyui", comfy.url, "--cloud", "--deployment"];
    const { url, stop } = await startServe(context, args, { env });
    const html = await (await fetch(`${url}/`)).text();
    const metas = [...html.matchAll(/<meta name="viewcomfy-deployment" content="([^"]*)"[^>]*>/g)];
    assert.deepEqual(
      metas.map(([meta, path]) => [
        path,
        /data-kind="(\w+)"/.exec(meta)[1],
        meta.includes("data-definitions"),
      ]),
      ["comfyui", "cloud", "deployment"].map((kind) => [`${ROUTE}/${kind}`, kind, kind === "comfyui"]),
    );
    assert.equal((await fetch(`${url}/api/definitions`)).status, 200);
    for (const [kind, request] of Object.entries({
      comfyui: { workflowApi: invert(), params: { "1-inputs-color": 3 } },
      cloud: { params: { "3-inputs-seed": 7 } },
      deployment: { params: { "3-inputs-seed": 7 } },
    })) {
      const client = new ViewComfyClient({ endpoint: `${url}${ROUTE}/${kind}` });
      assert.equal((await client.infer(request)).outputs.length, 1, kind);
    }
    assert.equal((await cloud.counts()).jobs.length, 1);
    assert.equal((await fetch(`${url}${ROUTE}`, { method: "POST", body: new FormData() })).status, 405);
    const { out, err } = await stop();
    assert.match(
      err,
      /runs workflows on ComfyUI at .* or on the cloud API, for .* or on your deployment at /,
    );
    for (const text of [html, out, err]) assert.ok(!text.includes(SECRET));
  });
});

describe("mistakes", () => {
  const cases = [
    [["--comfyui", "http://127.0.0.1:1", "--cloud"], /there is no endpoint to call/],
    [["--comfyui", "http://127.0.0.1:1", "--deployment"], /there is no endpoint to call/],
    [["--comfyui", "http://127.0.0.1:1", "--endpoint", "https://x.example"], /the credentials are missing/],
    [["--comfyui", "127.0.0.1:8188"], /must be an address that begins with http:\/\//],
    [["--comfyui", "http://127.0.0.1:1/?a=b"], /has no query/],
    [["--comfyui", "http://me:pass@127.0.0.1:1"], /holds a user or a password/],
    [["--comfyui", "http://127.0.0.1:1", "--port", "65536"], /--port takes a whole number from 0 to 65535/],
    [["--comfyui", "http://127.0.0.1:1", "--host", "a b"], /--host takes an address of this machine/],
  ];
  for (const [args, words] of cases) {
    test(args.join(" "), async () => {
      const told = await cli(["serve", .../** @type {string[]} */ (args)]);
      assertBlock(told, 3, "usage");
      assert.match(told.err, /** @type {RegExp} */ (words));
    });
  }

  test("a port that is taken is told, one that was not asked for is replaced", async (context) => {
    const { url } = await startServe(context, ["--comfyui", comfy.url]);
    const told = await cli(["serve", "--comfyui", comfy.url, "--port", new URL(url).port]);
    assertBlock(told, 4, "listen");
    assert.match(told.err, /another program listens there/);
    const elsewhere = await cli(["serve", "--comfyui", comfy.url, "--host", "192.0.2.1"]);
    assertBlock(elsewhere, 4, "listen");
  });
});

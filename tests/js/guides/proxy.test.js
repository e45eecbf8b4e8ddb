// The guide "Keep the secret: the proxy": each of its servers answers a run.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { after, test } from "node:test";
import { createProxy, fromEnv } from "../../../pkg/proxy.js";
import { toNodeListener } from "../../../pkg/proxy-node.js";
import { openGuide } from "../../support/guide.js";
import { requests, settledRequest } from "../../support/requests.js";

const guide = openGuide("proxy");
const servers = [];
after(() => {
  for (const server of servers) server.closeAllConnections();
  for (const server of servers) server.close();
});

/** Runs through a route, without credentials, and tells which ones arrived. */
async function assertRunsThrough(url, init) {
  const form = new FormData();
  form.set("params", '{"3-inputs-seed":1}');
  form.set("logs", "false");
  const answer = await fetch(url, { method: "POST", body: form, ...init });
  assert.equal(answer.status, 201, await answer.clone().text());
  assert.equal((await answer.json()).outputs.length, 1);
  assert.equal((await settledRequest(guide.endpoint)).authorized_by, "client");
}

/** Bun's and Deno's servers played by Node's; in Bun and Deno themselves the proxy runs in tests/packaging. */
async function serve(handler) {
  const server = createServer(toNodeListener(handler));
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${server.address().port}`;
}

test("Next.js", async () => {
  const { POST } = await guide.runFile("app/api/viewcomfy/route.js");
  await assertRunsThrough(`${await serve(POST)}/api/viewcomfy`);
});

test("Node's http server", async () => {
  guide.write("server.mjs", guide.take(guide.block("server.mjs")).code);
  const env = { ...process.env, PORT: "0" };
  const child = spawn(process.execPath, ["server.mjs"], {
    cwd: guide.folder,
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const [line] = await once(createInterface({ input: child.stdout }), "line");
    const base = `http://127.0.0.1:${/\d+$/.exec(line)[0]}`;
    await assertRunsThrough(`${base}/api/viewcomfy`);
    assert.equal((await fetch(`${base}/else`)).status, 404);
  } finally {
    child.kill();
  }
});

test("Bun", async () => {
  let options;
  globalThis.Bun = {
    serve(given) {
      options = given;
      return { port: 3000 };
    },
  };
  await guide.runFile("server.bun.js");
  delete globalThis.Bun;
  const { POST } = options.routes["/api/viewcomfy"];
  await assertRunsThrough(await serve(POST));
});

test("Deno", async () => {
  let handler;
  const env = { toObject: () => ({ ...process.env }), get: (name) => process.env[name] };
  globalThis.Deno = { env, serve: (_, given) => (handler = given) };
  await guide.runFile("server.deno.js");
  delete globalThis.Deno;
  const base = await serve(handler);
  await assertRunsThrough(`${base}/api/viewcomfy`);
  assert.equal((await fetch(`${base}/else`)).status, 404);
});

test("Cloudflare Workers", async () => {
  const { default: worker } = await guide.runFile("worker.js");
  const base = await serve((request) => worker.fetch(request, { ...process.env }));
  await assertRunsThrough(`${base}/api/viewcomfy`);
  assert.equal((await fetch(`${base}/else`)).status, 404);
});

test("the page runs through each route", async () => {
  guide.write(
    "app/session.js",
    'export const sessionOf = async (request) => request.headers.get("authorization");',
  );
  const { POST: mine } = await guide.runFile("app/api/mine/route.js");
  guide.routes.set("/api/mine", mine);
  guide.routes.set("/api/linked", await linkedRoute());
  await guide.run();
  const [name, type, count] = guide.said;
  assert.match(name, /\.png$/);
  assert.equal(type, "image/png");
  assert.equal(count, "1");
  assert.equal((await requests(guide.endpoint)).length, 3);
});

test("who has no session is refused, and so is a workflow of the caller's own", async () => {
  const { POST } = await guide.runFile("app/api/mine/route.js");
  const base = await serve(POST);
  const form = new FormData();
  form.set("params", '{"3-inputs-seed":1}');
  assert.equal((await fetch(base, { method: "POST", body: form })).status, 401);
  form.set("workflow_api", "{}");
  const headers = { authorization: "Bearer mine" };
  assert.ok((await fetch(base, { method: "POST", body: form, headers })).status >= 400);
  assert.equal((await requests(guide.endpoint)).length, 0);
  assert.match(guide.said.join("\n"), /^viewcomfy: \d+ field_not_allowed: /m);
});

/** The guide's route is for hosts that a test cannot have: it is loaded as it stands, and refuses; this one allows ours. */
async function linkedRoute() {
  const { GET } = await guide.runFile("app/api/linked/route.js");
  const refused = await GET(
    new Request(`http://app/api/linked?url=${encodeURIComponent(`${guide.endpoint}/outputs/a/b.png`)}`),
  );
  assert.equal(refused.status >= 400, true);
  const linkHosts = ["*.example.com", new URL(guide.endpoint).host];
  return createProxy({
    ...fromEnv(process.env),
    endpoint: `${guide.endpoint}/infer?fault=link_output`,
    linkHosts,
  });
}

guide.lastTest();

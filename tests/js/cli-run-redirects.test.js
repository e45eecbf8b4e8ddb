// Redirects of the endpoint: the gateway's hops are followed, and the credentials go nowhere else.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { test } from "node:test";

import { cli, ownDirectory } from "../support/cli.js";

const RESULT = `event: prompt_result\ndata: ${JSON.stringify({ status: "success", completed: true, outputs: [] })}\n\n`;
const SECRET = "a-secret-for-one-host";

/** A server that notes method, address and credentials of each request, and answers as it is told. */
async function startServer(context, answer) {
  const seen = [];
  const server = createServer(async (request, response) => {
    for await (const _ of request); // Read to the end, as a real service does.
    const { client_id: id, client_secret: secret, "content-type": type } = request.headers;
    seen.push({ method: request.method, path: request.url, id, secret, hasBody: type !== undefined });
    answer(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${/** @type {any} */ (server.address()).port}`, seen };
}

function finish(response) {
  response.writeHead(201, { "content-type": "text/event-stream" }).end(RESULT);
}

function redirect(response, status, location) {
  response.writeHead(status, { location }).end();
}

function run(context, endpoint) {
  const env = { VIEWCOMFY_CLIENT_ID: "an-id", VIEWCOMFY_CLIENT_SECRET: SECRET };
  const args = ["run", "--endpoint", endpoint, "--set", "6-inputs-text=x"];
  return cli(args, { env, cwd: ownDirectory(context) });
}

test("hops to the same address are followed, with the credentials and without the body", async (context) => {
  const { url, seen } = await startServer(context, (request, response) => {
    const hop = Number(new URL(request.url, "http://a").searchParams.get("hop"));
    if (hop < 3) redirect(response, 303, `?hop=${hop + 1}`);
    else finish(response);
  });
  const { code, err } = await run(context, `${url}/infer`);
  assert.equal(code, 0, err);
  const credentials = { id: "an-id", secret: SECRET };
  assert.deepEqual(seen, [
    { method: "POST", path: "/infer", ...credentials, hasBody: true },
    ...[1, 2, 3].map((hop) => ({ method: "GET", path: `/infer?hop=${hop}`, ...credentials, hasBody: false })),
  ]);
});

for (const status of [301, 302, 303, 307, 308]) {
  test(`a redirect (${status}) to another host is not followed`, async (context) => {
    const other = await startServer(context, (_request, response) => finish(response));
    const { url } = await startServer(context, (_request, response) => redirect(response, status, other.url));
    const { code, err } = await run(context, url);
    assert.equal(code, 5);
    assert.match(err, new RegExp(`Cause: the endpoint redirects elsewhere \\(HTTP ${status}\\)`));
    assert.ok(!err.includes(SECRET));
    assert.deepEqual(other.seen, []);
  });
}

test("another path, an address that is none, and a circle end the run", async (context) => {
  for (const [location, words] of [
    ["/elsewhere", /redirects elsewhere/],
    ["http://[", /redirects elsewhere/],
    ["?again", /more than 30 times/],
  ]) {
    const { url } = await startServer(context, (_request, response) =>
      redirect(response, 303, `${location}`),
    );
    const { code, err } = await run(context, `${url}/infer`);
    assert.equal(code, 5);
    assert.match(err, /** @type {RegExp} */ (words));
  }
});

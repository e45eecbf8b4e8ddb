// Redirects of the endpoint, as servers' clients meet them: the gateway's hops are followed, credentials go nowhere else.

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";

import { serve } from "../support/serve.js";

const CREDENTIALS = { clientId: "an-id", clientSecret: "a-secret-for-one-host" };
const RESULT = JSON.stringify({ status: "success", completed: true, outputs: [] });
const params = { "3-inputs-seed": 1 };

let gateway;
let elsewhere;
/** What the gateway answers: a status and a location, or null for the result. */
let answer;
let seen;

before(async () => {
  gateway = await serve(async (request, response) => {
    for await (const _ of request); // Read to the end, as a real service does.
    seen.push(`${request.method} ${request.url} ${request.headers.client_secret}`);
    const redirect = answer(request);
    if (redirect) return response.writeHead(redirect[0], { location: redirect[1] }).end();
    response.writeHead(201, { "content-type": "application/json" }).end(RESULT);
  });
  elsewhere = await serve((request, response) => {
    seen.push(`elsewhere: ${JSON.stringify(request.headers)}`);
    response.end();
  });
});
after(async () => {
  await gateway.close();
  await elsewhere.close();
});
beforeEach(() => {
  seen = [];
});

for (const entry of ["node.js", "server.js", "inline-server.js"]) {
  describe(`pkg/${entry}`, async () => {
    const { default: init, ViewComfyClient } = await import(`../../pkg/${entry}`);
    const wasm = new URL("../../pkg/viewcomfy_wasm_bg.wasm", import.meta.url);
    const { readFile } = await import("node:fs/promises");
    await init(await readFile(wasm));
    const clientOf = (more) =>
      new ViewComfyClient({ endpoint: `${gateway.url}/infer`, ...CREDENTIALS, ...more });

    test("hops to the same address are followed with the credentials", async () => {
      answer = ({ method, url }) => (method === "POST" || !url.endsWith("2") ? [303, hopAfter(url)] : null);
      const { status } = await clientOf().infer({ params });
      assert.equal(status, "success");
      const secret = CREDENTIALS.clientSecret;
      assert.deepEqual(seen, [
        `POST /infer ${secret}`,
        `GET /infer?hop=1 ${secret}`,
        `GET /infer?hop=2 ${secret}`,
      ]);
    });

    for (const status of [301, 302, 303, 307, 308]) {
      test(`${status} to another host is refused before it hears anything`, async () => {
        answer = () => [status, `${elsewhere.url}/infer`];
        await assert.rejects(clientOf().infer({ params }), (error) => {
          assert.equal(error.code, "network");
          assert.match(String(error.cause), /redirects elsewhere/);
          return true;
        });
        assert.equal(seen.length, 1);
      });
    }

    test("304 is an answer", async () => {
      answer = () => [304, `${elsewhere.url}/infer`];
      await assert.rejects(clientOf().infer({ params }), { code: "http_status", status: 304 });
    });

    test("a fetch of the caller's own follows as it likes", async () => {
      answer = () => [303, `${elsewhere.url}/infer`];
      await assert.rejects(clientOf({ fetch: (request) => fetch(request) }).infer({ params }), {
        code: "stream_ended",
      });
      assert.equal(seen.length, 2);
    });
  });
}

function hopAfter(url) {
  return `/infer?hop=${Number(url.split("=")[1] ?? 0) + 1}`;
}

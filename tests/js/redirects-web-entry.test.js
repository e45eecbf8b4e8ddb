// The web entry on a server, whose fetch takes headers along: a request with the pair follows no redirect at all.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";

import init, { ViewComfyClient } from "../../pkg/index.js";
import { serve } from "../support/serve.js";

const PAIR = { clientId: "an-id", clientSecret: "a-secret-for-one-host" };
const params = { "3-inputs-seed": 1 };
let gateway;
let elsewhere;
let status;
let seen = [];

before(async () => {
  await init(await readFile(new URL("../../pkg/viewcomfy_wasm_bg.wasm", import.meta.url)));
  gateway = await serve(async (request, response) => {
    for await (const _ of request); // Read to the end, as a real service does.
    response.writeHead(status, { location: `${elsewhere.url}/there` }).end();
  });
  elsewhere = await serve((request, response) => {
    seen.push(request.headers);
    response
      .writeHead(201, { "content-type": "application/json" })
      .end('{"status":"success","completed":true,"outputs":[]}');
  });
});
after(() => Promise.all([gateway.close(), elsewhere.close()]));

describe("a redirect to another host", () => {
  for (const each of [301, 302, 303, 307, 308]) {
    test(`${each}: the pair stays, and the message names the proxy`, async () => {
      [status, seen] = [each, []];
      const client = new ViewComfyClient({ endpoint: gateway.url, ...PAIR });
      for (const way of ["infer", "inferWithLogs"]) {
        await assert.rejects(client[way]({ params }), ({ code, message }) => {
          assert.equal(code, "network");
          assert.match(
            message,
            /not followed, because a browser would send client_id and client_secret to the new address as well: .*viewcomfy-wasm\/proxy/,
          );
          return true;
        });
      }
      assert.deepEqual(seen, []);
    });
  }

  test("without the pair it is followed as ever", async () => {
    [status, seen] = [303, []];
    const client = new ViewComfyClient({ endpoint: gateway.url, token: "a-token" });
    assert.equal((await client.infer({ params })).status, "success");
    assert.equal(seen.length, 1);
    assert.equal(seen[0].authorization, undefined);
  });
});

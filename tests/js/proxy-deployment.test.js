// The proxy's way to the deployment: large uploads that end early, redirects, time limits and strange answers.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { PATIENCE } from "../support/patience.js";
import { bodyText, formOf, refusalOf, startProxy } from "../support/proxy.js";
import { closedAddress, serve } from "../support/serve.js";

/** A proxy for the length of one test. */
async function through(t, options) {
  const proxy = await startProxy(options);
  t.after(() => proxy.close());
  return proxy;
}

/** A server for the length of one test that answers as told. */
async function behind(t, listener) {
  const server = await serve(listener);
  t.after(() => server.close());
  return server.url;
}

describe("a large upload", () => {
  const large = () => formOf({ "5-inputs-video": new Blob([new Uint8Array(5_000_000)]) });

  test("that the deployment refuses before its end", PATIENCE, async (t) => {
    const url = await behind(t, (request, response) => {
      request.once("data", () => {
        request.pause();
        response.writeHead(401, { "content-type": "application/json" }).end('{"detail":"no"}');
      });
    });
    const proxy = await through(t, { endpoint: url });
    const response = await fetch(proxy.url, { method: "POST", body: large() });
    assert.deepEqual([response.status, await response.json()], [401, { detail: "no" }]);
    assert.deepEqual(proxy.failures, []);
  });

  test("whose deployment breaks down in the middle", PATIENCE, async (t) => {
    const url = await behind(t, (request) => request.once("data", () => request.socket.destroy()));
    const proxy = await through(t, { endpoint: url });
    const refusal = await refusalOf(await fetch(proxy.url, { method: "POST", body: large() }));
    assert.deepEqual([refusal.status, refusal.code], [502, "unreachable"]);
  });

  test("whose sender leaves in the middle", PATIENCE, async (t) => {
    const leaving = new AbortController();
    const gone = new Promise((resolve) => {
      behind(t, (request) => {
        request.once("data", () => leaving.abort());
        bodyText(request).catch(() => resolve(undefined));
      }).then(async (url) => {
        const proxy = await through(t, { endpoint: url });
        const body = new ReadableStream({
          start: (controller) => controller.enqueue(new TextEncoder().encode(beginning)),
        });
        const headers = { "content-type": "multipart/form-data; boundary=b" };
        const init = { method: "POST", body, headers, duplex: "half", signal: leaving.signal };
        await assert.rejects(fetch(proxy.url, init), { name: "AbortError" });
      });
    });
    const head = 'Content-Disposition: form-data; name="5-inputs-x"; filename="x"';
    const beginning = `--b\r\n${head}\r\n\r\n${"x".repeat(300_000)}`;
    await gone;
  });

  test("that is sent round by the gateway, and to an address that is none", PATIENCE, async (t) => {
    const url = await behind(t, async (request, response) => {
      const size = (await bodyText(request)).length;
      if (request.method === "POST") response.writeHead(303, { location: `?size=${size}` }).end();
      else response.writeHead(201, { "content-type": "text/plain" }).end(request.url);
    });
    const proxy = await through(t, { endpoint: url });
    const response = await fetch(proxy.url, { method: "POST", body: large() });
    assert.match(await response.text(), /^\/\?size=5000\d+$/);
    const nowhere = await through(t, { endpoint: await closedAddress() });
    assert.equal((await fetch(nowhere.url, { method: "POST", body: large() })).status, 502);
  });
});

describe("the way to the deployment", () => {
  const post = async ({ url }) => fetch(url, { method: "POST", body: formOf() });

  test("hops that leave the address get no credentials", PATIENCE, async (t) => {
    const asked = [];
    const elsewhere = await behind(t, (request, response) => {
      asked.push(request.url);
      response.end("{}");
    });
    const targets = [
      elsewhere,
      `${elsewhere}/infer?call=1`,
      "/other?call=1",
      "//127.0.0.1:1/infer",
      "",
      "http://[",
    ];
    for (const location of targets) {
      const url = await behind(t, async (request, response) => {
        await bodyText(request);
        asked.push(request.method);
        response.writeHead(303, location ? { location } : {}).end();
      });
      const proxy = await through(t, { endpoint: `${url}/infer` });
      asked.length = 0;
      const response = await post(proxy);
      assert.equal(response.headers.get("location"), null);
      assert.equal((await refusalOf(response)).code, "redirect_not_allowed", location);
      assert.deepEqual(asked, ["POST"]);
    }
  });

  test("other redirects say that the address is an old one", PATIENCE, async (t) => {
    for (const status of [301, 302, 307, 308]) {
      const url = await behind(t, async (request, response) => {
        await bodyText(request);
        response.writeHead(status, { location: "/infer?moved=1" }).end();
      });
      const refusal = await refusalOf(await post(await through(t, { endpoint: `${url}/infer` })));
      assert.deepEqual([refusal.status, refusal.code], [502, "redirect_not_allowed"]);
      assert.match(refusal.message, /set endpoint/);
    }
  });

  test("hops without end are given up", PATIENCE, async (t) => {
    let asked = 0;
    const url = await behind(t, async (request, response) => {
      await bodyText(request);
      asked += 1;
      response.writeHead(303, { location: `?call=${asked}` }).end();
    });
    const proxy = await through(t, { endpoint: url });
    assert.equal((await refusalOf(await post(proxy))).code, "too_many_redirects");
    assert.equal(asked, 31);
  });

  test("an answer that does not begin in time", PATIENCE, async (t) => {
    let left;
    const gone = new Promise((resolve) => {
      left = resolve;
    });
    const url = await behind(t, (request, response) => {
      bodyText(request);
      response.on("close", left);
    });
    const proxy = await through(t, { endpoint: url, timeoutMs: 200 });
    const refusal = await refusalOf(await post(proxy));
    assert.deepEqual([refusal.status, refusal.code], [504, "timeout"]);
    await gone;
    assert.deepEqual(
      proxy.failures.map(({ code, status }) => [code, status]),
      [["timeout", 504]],
    );
  });

  test("nothing listens; what was thrown stays on the server", PATIENCE, async (t) => {
    const proxy = await through(t, { endpoint: `${await closedAddress()}/private` });
    const text = await (await post(proxy)).text();
    assert.match(text, /unreachable/);
    assert.doesNotMatch(text, /ECONNREFUSED|private/);
    assert.ok(proxy.failures[0].cause instanceof Error);
  });

  test("a fetch of one's own gets one Request", PATIENCE, async (t) => {
    const calls = [];
    const custom = async (...call) => {
      calls.push(call);
      return Response.json({}, { status: 201 });
    };
    const proxy = await through(t, { endpoint: "https://example.com/infer?a=1#b", fetch: custom });
    assert.equal((await post(proxy)).status, 201);
    const [[request, ...more]] = calls;
    assert.deepEqual(
      [request.url, request.method, more.length],
      ["https://example.com/infer?a=1", "POST", 0],
    );
    assert.equal(request.headers.get("client_id"), "local-id");
  });

  test("what is compressed unasked is unpacked, or refused", PATIENCE, async (t) => {
    for (const [coding, status] of [
      ["gzip", 201],
      ["zzz", 502],
    ]) {
      const url = await behind(t, async (request, response) => {
        await bodyText(request);
        const headers = { "content-encoding": coding, "content-type": "application/json" };
        response.writeHead(201, headers).end(gzipSync('{"status":"success"}'));
      });
      const response = await post(await through(t, { endpoint: url }));
      assert.equal(response.status, status);
      if (status === 201) assert.deepEqual(await response.json(), { status: "success" });
    }
  });

  test("statuses that exist and bodies that do not", PATIENCE, async (t) => {
    for (const status of [204, 304]) {
      const url = await behind(t, async (request, response) => {
        await bodyText(request);
        response.writeHead(status).end();
      });
      const response = await post(await through(t, { endpoint: url }));
      assert.equal(response.status, status === 304 ? 502 : status);
      assert.equal(response.headers.get("cache-control"), "no-store, no-transform");
    }
    const strange = await behind(t, async (request, response) => {
      await bodyText(request);
      response.writeHead(799).end("x");
    });
    assert.equal((await refusalOf(await post(await through(t, { endpoint: strange })))).code, "unreachable");
  });
});

// Runs of the package's own client through the proxy, over HTTP both ways.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import init, * as lib from "../../pkg/node.js";
import { assertFailure } from "../support/assert-failure.js";
import { PATIENCE } from "../support/patience.js";
import { bodyText, formOf, startProxy } from "../support/proxy.js";
import { END } from "../support/raw-runs.js";
import { forgetRequests, hold, lastRequest, requestArrived, settledRequest } from "../support/requests.js";
import { closedAddress, serve } from "../support/serve.js";
import { startSmallEndpoint } from "../support/small-endpoint.js";

const params = { "3-inputs-seed": 7n };

/** A proxy for the length of one test. */
async function through(t, options) {
  const proxy = await startProxy(options);
  t.after(() => proxy.close());
  return { ...proxy, client: new lib.ViewComfyClient({ endpoint: `${proxy.url}/api/viewcomfy` }) };
}

/** A server for the length of one test that answers as told. */
async function behind(t, listener) {
  const server = await serve(listener);
  t.after(() => server.close());
  return server.url;
}

before(() => init());

describe("the local endpoint through the proxy", () => {
  let endpoint;
  let held;

  before(async () => {
    [endpoint, held] = await Promise.all([
      startSmallEndpoint({ speed: 200 }),
      startSmallEndpoint({ speed: 200 }),
    ]);
    await hold(held.url);
  });
  after(() => Promise.all([endpoint.close(), held.close()]));

  test("a file alone goes through as it is", PATIENCE, async (t) => {
    const { client } = await through(t, { endpoint: `${endpoint.url}/infer`, token: "local-token" });
    await client.infer({ params: { "52-inputs-image": new File(["x"], "in.png") } });
    const { params: sent, files } = await settledRequest(endpoint.url);
    assert.deepEqual([sent, files.length], ["{}", 1]);
  });

  test("a streamed and a plain run, with a file, by id and secret and by token", PATIENCE, async (t) => {
    const picture = new File([new Uint8Array(300_000)], "in.png", {
      type: "image/png",
    });
    const tokens = ["local-token", () => "local-token", async () => "local-token"];
    for (const token of [undefined, ...tokens]) {
      const { client, failures } = await through(t, { endpoint: `${endpoint.url}/infer`, token });
      const logs = [];
      const onLog = (line) => logs.push(line);
      const results = [
        await client.inferWithLogs({ params: { ...params, "52-inputs-image": picture }, onLog }),
        await client.infer({ params }),
      ];
      assert.deepEqual(
        results.map(({ status }) => status),
        ["success", "success"],
      );
      assert.ok(logs.length > 3, `${logs.length} lines of log`);
      assert.equal(results[0].outputs[0].file.size, results[1].outputs[0].file.size);
      assert.deepEqual(failures, []);
      const { authorized_by } = await lastRequest(endpoint.url);
      assert.match(authorized_by, token ? /token/ : /client/);
    }
  });

  test("the gateway's hops are followed with the credentials, by GET", PATIENCE, async (t) => {
    await forgetRequests(endpoint.url);
    const { client } = await through(t, { endpoint: `${endpoint.url}/infer?fault=hops&hops=25` });
    assert.equal((await client.infer({ params })).status, "success");
  });

  test("whoever leaves ends the run", PATIENCE, async (t) => {
    for (const way of ["infer", "inferWithLogs"]) {
      await forgetRequests(held.url);
      const { client } = await through(t, { endpoint: `${held.url}/infer` });
      const leaving = new AbortController();
      const run = client[way]({ params, signal: leaving.signal });
      const ended = assert.rejects(run, { name: "AbortError" });
      await requestArrived(held.url);
      leaving.abort();
      await ended;
      assert.equal((await settledRequest(held.url)).state, "cancelled");
    }
  });

  test("what the deployment refuses arrives as it is", PATIENCE, async (t) => {
    const faults = [
      ["unauthorized", "unauthorized", { status: 401 }],
      ["invalid_params", "validation_failed", { status: 422 }],
      ["rate_limited", "rate_limited", { status: 429, retryAfterMs: (ms) => ms > 0 }],
      ["html_500", "http_status", { status: 500 }],
      ["drop_in_result", "network", {}],
      ["no_result", "stream_ended", {}],
    ];
    for (const [fault, code, facts] of faults) {
      const { client } = await through(t, { endpoint: `${endpoint.url}/infer?fault=${fault}` });
      await assertFailure(() => client.inferWithLogs({ params }), code, facts);
    }
  });
});

describe("as the client tells it", () => {
  const refusals = [
    [{ authorize: () => false }, "unauthorized", { status: 401, message: /sign in/ }],
    [
      { maxBodyBytes: 10 },
      "http_status",
      { status: 413, message: /larger than 10 bytes/, errorType: "too_large" },
    ],
    [{ clientSecret: undefined }, "http_status", { status: 500, message: /VIEWCOMFY_CLIENT_SECRET/ }],
    [{}, "http_status", { status: 502, message: /could not be reached/ }],
  ];
  for (const [options, code, facts] of refusals) {
    test(`${code} ${facts.status}`, PATIENCE, async (t) => {
      const { client } = await through(t, { endpoint: await closedAddress(), ...options });
      await assertFailure(() => client.inferWithLogs({ params }), code, facts);
    });
  }
});

describe("streaming", () => {
  test("each line of log arrives before the next one is sent", PATIENCE, async (t) => {
    const LINES = 5;
    const heard = [];
    let hear = () => {};
    const url = await behind(t, async (request, response) => {
      await bodyText(request);
      response.writeHead(201, { "content-type": "text/event-stream" }).flushHeaders();
      for (let line = 0; line < LINES; line += 1) {
        const arrival = new Promise((resolve) => {
          hear = resolve;
        });
        response.write(`event: log_message\ndata: ${line}\n\n`);
        await arrival;
      }
      response.end(END);
    });
    const { client } = await through(t, { endpoint: url });
    const onLog = (line) => {
      heard.push(line);
      hear();
    };
    await client.inferWithLogs({ params, onLog });
    assert.deepEqual(heard, ["0", "1", "2", "3", "4"]);
  });

  test("the answer's head arrives before its first byte", PATIENCE, async (t) => {
    const url = await behind(t, async (request, response) => {
      await bodyText(request);
      response.writeHead(201, { "content-type": "text/event-stream" }).flushHeaders();
    });
    const proxy = await through(t, { endpoint: url });
    const response = await fetch(proxy.url, { method: "POST", body: formOf() });
    assert.equal(response.status, 201);
    await response.body.cancel();
  });

  test("an answer that breaks off breaks off", PATIENCE, async (t) => {
    const url = await behind(t, async (request, response) => {
      await bodyText(request);
      response.writeHead(201, { "content-type": "application/json" });
      response.write('{"prompt_id":');
      setTimeout(() => response.destroy(), 50);
    });
    const proxy = await through(t, { endpoint: url });
    const response = await fetch(proxy.url, { method: "POST", body: formOf() });
    await assert.rejects(response.text());
  });
});

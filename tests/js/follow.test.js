// A run followed by fetch, which is the way where there is no EventSource. The browser tests follow with both.

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import init, * as lib from "../../pkg/node.js";
import { assertFailure } from "../support/assert-failure.js";
import { begin, describeResult } from "../support/describe.js";
import { PATIENCE } from "../support/patience.js";
import { startRawServer } from "../support/raw-server.js";
import { forgetRequests, hold, release } from "../support/requests.js";
import { closedAddress } from "../support/serve.js";
import { startSmallEndpoint } from "../support/small-endpoint.js";

const request = { params: { "3-inputs-seed": 7n } };
let endpoint;

before(async () => {
  await init();
  endpoint = await startSmallEndpoint({ speed: 200 });
});
after(() => endpoint.close());
beforeEach(async () => {
  await forgetRequests(endpoint.url);
  await release(endpoint.url);
});

test("gives the result and tells the events, for as many as listen", PATIENCE, async () => {
  const address = await begin(lib, endpoint.url, request);
  const told = await Promise.all(
    [{}, { transport: "fetch" }].map(async (options) => {
      const events = [];
      const result = await lib.follow(address, {
        ...options,
        onOpen: ({ status, sent }) => events.push([status, sent]),
        onLog: (line) => events.push(line),
      });
      return { result: await describeResult(result), events };
    }),
  );
  assert.deepEqual(told[0], told[1]);
  assert.deepEqual(told[0].events[0], [200, null]);
  assert.ok(told[0].events.includes("got prompt"));
  assert.equal(told[0].result.sent, null);
  assert.equal(told[0].result.outputs[0].signature, "89504e470d0a1a0a");
});

test("an abort ends it, with its reason", PATIENCE, async () => {
  await hold(endpoint.url);
  const controller = new AbortController();
  const reason = new Error("changed my mind");
  const address = await begin(lib, endpoint.url, request);
  const onLog = () => controller.abort(reason);
  const outcome = lib.follow(address, { signal: controller.signal, onLog });
  assert.equal(await outcome.catch((error) => error), reason);
});

describe("failures", () => {
  for (const [fault, code] of [
    ["unauthorized", "unauthorized"],
    ["html_500", "http_status"],
    ["wrong_type", "invalid_response"],
    ["drop_in_log", "network"],
    ["drop_in_result", "network"],
    ["no_result", "stream_ended"],
    ["error_event", "execution_failed"],
    ["invalid_json", "invalid_response"],
    ["invalid_base64", "invalid_output"],
    ["failed_result", "execution_failed"],
  ]) {
    test(fault, PATIENCE, async () => {
      const address = await begin(lib, endpoint.url, request);
      await assertFailure(() => lib.follow(`${address}?fault=${fault}`), code);
    });
  }

  test("an address where nothing listens, one that is none, and another transport", PATIENCE, async () => {
    await assertFailure(async () => lib.follow(await closedAddress()), "network", { cause: /\S/ });
    await assertFailure(() => lib.follow("/relative"), "network", { cause: /\S/ });
    for (const transport of ["websocket", "", 5, "toString"])
      await assertFailure(() => lib.follow(endpoint.url, { transport }), "invalid_param", {
        key: "transport",
      });
    await assertFailure(() => lib.follow(endpoint.url, { transport: "eventsource" }), "network", {
      message: /transport: "fetch"/,
    });
  });

  test("limits count", PATIENCE, async () => {
    const address = await begin(lib, endpoint.url, request);
    await assertFailure(() => lib.follow(address, { maxResultBytes: 10 }), "too_large", { limit: 10 });
    await hold(endpoint.url);
    const held = await begin(lib, endpoint.url, request);
    await assertFailure(() => lib.follow(held, { timeoutMs: 300 }), "timeout");
  });
});

test("no credentials go along", PATIENCE, async () => {
  let headers;
  const server = await startRawServer((incoming) => {
    headers = incoming.headers;
    return { chunks: ["event: prompt_result\ndata: {}\n\n"] };
  });
  try {
    await lib.follow(server.url);
    assert.equal(headers.accept, "text/event-stream");
    assert.deepEqual(
      [headers.client_id, headers.client_secret, headers.authorization],
      [undefined, undefined, undefined],
    );
  } finally {
    await server.close();
  }
});

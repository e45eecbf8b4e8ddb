// Functions of the caller's that give something: a handler's promise that rejects ends the run, and what has to be a text is one.
// A rejection that nobody hears would end this process, and the test with it.

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { inferWithLogsStream } from "../../pkg/compat-node.js";
import init, * as lib from "../../pkg/node.js";
import { assertFailure } from "../support/assert-failure.js";
import { begin } from "../support/describe.js";
import { PATIENCE } from "../support/patience.js";
import { startRawRuns } from "../support/raw-runs.js";
import { forgetRequests, hold, pause, release, requests, settledRequest } from "../support/requests.js";
import { startSmallEndpoint } from "../support/small-endpoint.js";

const params = { "3-inputs-seed": 1n };
const credentials = { clientId: "local-id", clientSecret: "local-secret" };
const reason = new RangeError("a mistake of the caller's");
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

const clientOf = (options) =>
  new lib.ViewComfyClient({ endpoint: `${endpoint.url}/infer`, ...credentials, ...options });
const rejecting = async () => {
  throw reason;
};

describe("a handler whose promise rejects", () => {
  for (const handler of ["onOpen", "onLog", "onProgress"]) {
    test(`${handler} ends the run with its reason, at the server too`, PATIENCE, async () => {
      await hold(endpoint.url);
      const run = clientOf().inferWithLogs({ params, [handler]: rejecting });
      assert.equal(await run.catch((error) => error), reason);
      assert.equal((await settledRequest(endpoint.url)).state, "cancelled");
    });
  }

  test("onWaiting", PATIENCE, async () => {
    const client = clientOf({ endpoint: `${endpoint.url}/infer?fault=never`, waitingAfterSeconds: 0.05 });
    const run = client.inferWithLogs({ params, onWaiting: rejecting });
    assert.equal(await run.catch((error) => error), reason);
  });

  test("onError", PATIENCE, async () => {
    const client = clientOf({ endpoint: `${endpoint.url}/infer?fault=error_then_result` });
    const run = client.inferWithLogs({ params, onError: rejecting });
    assert.equal(await run.catch((error) => error), reason);
  });

  test("the run waits for it, though the result is there", PATIENCE, async () => {
    let reject;
    const promise = new Promise((_, refuse) => {
      reject = refuse;
    });
    let over = false;
    const run = clientOf().inferWithLogs({ params, onLog: () => promise });
    const outcome = run.catch((error) => error).finally(() => (over = true));
    assert.equal((await settledRequest(endpoint.url)).state, "finished");
    await pause(100);
    assert.equal(over, false);
    reject(reason);
    assert.equal(await outcome, reason);
  });

  test("an abort goes before it, and a promise that never settles can be aborted", PATIENCE, async () => {
    const controller = new AbortController();
    const aborted = new Error("changed my mind");
    const onLog = () => new Promise(() => {});
    const run = clientOf().inferWithLogs({ params, onLog, signal: controller.signal });
    const outcome = run.catch((error) => error);
    await settledRequest(endpoint.url);
    controller.abort(aborted);
    assert.equal(await outcome, aborted);
  });

  test("promises that come to something change nothing", PATIENCE, async () => {
    const lines = [];
    const onLog = async (line) => {
      await pause(1);
      lines.push(line);
    };
    const result = await clientOf().inferWithLogs({ params, onLog });
    assert.equal(result.status, "success");
    assert.ok(lines.length > 3, "the run waited for all of them");
  });

  test("follow, and the calls of the TypeScript client", PATIENCE, async () => {
    const address = await begin(lib, endpoint.url, { params });
    assert.equal(await lib.follow(address, { onLog: rejecting }).catch((error) => error), reason);
    const run = inferWithLogsStream({
      apiUrl: `${endpoint.url}/infer`,
      params: { "3-inputs-seed": 1 },
      loggingCallback: rejecting,
      ...credentials,
    });
    assert.equal(await run.catch((error) => error), reason);
  });
});

describe("what has to be a text", () => {
  for (const [what, given] of [
    ["undefined", () => undefined],
    ["a number", () => 5],
    ["an address object", (url) => new URL(url)],
    ["a promise", async (url) => url],
    ["a promise that rejects", rejecting],
  ]) {
    test(`rewriteUrl gives ${what}`, PATIENCE, async () => {
      const client = clientOf({ endpoint: `${endpoint.url}/infer?fault=link_output`, rewriteUrl: given });
      for (const way of ["infer", "inferWithLogs"])
        await assertFailure(() => client[way]({ params }), "invalid_param", { message: /rewriteUrl/ });
    });
  }

  for (const [what, token] of [
    ["undefined", () => undefined],
    ["a number", async () => 5],
    ["an object", async () => ({ token: "local-token" })],
  ]) {
    test(`token gives ${what}`, PATIENCE, async () => {
      const client = new lib.ViewComfyClient({ endpoint: `${endpoint.url}/infer`, token });
      await assertFailure(() => client.infer({ params }), "invalid_param", { message: /token/ });
      assert.deepEqual(await requests(endpoint.url), []);
    });
  }
});

describe("an answer that says it failed", () => {
  let runs;
  before(async () => {
    runs = await startRawRuns(lib);
  });
  after(() => runs.close());

  for (const body of [
    '{"error_data":"out of memory","outputs":[]}',
    '{"error_data":{"why":"out of memory"},"status":null,"completed":null,"outputs":[]}',
    '{"error_data":"out of memory","status":"failed"}',
  ]) {
    test(`${body} is a failure, not a success with no outputs`, PATIENCE, async () => {
      const facts = { errorData: /out of memory/ };
      await assertFailure(() => runs.plain(body), "execution_failed", facts);
      await assertFailure(
        () => runs.streamed([`event: prompt_result\ndata: ${body}\n\n`]),
        "execution_failed",
        facts,
      );
    });
  }

  test("and one that says it succeeded did", PATIENCE, async () => {
    for (const body of [
      '{"error_data":"","outputs":[]}',
      '{"error_data":null}',
      '{"error_data":"a warning","status":"success"}',
      '{"error_data":"a warning","completed":true}',
    ])
      assert.deepEqual((await runs.plain(body)).outputs, []);
  });
});

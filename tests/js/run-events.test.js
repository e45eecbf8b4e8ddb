// What a run tells on its way, and how a stream is read.

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import init, * as lib from "../../pkg/node.js";
import { runAs } from "../support/describe.js";
import { forgetRequests, pause, requests } from "../support/requests.js";
import { startSmallEndpoint } from "../support/small-endpoint.js";

const credentials = { clientId: "local-id", clientSecret: "local-secret" };
let endpoint;

before(async () => {
  await init();
  endpoint = await startSmallEndpoint({ speed: 200 });
});
after(() => endpoint.close());
beforeEach(() => forgetRequests(endpoint.url));

function run(way, request, options = {}) {
  return runAs(lib, way, { endpoint: endpoint.url, ...credentials, ...options }, request);
}

describe("events", () => {
  for (const way of ["inferWithLogs", "stream"]) {
    test(`${way} tells of the opening, the log and progress, in order`, async () => {
      const { events } = await run(way, { params: { "3-inputs-seed": 1n } });
      assert.deepEqual(events[0], { type: "open", status: 201 });
      assert.equal(events.filter((event) => event.type === "open").length, 1);
      const lines = events.filter((event) => event.type === "log").map((event) => event.line);
      assert.ok(
        lines.some((line) => /got prompt/.test(line)),
        lines.join("\n"),
      );
      assert.ok(
        lines.every((line) => !/^(log_message|error): /.test(line)),
        "no prefix",
      );
      const bars = events.filter((event) => event.type === "progress").map((event) => event.progress);
      assert.ok(bars.length >= 2);
      const last = bars.at(-1);
      assert.deepEqual([last.step, last.total, last.percent], [20, 20, 100]);
      assert.ok(last.elapsedSeconds >= 0);
      for (const progress of bars) {
        assert.ok(progress.step <= progress.total && progress.percent >= 0 && progress.percent <= 100);
        assert.ok(lines.includes(progress.line));
      }
      for (const [at, event] of events.entries()) {
        if (event.type === "progress")
          assert.deepEqual(events[at - 1], { type: "log", line: event.progress.line });
      }
      const steps = bars.map((progress) => progress.step);
      assert.deepEqual(
        steps,
        [...steps].sort((a, b) => a - b),
      );
    });

    test(`${way} tells of an error and still gives the result that follows`, async () => {
      const { result, events } = await run(
        way,
        { params: { "3-inputs-seed": 1n } },
        { query: "?fault=error_then_result" },
      );
      const errors = events.filter((event) => event.type === "error");
      assert.deepEqual(errors, [{ type: "error", message: "RuntimeError: a failure on request" }]);
      assert.equal(result.status, "success");
    });
  }

  test("stream ends with the result, once", async () => {
    const client = new lib.ViewComfyClient({ endpoint: `${endpoint.url}/infer`, ...credentials });
    const types = [];
    for await (const event of client.stream({ params: { "3-inputs-seed": 1n } })) types.push(event.type);
    assert.equal(types.at(-1), "result");
    assert.equal(types.filter((type) => type === "result").length, 1);
    assert.equal(types[0], "open");
  });

  test("stream tells what was sent before anything else", async () => {
    const client = new lib.ViewComfyClient({ endpoint: `${endpoint.url}/infer`, ...credentials });
    const events = client.stream({ params: { "3-inputs-seed": "random" } });
    const { value } = await events.next();
    assert.equal(value.type, "open");
    assert.equal(typeof value.sent.seeds["3-inputs-seed"], "bigint");
    await events.return();
  });

  test("stream sends nothing before it is read", async () => {
    const client = new lib.ViewComfyClient({ endpoint: `${endpoint.url}/infer`, ...credentials });
    client.stream({ params: { "3-inputs-seed": 1n } });
    await pause(100);
    assert.deepEqual(await requests(endpoint.url), []);
  });

  test("a stream is its own iterator and can be read step by step", async () => {
    const client = new lib.ViewComfyClient({ endpoint: `${endpoint.url}/infer`, ...credentials });
    const events = client.stream({ params: { "3-inputs-seed": 1n } });
    assert.equal(events[Symbol.asyncIterator](), events);
    // Asked for ahead of time, answered in order.
    const first = await Promise.all([events.next(), events.next(), events.next()]);
    assert.equal(first[0].value.type, "open");
    let step = first.at(-1);
    while (!step.done && step.value.type !== "result") step = await events.next();
    assert.equal(step.value.type, "result");
    assert.deepEqual(await events.next(), { value: undefined, done: true });
    assert.deepEqual(await events.next(), { value: undefined, done: true });
  });

  test("a handler that is not a function is refused", async () => {
    await assert.rejects(run("infer", { params: { "3-inputs-seed": 1n }, signal: "signal" }), {
      code: "invalid_param",
    });
    const client = new lib.ViewComfyClient({ endpoint: `${endpoint.url}/infer`, ...credentials });
    await assert.rejects(client.inferWithLogs({ params: { "3-inputs-seed": 1n }, onLog: "log" }), {
      code: "invalid_param",
    });
  });
});

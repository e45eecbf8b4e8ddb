// Ending a run early: abort, time limits, leaving the loop, a handler that throws. The server must see it.

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import init, * as lib from "../../pkg/node.js";
import { failureOf, runAs } from "../support/describe.js";
import { differences } from "../support/faults.js";
import { PATIENCE } from "../support/patience.js";
import {
  forgetRequests,
  hold,
  pause,
  requestArrived,
  requests,
  settledRequest,
} from "../support/requests.js";
import { startSmallEndpoint } from "../support/small-endpoint.js";

const WAYS = ["infer", "inferWithLogs", "stream"];
let endpoint;

before(async () => {
  await init();
  endpoint = await startSmallEndpoint({ speed: 200 });
  // A run is still going when it is ended.
  await hold(endpoint.url);
});
after(() => endpoint.close());
beforeEach(() => forgetRequests(endpoint.url));

function run(way, request = {}, options = {}) {
  const settings = { endpoint: endpoint.url, token: "local-token", ...options };
  return runAs(lib, way, settings, { params: { "3-inputs-seed": 1n }, ...request });
}

for (const way of WAYS) {
  describe(way, () => {
    test("an abort rejects with the signal's reason and cancels at the server", PATIENCE, async () => {
      for (const reason of [new Error("changed my mind"), "a string", 42, { any: "thing" }]) {
        await forgetRequests(endpoint.url);
        const controller = new AbortController();
        const outcome = run(way, { signal: controller.signal }).catch((error) => ({ rejected: error }));
        await requestArrived(endpoint.url);
        controller.abort(reason);
        const { rejected } = await outcome;
        assert.equal(rejected, reason);
        assert.equal((await settledRequest(endpoint.url)).state, "cancelled");
      }
    });

    test("an abort without a reason is an AbortError", PATIENCE, async () => {
      const controller = new AbortController();
      const outcome = run(way, { signal: controller.signal }).catch((error) => error);
      await requestArrived(endpoint.url);
      controller.abort();
      const error = await outcome;
      assert.equal(error, controller.signal.reason);
      assert.equal(error.name, "AbortError");
    });

    test("an abort in the middle of the log", PATIENCE, async () => {
      if (way === "infer") return;
      const controller = new AbortController();
      const client = new lib.ViewComfyClient({ endpoint: `${endpoint.url}/infer`, token: "local-token" });
      const reason = new Error("seen enough");
      const request = { params: { "3-inputs-seed": 1n }, signal: controller.signal };
      const seen = [];
      const see = (line) => {
        seen.push(line);
        if (seen.length === 2) controller.abort(reason);
      };
      const outcome =
        way === "stream"
          ? readLogs(client.stream(request), see)
          : client.inferWithLogs({ ...request, onLog: see });
      assert.equal(await outcome.catch((error) => error), reason);
      assert.equal(seen.length, 2, "nothing comes after an abort");
      assert.equal((await settledRequest(endpoint.url)).state, "cancelled");
    });

    test("a signal aborted before sends nothing", PATIENCE, async () => {
      const reason = new Error("too late");
      const error = await run(way, { signal: AbortSignal.abort(reason) }).catch((rejected) => rejected);
      assert.equal(error, reason);
      await pause(50);
      assert.deepEqual(await requests(endpoint.url), []);
    });

    test("an abort after the end changes nothing", PATIENCE, async () => {
      const quick = await startSmallEndpoint({ speed: 200 });
      try {
        const controller = new AbortController();
        const { result } = await run(way, { signal: controller.signal }, { endpoint: quick.url });
        controller.abort(new Error("after the end"));
        assert.equal((await result.outputs[0].blob()).type, "image/png");
        assert.equal((await settledRequest(quick.url)).state, "finished");
      } finally {
        await quick.close();
      }
    });

    test("one signal ends several runs", PATIENCE, async () => {
      const controller = new AbortController();
      const runs = [1, 2, 3].map(() => run(way, { signal: controller.signal }).catch((error) => error));
      await requestArrived(endpoint.url);
      const reason = new Error("all of them");
      controller.abort(reason);
      assert.deepEqual(await Promise.all(runs), [reason, reason, reason]);
    });

    test("the client's time limit ends a run at both sides", PATIENCE, async () => {
      const failure = await failureOf(() => run(way, {}, { timeoutMs: 1_000 }));
      assert.deepEqual(differences(failure, { code: "timeout", message: /1000/ }), [], failure.text);
      assert.equal((await settledRequest(endpoint.url)).state, "cancelled");
    });

    test("the request's time limit goes before the client's", PATIENCE, async () => {
      const failure = await failureOf(() => run(way, { timeoutMs: 150 }, { timeoutMs: 60_000 }));
      assert.deepEqual(differences(failure, { code: "timeout", message: /150/ }), [], failure.text);
    });

    test("a limit of 0 is none", PATIENCE, async () => {
      const quick = await startSmallEndpoint({ speed: 100 });
      try {
        const { result } = await run(way, { timeoutMs: 0 }, { endpoint: quick.url, timeoutMs: 1 });
        assert.equal(result.status, "success");
      } finally {
        await quick.close();
      }
    });

    test("a limit longer than a timer can count is none either", PATIENCE, async () => {
      const quick = await startSmallEndpoint({ speed: 100 });
      try {
        for (const timeoutMs of [2 ** 31, Number.MAX_SAFE_INTEGER]) {
          const { result } = await run(way, { timeoutMs }, { endpoint: quick.url });
          assert.equal(result.status, "success");
        }
      } finally {
        await quick.close();
      }
    });

    test("a signal's own time limit is its reason", PATIENCE, async () => {
      const error = await run(way, { signal: AbortSignal.timeout(150) }).catch((rejected) => rejected);
      assert.equal(error.name, "TimeoutError");
      assert.ok(!lib.isViewComfyError(error));
    });
  });
}

describe("a handler that throws", () => {
  for (const handler of ["onOpen", "onLog", "onProgress"]) {
    test(`${handler} ends the run with what it threw`, PATIENCE, async () => {
      const client = new lib.ViewComfyClient({ endpoint: `${endpoint.url}/infer`, token: "local-token" });
      const thrown = new RangeError("a bug of the caller's");
      const fail = () => {
        throw thrown;
      };
      const outcome = client.inferWithLogs({ params: { "3-inputs-seed": 1n }, [handler]: fail });
      assert.equal(await outcome.catch((error) => error), thrown);
      assert.equal((await settledRequest(endpoint.url)).state, "cancelled");
    });
  }
});

describe("leaving the loop over a stream", () => {
  const open = () =>
    new lib.ViewComfyClient({ endpoint: `${endpoint.url}/infer`, token: "local-token" }).stream({
      params: { "3-inputs-seed": 1n },
    });

  test("break aborts the run", PATIENCE, async () => {
    for await (const event of open()) if (event.type === "log") break;
    assert.equal((await settledRequest(endpoint.url)).state, "cancelled");
  });

  test("an exception aborts the run and is passed on", PATIENCE, async () => {
    const thrown = new Error("out of the loop");
    await assert.rejects(
      readLogs(open(), () => {
        throw thrown;
      }),
      thrown,
    );
    assert.equal((await settledRequest(endpoint.url)).state, "cancelled");
  });

  test("return() while waiting for an event ends it at once", PATIENCE, async () => {
    const events = open();
    await events.next();
    const waiting = events.next();
    await events.return();
    assert.ok(
      await waiting.then(
        (step) => step.done,
        () => true,
      ),
      "the call that waits gets no event",
    );
    assert.equal((await settledRequest(endpoint.url)).state, "cancelled");
    assert.deepEqual(await events.next(), { value: undefined, done: true });
  });
});

describe("waiting", () => {
  for (const way of ["inferWithLogs", "stream"]) {
    test(`${way} tells of a cold start, again and again, until the answer begins`, PATIENCE, async () => {
      const cold = await startSmallEndpoint({ speed: 20, coldStart: 60 });
      try {
        const { events } = await run(way, {}, { endpoint: cold.url, waitingAfterSeconds: 0.2 });
        const waits = events.filter((event) => event.type === "waiting");
        assert.ok(waits.length >= 2, JSON.stringify(waits));
        for (const [at, { seconds }] of waits.entries()) assert.ok(seconds > (waits[at - 1]?.seconds ?? 0));
        // The head of an answer may come before its body does, and then the waiting goes on.
        const first = events.findIndex(({ type }) => type !== "waiting" && type !== "open");
        assert.equal(
          events.slice(first).filter(({ type }) => type === "waiting").length,
          0,
          "none behind it",
        );
      } finally {
        await cold.close();
      }
    });
  }

  test("0 is never", PATIENCE, async () => {
    const cold = await startSmallEndpoint({ speed: 20, coldStart: 8 });
    try {
      const { events } = await run("inferWithLogs", {}, { endpoint: cold.url, waitingAfterSeconds: 0 });
      assert.deepEqual(
        events.filter((event) => event.type === "waiting"),
        [],
      );
    } finally {
      await cold.close();
    }
  });
});

async function readLogs(events, see) {
  for await (const event of events) if (event.type === "log") see(event.line);
}

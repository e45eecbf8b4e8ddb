// How the cloud route follows a run to its end: look-ups that fail, runs that end otherwise, callers who leave.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import * as lib from "../../pkg/node.js";
import { assertFailure } from "../support/assert-failure.js";
import { params, streamed, withCloud } from "../support/cloud-run.js";
import { until } from "../support/comfyui.js";
import { PATIENCE } from "../support/patience.js";
import { hold, release } from "../support/requests.js";

const here = withCloud();

describe("the look-up", () => {
  for (const look_up of ["fail", "cut", "unknown", "never"]) {
    test(`${look_up} for a while`, PATIENCE, async (t) => {
      // Only what never comes needs a limit: the call that begins the run, however slow, must not reach it.
      const callTimeoutMs = look_up === "never" ? 2_000 : PATIENCE.timeout;
      const { client } = await here.through(t, { look_up, look_ups: "3" }, { callTimeoutMs });
      const { result } = await streamed(client);
      assert.equal(result.status, "success");
    });
  }

  test(
    "for longer than the patience: the answer breaks off, and the app's log says why",
    PATIENCE,
    async (t) => {
      const route = await here.through(t, { look_up: "fail", look_ups: "1000000" }, { patienceMs: 150 });
      const client = new lib.ViewComfyClient({ endpoint: route.endpoint, maxResumes: 0 });
      const error = await client.inferWithLogs({ params }).catch((failure) => failure);
      assert.equal(error.code, "network");
      assert.deepEqual([route.failures[0].code, (await here.onlyJob()).taken], ["unreachable", 1]);
      assert.match(route.failures[0].message, /may go on/);
    },
  );

  test("a run that takes too long: the answer breaks off, and the run goes on", PATIENCE, async (t) => {
    await hold(here.cloud.url);
    const route = await here.through(t, {}, { timeoutMs: 2_000 });
    const client = new lib.ViewComfyClient({ endpoint: route.endpoint, maxResumes: 0 });
    const error = await client.inferWithLogs({ params }).catch((failure) => failure);
    assert.deepEqual([error.code, route.failures[0].code], ["network", "timeout"]);
    assert.equal((await here.onlyJob()).status, "running");
  });
});

describe("how a run ends otherwise", () => {
  for (const logs of [true, false]) {
    test(`in error, ${logs ? "streamed" : "plain"}`, PATIENCE, async (t) => {
      const { client } = await here.through(t, { job: "fails" });
      const run = logs ? streamed(client) : client.infer({ params });
      const error = await run.catch((failure) => failure);
      assert.deepEqual(
        [error.code, error.errorData],
        ["execution_failed", "ValueError: a failure on request"],
      );
      assert.equal(error.result.status, "error");
    });
  }

  test("in error, with every event lost", PATIENCE, async (t) => {
    const { client } = await here.through(t, { job: "fails", lose: "1" });
    await assertFailure(() => streamed(client), "execution_failed");
  });

  test("canceled from elsewhere", PATIENCE, async (t) => {
    const { client } = await here.through(t);
    const { promptId, ends } = await here.heldRun(client);
    assert.equal(await client.cancel(promptId), true);
    const { error } = await ends;
    assert.deepEqual([error.code, error.errorData], ["execution_failed", "The run was canceled."]);
    assert.equal(error.result.status, "canceled");
    assert.equal(await client.cancel(promptId), false, "it has ended");
    assert.equal((await client.lookUp(promptId))[0].status, "canceled");
  });

  test("canceled with a token", PATIENCE, async (t) => {
    const { client } = await here.through(
      t,
      {},
      { token: "local-token", clientId: undefined, clientSecret: undefined },
    );
    const { promptId, ends } = await here.heldRun(client);
    assert.equal(await client.cancel(promptId), true);
    assert.equal((await ends).error.result.status, "canceled");
  });
});

describe("leaving", () => {
  test("cancels nothing, and the run can be resumed by anybody who has its id", PATIENCE, async (t) => {
    const first = await here.through(t);
    const leaving = new AbortController();
    const { promptId, ends } = await here.heldRun(first.client, { signal: leaving.signal });
    leaving.abort();
    assert.equal((await ends).error.name, "AbortError");
    const other = await here.through(t);
    const [record] = await other.client.lookUp(promptId);
    assert.deepEqual([record.status, record.outputs], ["running", []]);
    const resumed = other.client.resume(promptId);
    await release(here.cloud.url);
    const result = await resumed;
    assert.deepEqual([result.promptId, result.outputs.length], [promptId, 1]);
    // Also when it has long ended.
    assert.equal((await other.client.resume(promptId)).promptId, promptId);
    const { taken, canceled } = await here.onlyJob();
    assert.deepEqual([taken, canceled], [1, 0]);
  });

  test("cancels where the app wants it so", PATIENCE, async (t) => {
    const { client } = await here.through(t, {}, { cancelOnLeave: true });
    const leaving = new AbortController();
    const { ends } = await here.heldRun(client, { signal: leaving.signal });
    leaving.abort();
    await ends;
    await until(async () => (await here.onlyJob()).status === "canceled");
    assert.equal((await here.onlyJob()).canceled, 1);
  });

  test("a run that nobody knows", PATIENCE, async (t) => {
    const { client } = await here.through(t);
    const id = crypto.randomUUID();
    for (const call of [() => client.resume(id), () => client.cancel(id)])
      await assertFailure(call, "unknown_run");
    assert.deepEqual(await client.lookUp([id]), []);
  });
});

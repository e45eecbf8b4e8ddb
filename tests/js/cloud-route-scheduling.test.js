// The call that begins a run by the cloud API: lost, late or refused on the way, the run is begun once.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { params, streamed, withCloud } from "../support/cloud-run.js";
import { PATIENCE } from "../support/patience.js";
import { formOf } from "../support/proxy.js";

const here = withCloud();

describe("the answer to the schedule call", () => {
  const taken = ["taken_cut", "taken_timeout", "taken_never"];
  for (const schedule of taken) {
    test(`${schedule}: the run is found, and not begun again`, PATIENCE, async (t) => {
      // Only what never comes needs a limit: a call that is merely slow must not reach it.
      const callTimeoutMs = schedule === "taken_never" ? 2_000 : PATIENCE.timeout;
      const { client } = await here.through(t, { schedule }, { callTimeoutMs });
      const { result } = await streamed(client);
      assert.equal(result.status, "success");
      const { calls } = await here.cloud.counts();
      assert.deepEqual(Object.values(calls), [1]);
      assert.equal((await here.onlyJob()).taken, 1);
    });
  }

  for (const schedule of ["cut", "unavailable"]) {
    test(`${schedule}: the form is sent again under the same id`, PATIENCE, async (t) => {
      const { client } = await here.through(t, { schedule, schedules: "2" });
      const { result } = await streamed(client);
      assert.equal((await here.onlyJob()).taken, 1);
      assert.deepEqual((await here.cloud.counts()).calls, { [result.promptId]: 3 });
    });
  }

  test("again and again unavailable: the gateway's answer", PATIENCE, async (t) => {
    const route = await here.through(t, { schedule: "unavailable", schedules: "99" });
    const error = await route.client.infer({ params }).catch((failure) => failure);
    assert.deepEqual([error.code, error.status], ["http_status", 503]);
    assert.deepEqual(Object.values((await here.cloud.counts()).calls), [3]);
  });

  test("lost, and the look-up does not know the run at once", PATIENCE, async (t) => {
    const { client } = await here.through(t, { schedule: "taken_cut", look_up: "unknown", look_ups: "2" });
    await streamed(client);
    assert.deepEqual(Object.values((await here.cloud.counts()).calls), [1]);
  });

  test(
    "never comes, and no look-up knows the run: it is not sent again, and the id is told",
    PATIENCE,
    async (t) => {
      const faults = { schedule: "taken_never", look_up: "unknown", look_ups: "99" };
      const { endpoint } = await here.through(t, faults, { callTimeoutMs: 2_000 });
      const answer = await fetch(endpoint, {
        method: "POST",
        body: formOf({ params: '{"3-inputs-seed":1}' }),
      });
      const { prompt_id, taken } = await here.onlyJob();
      assert.deepEqual(
        [answer.status, answer.headers.get("viewcomfy-prompt-id"), taken],
        [502, prompt_id, 1],
      );
      assert.match((await answer.json()).errorDetails, /look it up before you send it again/);
    },
  );

  test("of a body that is streamed: it cannot be sent again, and says so", PATIENCE, async (t) => {
    const file = new File([new Uint8Array(300_000)], "in.png");
    const route = await here.through(t, { schedule: "cut" });
    const error = await route.client
      .infer({ params: { "9-inputs-image": file } })
      .catch((failure) => failure);
    assert.deepEqual([error.status, route.failures[0].code], [502, "unreachable"]);
    assert.deepEqual(Object.values((await here.cloud.counts()).calls), [1]);
  });
});

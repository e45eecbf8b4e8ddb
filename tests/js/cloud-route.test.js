// Runs of the package's own client through the cloud route: over HTTP, and as its `fetch`.

import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { createCloudRoute } from "../../pkg/cloud.js";
import * as lib from "../../pkg/node.js";
import { assertFailure } from "../support/assert-failure.js";
import { startCloud, startCloudRoute } from "../support/cloud.js";
import { PATIENCE } from "../support/patience.js";
import { formOf } from "../support/proxy.js";
import { hold, lastRequest, pause, release } from "../support/requests.js";
import { closedAddress } from "../support/serve.js";

const params = { "3-inputs-seed": 18446744073709551615n };

let cloud;
before(async () => {
  cloud = await startCloud();
});
after(() => cloud.close());
afterEach(async () => {
  await release(cloud.url);
  await cloud.forget();
});

/** A route for the length of one test, whose jobs have these faults. */
async function through(t, faults, more) {
  const route = await startCloudRoute(cloud.options(faults, more));
  t.after(() => route.close());
  return route;
}

/** A streamed run: its result, its log and the id that was told first. */
async function streamed(client) {
  const seen = { log: [], errors: [], promptId: undefined };
  const result = await client.inferWithLogs({
    params,
    onLog: (line) => seen.log.push(line),
    onError: (message) => seen.errors.push(message),
  });
  return { ...seen, result };
}

/** The one job that there is. */
async function onlyJob() {
  const { jobs } = await cloud.counts();
  assert.equal(jobs.length, 1);
  return jobs[0];
}

async function until(isSo) {
  while (!(await isSo())) await pause(10);
}

/** Follows a run that is held, and lets it end once it is there. */
async function heldRun(client, extra = {}) {
  await hold(cloud.url);
  const ends = client
    .inferWithLogs({ params, ...extra })
    .then((result) => ({ result }))
    .catch((error) => ({ error }));
  await until(async () => (await cloud.counts()).jobs.length > 0);
  const promptId = (await cloud.counts()).jobs[0].prompt_id;
  return { promptId, ends };
}

const bytesOf = async (route, output) => {
  const answer = await fetch(new URL(output.url, route.endpoint));
  assert.equal(answer.status, 200);
  return new Uint8Array(await answer.arrayBuffer());
};

describe("a run", () => {
  test("streamed, with its log and a link through the route", PATIENCE, async (t) => {
    const route = await through(t);
    const { result, log } = await streamed(route.client);
    assert.equal(result.status, "success");
    assert.match(result.promptId, /^[\da-f]{8}-[\da-f]{4}-4/);
    assert.equal(log[0], "got prompt");
    assert.match(log.at(-1), /Prompt executed/);
    const [output] = result.outputs;
    const picture = await bytesOf(route, output);
    assert.equal(picture.length, output.size);
    assert.deepEqual([...picture.subarray(1, 4)], [0x50, 0x4e, 0x47]);
    const job = await onlyJob();
    assert.deepEqual([job.taken, job.prompt_id], [1, result.promptId]);
    assert.equal(result.prompt["3"].inputs.seed, params["3-inputs-seed"], "every digit of the seed");
    assert.deepEqual(route.failures, []);
  });

  test("plain, and with the outputs in it", PATIENCE, async (t) => {
    const route = await through(t, {}, { outputs: "inline" });
    const result = await route.client.infer({ params });
    assert.equal(result.outputs[0].file.size, result.outputs[0].size);
    const request = await lastRequest(cloud.url);
    assert.deepEqual([request.logs, request.authorized_by], [false, "client"]);
    const linked = await (await through(t)).client.infer({ params });
    const bytes = await bytesOf(route, linked.outputs[0]);
    assert.deepEqual(new Uint8Array(await result.outputs[0].file.arrayBuffer()), bytes);
  });

  test("with a token, a function too, and the files of its form", PATIENCE, async (t) => {
    const file = new File([new Uint8Array(300_000)], "in.png", { type: "image/png" });
    for (const token of ["local-token", async () => "local-token"]) {
      const { client } = await through(t, {}, { token, clientId: undefined, clientSecret: undefined });
      const result = await client.infer({ params: { ...params, "52-inputs-image": file } });
      assert.equal(result.status, "success");
      const { files, authorized_by } = await lastRequest(cloud.url);
      assert.deepEqual([files[0].size, authorized_by], [300_000, "token"]);
      const { handshakes } = await cloud.counts();
      assert.ok(handshakes > 0);
    }
  });

  test("in one process, without HTTP between", PATIENCE, async () => {
    const route = createCloudRoute(cloud.options({}, { outputs: "inline" }));
    const client = new lib.ViewComfyClient({ endpoint: "http://localhost/run", fetch: route });
    const { result, log } = await streamed(client);
    assert.ok(result.outputs[0].file.size > 0);
    assert.equal(log[0], "got prompt");
    assert.equal((await client.lookUp(result.promptId))[0].status, "success");
  });

  test("of a form as Python's client sends it without files", PATIENCE, async (t) => {
    const { endpoint } = await through(t);
    const body = new URLSearchParams({ params: '{"3-inputs-seed": 5}', logs: "False", workflow_api: "" });
    const answer = await fetch(endpoint, { method: "POST", body });
    assert.equal((await answer.json()).prompt["3"].inputs.seed, 5);
  });

  test("says its id before anything else", PATIENCE, async (t) => {
    const { endpoint } = await through(t);
    await hold(cloud.url);
    for (const logs of ["true", "false"]) {
      await cloud.forget();
      const answer = await fetch(endpoint, {
        method: "POST",
        body: formOf({ params: '{"3-inputs-seed":1}', logs }),
      });
      const { prompt_id, status } = await onlyJob();
      assert.deepEqual([answer.headers.get("viewcomfy-prompt-id"), status], [prompt_id, "running"]);
      await answer.body.cancel();
    }
  });

  test("that the deployment refuses ends with its node errors", PATIENCE, async (t) => {
    const { client } = await through(t);
    const workflow = { 3: { class_type: "SaveImage", inputs: { images: ["2", 0], filename_prefix: "x" } } };
    const request = { params: { "3-inputs-filename_prefix": "y" }, workflowApi: workflow };
    for (const way of ["inferWithLogs", "infer"]) {
      const { nodeErrors } = await assertFailure(() => client[way](request), "validation_failed");
      assert.deepEqual([nodeErrors[0].nodeId, nodeErrors[0].classType], ["3", "SaveImage"], way);
    }
  });
});

describe("what the service refuses", () => {
  test("comes as it is, and is not sent again", PATIENCE, async (t) => {
    const wrong = await through(t, {}, { clientSecret: "another-secret" });
    const error = await wrong.client.infer({ params }).catch((failure) => failure);
    assert.deepEqual([error.code, error.status], ["unauthorized", 401]);
    const limited = await through(t, { schedule: "limited" });
    const later = await limited.client.infer({ params }).catch((failure) => failure);
    assert.deepEqual([later.code, later.retryAfterMs], ["rate_limited", 7_000]);
    const { calls, jobs } = await cloud.counts();
    assert.deepEqual([Object.values(calls), jobs], [[1], []]);
  });

  test("an API that is not there is told as that, after a few tries", PATIENCE, async (t) => {
    const nobody = await closedAddress();
    const route = await through(t, {}, { baseUrl: nobody });
    const error = await route.client.infer({ params }).catch((failure) => failure);
    assert.deepEqual([error.code, error.status], ["http_status", 502]);
    assert.deepEqual(
      route.failures.map(({ code, status }) => [code, status]),
      [["unreachable", 502]],
    );
    assert.match(route.failures[0].message, /was not begun: try again/);
  });
});

describe("the answer to the schedule call", () => {
  const taken = ["taken_cut", "taken_timeout", "taken_never"];
  for (const schedule of taken) {
    test(`${schedule}: the run is found, and not begun again`, PATIENCE, async (t) => {
      const { client } = await through(t, { schedule }, { callTimeoutMs: 300 });
      const { result } = await streamed(client);
      assert.equal(result.status, "success");
      const { calls } = await cloud.counts();
      assert.deepEqual(Object.values(calls), [1]);
      assert.equal((await onlyJob()).taken, 1);
    });
  }

  for (const schedule of ["cut", "unavailable"]) {
    test(`${schedule}: the form is sent again under the same id`, PATIENCE, async (t) => {
      const { client } = await through(t, { schedule, schedules: "2" });
      const { result } = await streamed(client);
      assert.equal((await onlyJob()).taken, 1);
      assert.deepEqual((await cloud.counts()).calls, { [result.promptId]: 3 });
    });
  }

  test("again and again unavailable: the gateway's answer", PATIENCE, async (t) => {
    const route = await through(t, { schedule: "unavailable", schedules: "99" });
    const error = await route.client.infer({ params }).catch((failure) => failure);
    assert.deepEqual([error.code, error.status], ["http_status", 503]);
    assert.deepEqual(Object.values((await cloud.counts()).calls), [3]);
  });

  test("lost, and the look-up does not know the run at once", PATIENCE, async (t) => {
    const { client } = await through(t, { schedule: "taken_cut", look_up: "unknown", look_ups: "2" });
    await streamed(client);
    assert.deepEqual(Object.values((await cloud.counts()).calls), [1]);
  });

  test(
    "never comes, and no look-up knows the run: it is not sent again, and the id is told",
    PATIENCE,
    async (t) => {
      const faults = { schedule: "taken_never", look_up: "unknown", look_ups: "99" };
      const { endpoint } = await through(t, faults, { callTimeoutMs: 300 });
      const answer = await fetch(endpoint, {
        method: "POST",
        body: formOf({ params: '{"3-inputs-seed":1}' }),
      });
      const { prompt_id, taken } = await onlyJob();
      assert.deepEqual(
        [answer.status, answer.headers.get("viewcomfy-prompt-id"), taken],
        [502, prompt_id, 1],
      );
      assert.match((await answer.json()).errorDetails, /look it up before it is sent once more/);
    },
  );

  test("of a body that is streamed: it cannot be sent again, and says so", PATIENCE, async (t) => {
    const file = new File([new Uint8Array(300_000)], "in.png");
    const route = await through(t, { schedule: "cut" });
    const error = await route.client
      .infer({ params: { "9-inputs-image": file } })
      .catch((failure) => failure);
    assert.deepEqual([error.status, route.failures[0].code], [502, "unreachable"]);
    assert.deepEqual(Object.values((await cloud.counts()).calls), [1]);
  });
});

describe("live events", () => {
  const faults = {
    "all are lost": { lose: "1" },
    "every second is lost": { lose: "2" },
    "each comes twice": { double: "true" },
    "neighbours change places": { shuffle: "true" },
    "the socket is dropped": { drop_after: "3" },
    "the result message is empty": { empty_result: "true" },
    "bare texts of the older form": { bare: "true" },
    "all of it": { lose: "3", double: "true", shuffle: "true", drop_after: "5", empty_result: "true" },
  };
  for (const [what, fault] of Object.entries(faults)) {
    test(`${what}: the result comes`, PATIENCE, async (t) => {
      const { client } = await through(t, fault);
      const { result, errors } = await streamed(client);
      assert.deepEqual([result.status, result.outputs.length, errors], ["success", 1, []]);
      const { taken } = await onlyJob();
      assert.equal(taken, 1);
    });
  }

  for (const sockets of ["refused", "silent"]) {
    test(`the handshake is ${sockets}: the look-up alone carries the run`, PATIENCE, async (t) => {
      await cloud.set({ sockets });
      const { client } = await through(t);
      const { result, log } = await streamed(client);
      assert.equal(result.status, "success");
      assert.ok(log.length <= 1, log.join("\n"));
      if (sockets === "refused") assert.match(log[0], /^No live log \(the socket cannot connect\)/);
    });
  }

  test("nobody listens at the socket's address: one line of the log says so", PATIENCE, async (t) => {
    const { client } = await through(t, {}, { socketUrl: await closedAddress() });
    const { result, log } = await streamed(client);
    assert.equal(result.status, "success");
    assert.deepEqual(log.length, 1);
    assert.match(log[0], /No live log/);
  });

  test("not wanted: no handshake", PATIENCE, async (t) => {
    const { client } = await through(t, {}, { liveEvents: false });
    const before = (await cloud.counts()).handshakes;
    const { log } = await streamed(client);
    assert.deepEqual([log, (await cloud.counts()).handshakes], [[], before]);
  });

  test("the package's io is used where it is given", PATIENCE, async (t) => {
    const { io } = await import("socket.io-client");
    const asked = [];
    const given = (address, options) => {
      asked.push([address, options.path, options.transports]);
      return io(address, options);
    };
    const { client } = await through(t, {}, { io: given });
    const { log } = await streamed(client);
    assert.equal(log[0], "got prompt");
    assert.deepEqual(asked, [[cloud.url, "/cloud/socket.io", ["websocket"]]]);
  });

  test("dropped in the middle, it connects again and is subscribed", PATIENCE, async (t) => {
    const { client } = await through(t);
    const lines = [];
    const { ends } = await heldRun(client, { onLog: (line) => lines.push(line) });
    await until(async () => (await cloud.counts()).sockets === 1);
    await cloud.cutSockets();
    await until(async () => (await onlyJob()).sockets === 2);
    await release(cloud.url);
    assert.equal((await ends).result.status, "success");
  });

  test("an error that no look-up confirms is a line of the log", PATIENCE, async (t) => {
    const { client } = await through(t, { false_error: "true" });
    const { result, log, errors } = await streamed(client);
    assert.deepEqual([result.status, errors], ["success", []]);
    assert.ok(log.some((line) => /looks like an error/.test(line)));
  });

  test("no socket and no timer are left behind", PATIENCE, async (t) => {
    const { client } = await through(t);
    await streamed(client);
    await until(async () => (await cloud.counts()).sockets === 0);
  });
});

describe("the look-up", () => {
  for (const look_up of ["fail", "cut", "unknown", "never"]) {
    test(`${look_up} for a while`, PATIENCE, async (t) => {
      const { client } = await through(t, { look_up, look_ups: "3" }, { callTimeoutMs: 200 });
      const { result } = await streamed(client);
      assert.equal(result.status, "success");
    });
  }

  test(
    "for longer than the patience: the answer breaks off, and the app's log says why",
    PATIENCE,
    async (t) => {
      const route = await through(t, { look_up: "fail", look_ups: "1000000" }, { patienceMs: 150 });
      const client = new lib.ViewComfyClient({ endpoint: route.endpoint, maxResumes: 0 });
      const error = await client.inferWithLogs({ params }).catch((failure) => failure);
      assert.equal(error.code, "network");
      assert.deepEqual([route.failures[0].code, (await onlyJob()).taken], ["unreachable", 1]);
      assert.match(route.failures[0].message, /may go on/);
    },
  );

  test("a run that takes too long: the answer breaks off, and the run goes on", PATIENCE, async (t) => {
    await hold(cloud.url);
    const route = await through(t, {}, { timeoutMs: 200 });
    const client = new lib.ViewComfyClient({ endpoint: route.endpoint, maxResumes: 0 });
    const error = await client.inferWithLogs({ params }).catch((failure) => failure);
    assert.deepEqual([error.code, route.failures[0].code], ["network", "timeout"]);
    assert.equal((await onlyJob()).status, "running");
  });
});

describe("how a run ends otherwise", () => {
  for (const logs of [true, false]) {
    test(`in error, ${logs ? "streamed" : "plain"}`, PATIENCE, async (t) => {
      const { client } = await through(t, { job: "fails" });
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
    const { client } = await through(t, { job: "fails", lose: "1" });
    await assertFailure(() => streamed(client), "execution_failed");
  });

  test("canceled from elsewhere", PATIENCE, async (t) => {
    const { client } = await through(t);
    const { promptId, ends } = await heldRun(client);
    assert.equal(await client.cancel(promptId), true);
    const { error } = await ends;
    assert.deepEqual([error.code, error.errorData], ["execution_failed", "The run was canceled."]);
    assert.equal(error.result.status, "canceled");
    assert.equal(await client.cancel(promptId), false, "it has ended");
    assert.equal((await client.lookUp(promptId))[0].status, "canceled");
  });

  test("canceled with a token", PATIENCE, async (t) => {
    const { client } = await through(
      t,
      {},
      { token: "local-token", clientId: undefined, clientSecret: undefined },
    );
    const { promptId, ends } = await heldRun(client);
    assert.equal(await client.cancel(promptId), true);
    assert.equal((await ends).error.result.status, "canceled");
  });
});

describe("leaving", () => {
  test("cancels nothing, and the run can be resumed by anybody who has its id", PATIENCE, async (t) => {
    const first = await through(t);
    const leaving = new AbortController();
    const { promptId, ends } = await heldRun(first.client, { signal: leaving.signal });
    leaving.abort();
    assert.equal((await ends).error.name, "AbortError");
    const other = await through(t);
    const [record] = await other.client.lookUp(promptId);
    assert.deepEqual([record.status, record.outputs], ["running", []]);
    const resumed = other.client.resume(promptId);
    await release(cloud.url);
    const result = await resumed;
    assert.deepEqual([result.promptId, result.outputs.length], [promptId, 1]);
    // Also when it has long ended.
    assert.equal((await other.client.resume(promptId)).promptId, promptId);
    const { taken, canceled } = await onlyJob();
    assert.deepEqual([taken, canceled], [1, 0]);
  });

  test("cancels where the app wants it so", PATIENCE, async (t) => {
    const { client } = await through(t, {}, { cancelOnLeave: true });
    const leaving = new AbortController();
    const { ends } = await heldRun(client, { signal: leaving.signal });
    leaving.abort();
    await ends;
    await until(async () => (await onlyJob()).status === "canceled");
    assert.equal((await onlyJob()).canceled, 1);
  });

  test("a run that nobody knows", PATIENCE, async (t) => {
    const { client } = await through(t);
    const id = crypto.randomUUID();
    for (const call of [() => client.resume(id), () => client.cancel(id)])
      await assertFailure(call, "unknown_run");
    assert.deepEqual(await client.lookUp([id]), []);
  });
});

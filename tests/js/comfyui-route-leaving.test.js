// Who leaves and who stays: a caller who leaves cancels exactly its own run.

import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";

import WebSocket from "ws";

import { clientOf, eventsOf, formFor, startRoute } from "../support/comfy-route.js";
import { fresh, resultOf } from "../support/comfy-run.js";
import { getJson, NEEDS_CONTROLS, startComfy, until } from "../support/comfyui.js";
import { PATIENCE } from "../support/patience.js";
import { refusalOf } from "../support/proxy.js";

const idOf = (response) => response.headers.get("viewcomfy-prompt-id");
const uuidOf = (response) => idOf(response).split(".")[1];

describe("leaving", { skip: NEEDS_CONTROLS }, () => {
  let comfy;
  let route;
  before(async () => {
    comfy = await startComfy();
    route = await startRoute({ servers: [comfy.url] });
  });
  after(() => Promise.all([route.close(), comfy.close()]));
  beforeEach(() => comfy.faults({ hold: true }));
  afterEach(async () => {
    await comfy.faults();
    await until(async () => (await getJson(`${comfy.url}/prompt`)).exec_info.queue_remaining === 0);
    const { interrupts } = await comfy.counts();
    assert.ok(
      interrupts.every((id) => id !== null),
      "an interrupt that hits whatever runs",
    );
  });

  const post = (signal, { at = route, form = formFor(fresh()) } = {}) =>
    fetch(at.endpoint, { method: "POST", body: form, signal });
  const job = (uuid) => getJson(`${comfy.url}/api/jobs/${uuid}`);
  const isRunning = async (uuid) => (await getJson(`${comfy.url}/queue`)).queue_running[0]?.[1] === uuid;
  const known = async () => Object.keys((await comfy.counts()).prompts);

  for (const jobs of ["with jobs", "of the time before jobs"]) {
    const faults = { hold: true, no_jobs: jobs !== "with jobs" };
    const ended = async (uuid) => {
      const entry = (await getJson(`${comfy.url}/history/${uuid}`))[uuid];
      return entry?.status.messages.at(-1)[0];
    };

    test(`two runs at once, ${jobs}: the running one is interrupted, and no other`, PATIENCE, async () => {
      await comfy.faults(faults);
      const caller = new AbortController();
      const first = await post(caller.signal);
      const second = await post();
      const reading = eventsOf(second);
      await until(() => isRunning(uuidOf(first)));
      caller.abort();
      await until(async () => (await ended(uuidOf(first))) === "execution_interrupted");
      await until(() => isRunning(uuidOf(second)));
      await comfy.faults();
      assert.equal(resultOf(await reading).status, "success");
    });

    test(
      `the waiting one, ${jobs}: it is taken from the queue, and what runs goes on`,
      PATIENCE,
      async () => {
        await comfy.faults(faults);
        const caller = new AbortController();
        const first = await post();
        const reading = eventsOf(first);
        const second = await post(caller.signal);
        await until(() => isRunning(uuidOf(first)));
        caller.abort();
        await until(async () => (await getJson(`${comfy.url}/queue`)).queue_pending.length === 0);
        assert.ok(await isRunning(uuidOf(first)));
        await comfy.faults();
        assert.equal(resultOf(await reading).status, "success");
        assert.equal(await ended(uuidOf(second)), undefined);
        assert.equal((await comfy.counts()).prompts[uuidOf(second)].executed, 0);
      },
    );
  }

  test(
    "a plain answer that is waited for, and one in this process whose stream is given up",
    PATIENCE,
    async () => {
      const before = (await known()).length;
      const caller = new AbortController();
      const plain = post(caller.signal, { form: formFor(fresh(), { logs: "false" }) });
      await until(async () => (await known()).length > before);
      const uuid = await until(async () => (await getJson(`${comfy.url}/queue`)).queue_running[0]?.[1]);
      caller.abort();
      await assert.rejects(plain);
      await until(async () => (await job(uuid)).status === "cancelled");

      const request = new Request("http://route.invalid/", { method: "POST", body: formFor(fresh()) });
      const response = await route.route(request);
      await until(() => isRunning(uuidOf(response)));
      await response.body.cancel();
      await until(async () => (await job(uuidOf(response))).status === "cancelled");
    },
  );

  test("the client's abort", PATIENCE, async () => {
    const client = await clientOf(route, true);
    const caller = new AbortController();
    let uuid;
    const call = client.inferWithLogs({
      ...{ workflowApi: JSON.stringify(fresh()), params: { "1-inputs-width": 16 }, signal: caller.signal },
      onLog: () => {},
    });
    await until(async () => {
      uuid = (await getJson(`${comfy.url}/queue`)).queue_running[0]?.[1];
      return uuid;
    });
    caller.abort();
    await assert.rejects(call);
    await until(async () => (await job(uuid)).status === "cancelled");
  });

  test("one who leaves while the form is on its way queues nothing", PATIENCE, async () => {
    const before = (await known()).length;
    const caller = new AbortController();
    const body = new ReadableStream({
      start: (controller) =>
        controller.enqueue(
          new TextEncoder().encode('--x\r\nContent-Disposition: form-data; name="params"\r\n\r\n{'),
        ),
    });
    const call = fetch(route.endpoint, {
      ...{ method: "POST", body, duplex: "half", signal: caller.signal },
      headers: { "content-type": "multipart/form-data; boundary=x" },
    });
    setTimeout(() => caller.abort(), 20);
    await assert.rejects(call);
    assert.equal((await known()).length, before);
  });

  test("one who leaves while the WebSocket is being opened leaves none open", PATIENCE, async (t) => {
    const caller = new AbortController();
    class Leaving extends WebSocket {
      constructor(address) {
        super(address);
        caller.abort();
      }
    }
    const left = await startRoute({ servers: [comfy.url], WebSocket: Leaving });
    t.after(() => left.close());
    const request = new Request("http://route.invalid/", {
      ...{ method: "POST", body: formFor(fresh()), signal: caller.signal },
    });
    assert.equal((await left.route(request)).status, 499);
    await until(async () => (await comfy.sockets()) === 0);
  });

  test("a run goes on whose caller has left, when somebody resumes it in time", PATIENCE, async (t) => {
    const patient = await startRoute({ servers: [comfy.url], leaveMs: 300 });
    t.after(() => patient.close());
    const caller = new AbortController();
    const response = await post(caller.signal, { at: patient });
    await until(() => isRunning(uuidOf(response)));
    const resumed = await fetch(`${patient.endpoint}?resume=${idOf(response)}`);
    const reading = eventsOf(resumed);
    caller.abort();
    await new Promise((resolve) => setTimeout(resolve, 400));
    assert.ok(await isRunning(uuidOf(response)));
    await comfy.faults();
    assert.equal(resultOf(await reading).status, "success");
  });

  test("and is cancelled when nobody does", PATIENCE, async (t) => {
    const patient = await startRoute({ servers: [comfy.url], leaveMs: 30 });
    t.after(() => patient.close());
    const caller = new AbortController();
    const response = await post(caller.signal, { at: patient });
    await until(() => isRunning(uuidOf(response)));
    caller.abort();
    await until(async () => (await job(uuidOf(response))).status === "cancelled");
  });

  test("one who resumed and leaves cancels nothing", PATIENCE, async () => {
    const response = await post();
    const reading = eventsOf(response);
    await until(() => isRunning(uuidOf(response)));
    const caller = new AbortController();
    const resumed = await fetch(`${route.endpoint}?resume=${idOf(response)}`, { signal: caller.signal });
    assert.equal(resumed.status, 200);
    caller.abort();
    await until(async () => (await comfy.sockets()) === 1);
    assert.ok(await isRunning(uuidOf(response)));
    await comfy.faults();
    assert.equal(resultOf(await reading).status, "success");
  });

  test("cancel: the run says canceled, not failed, to whoever follows it", PATIENCE, async () => {
    const response = await post();
    const reading = eventsOf(response);
    await until(() => isRunning(uuidOf(response)));
    const cancel = async () =>
      (await fetch(`${route.endpoint}?cancel=${idOf(response)}`, { method: "POST" })).json();
    assert.deepEqual(await cancel(), { prompt_id: idOf(response), canceled: true });
    const events = await reading;
    assert.deepEqual(
      events.filter(({ event }) => event === "error").map(({ data }) => data),
      ["The run was canceled."],
    );
    const { status, completed, error_data } = resultOf(events);
    assert.deepEqual([status, completed, error_data], ["canceled", false, "The run was canceled."]);
    assert.equal((await getJson(`${route.endpoint}?prompt_ids=${idOf(response)}`))[0].status, "canceled");
    assert.deepEqual(await cancel(), { prompt_id: idOf(response), canceled: false });
  });

  test("cancel of one that waits: it says so, and its place before", PATIENCE, async () => {
    const first = await post();
    const second = await post();
    const third = await post();
    const [one, two, three] = [first, second, third].map((response) => eventsOf(response));
    await until(() => isRunning(uuidOf(first)));
    const records = await getJson(
      `${route.endpoint}?${[third, second, first].map((each) => `prompt_ids=${idOf(each)}`).join("&")}`,
    );
    assert.deepEqual(
      records.map(({ prompt_id, status, queue_position }) => [prompt_id, status, queue_position]),
      [
        [idOf(third), "queued", 2],
        [idOf(second), "queued", 1],
        [idOf(first), "running", undefined],
      ],
    );
    await fetch(`${route.endpoint}?cancel=${idOf(second)}`, { method: "POST" });
    const { status, error_data } = resultOf(await two);
    assert.deepEqual(
      [status, error_data],
      ["canceled", "The run was canceled: it was taken from the queue."],
    );
    const gone = await refusalOf(await fetch(`${route.endpoint}?cancel=${idOf(second)}`, { method: "POST" }));
    assert.deepEqual([gone.status, gone.code], [404, "unknown_run"]);
    await comfy.faults();
    for (const reading of [one, three]) assert.equal(resultOf(await reading).status, "success");
  });

  test("cancel of one that was just queued: it was canceled, not forgotten", PATIENCE, async (t) => {
    // Its state is never asked for before.
    const slow = await startRoute({ servers: [comfy.url], pollMs: 1_000 });
    t.after(() => slow.close());
    const first = await post();
    const reading = eventsOf(first);
    await until(() => isRunning(uuidOf(first)));
    const second = await post(undefined, { at: slow });
    await fetch(`${slow.endpoint}?cancel=${idOf(second)}`, { method: "POST" });
    const { status, error_data } = resultOf(await eventsOf(second));
    assert.deepEqual(
      [status, error_data],
      ["canceled", "The run was canceled: it was taken from the queue."],
    );
    await comfy.faults();
    assert.equal(resultOf(await reading).status, "success");
  });

  test("cancel of one that waits, whose WebSocket has broken: it says so, too", PATIENCE, async () => {
    const first = await post();
    const second = await post();
    const [one, two] = [first, second].map((response) => eventsOf(response));
    await until(() => isRunning(uuidOf(first)));
    await comfy.cutSockets();
    await until(async () => (await comfy.sockets()) === 2);
    await fetch(`${route.endpoint}?cancel=${idOf(second)}`, { method: "POST" });
    const { status, error_data } = resultOf(await two);
    assert.deepEqual(
      [status, error_data],
      ["canceled", "The run was canceled: it was taken from the queue."],
    );
    await comfy.faults();
    assert.equal(resultOf(await one).status, "success");
  });

  test("sockets are closed when a run is over or was left", PATIENCE, async () => {
    await comfy.faults();
    const responses = await Promise.all(Array.from({ length: 6 }, () => post()));
    await Promise.all(responses.map((response) => eventsOf(response)));
    await until(async () => (await comfy.sockets()) === 0);
  });
});

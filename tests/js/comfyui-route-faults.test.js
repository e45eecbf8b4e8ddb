// What can go wrong between the route and a ComfyUI server: each ends in the right result or the right failure, and no prompt is
// ever queued twice.

import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";

import { clientOf, eventsOf, formFor, startRoute } from "../support/comfy-route.js";
import { fresh, logsOf, next, resultOf } from "../support/comfy-run.js";
import { getJson, invert, NEEDS_CONTROLS, startComfy, until } from "../support/comfyui.js";
import { PATIENCE } from "../support/patience.js";
import { refusalOf } from "../support/proxy.js";
import { closedAddress, serve } from "../support/serve.js";

const controlled = { ...PATIENCE, skip: NEEDS_CONTROLS };

describe("faults", { skip: NEEDS_CONTROLS }, () => {
  let comfy;
  let route;
  before(async () => {
    comfy = await startComfy();
    route = await startRoute({ servers: [comfy.url] });
  });
  after(() => Promise.all([route.close(), comfy.close()]));
  beforeEach(() => {
    route.failures.length = 0;
    return comfy.faults();
  });
  afterEach(async () => {
    const { prompts, interrupts } = await comfy.counts();
    for (const [id, { posted, executed }] of Object.entries(prompts))
      assert.ok(posted === 1 && executed <= 1, `${id}: posted ${posted}, executed ${executed}`);
    assert.ok(
      interrupts.every((id) => id !== null),
      "an interrupt that hits whatever runs",
    );
  });

  const post = (form = formFor(fresh())) => fetch(route.endpoint, { method: "POST", body: form });
  const silencesOf = (events) => logsOf(events).filter((line) => /does not respond/.test(line)).length;

  async function assertSucceeds(form) {
    const response = await post(form);
    assert.equal(response.status, 201);
    const events = await eventsOf(response);
    const { status, outputs } = resultOf(events);
    assert.deepEqual([status, outputs.length], ["success", 1]);
    assert.equal(Buffer.from(outputs[0].data, "base64").length, outputs[0].size);
    return events;
  }

  test("no WebSocket can be opened: one line says so, the result comes", PATIENCE, async () => {
    await comfy.faults({ refuse_sockets: true });
    const events = await assertSucceeds();
    const said = logsOf(events).filter((line) => /No live messages from ComfyUI/.test(line));
    assert.equal(said.length, 1);
  });

  for (let count = 0; count <= 12; count += 1) {
    test(`every WebSocket is cut after ${count} messages`, PATIENCE, async () => {
      await comfy.faults({ cut_sockets_after: count });
      await assertSucceeds();
    });
  }

  test("the socket is cut in the middle of a run: its log goes on", PATIENCE, async () => {
    await comfy.faults({ hold: true });
    const response = await post();
    const seen = [];
    const reading = eventsOf(response, (event) => void seen.push(event));
    const id = response.headers.get("viewcomfy-prompt-id");
    await until(async () => (await getJson(`${route.endpoint}?prompt_ids=${id}`))[0].status === "running");
    await comfy.cutSockets();
    await until(async () => (await comfy.logListeners()) > 0);
    await comfy.faults();
    const events = await reading;
    assert.ok(
      logsOf(events).some((line) => /Prompt executed/.test(line)),
      logsOf(events).join("\n"),
    );
    assert.equal(resultOf(events).status, "success");
  });

  for (const more of [{}, { no_jobs: true }, { refuse_sockets: true }]) {
    test(`questions for the state fail for a while, ${JSON.stringify(more)}`, PATIENCE, async () => {
      await comfy.faults({ fail_questions: 4, ...more });
      await assertSucceeds();
    });
  }

  // A while is counted in the time that was planned between questions, so the number of those that fail decides.
  for (const more of [{}, { refuse_sockets: true }]) {
    test(`none is answered for a while: one line says so, ${JSON.stringify(more)}`, PATIENCE, async () => {
      await comfy.faults({ hold: true, fail_questions: 8, ...more });
      const reading = eventsOf(await post());
      await until(async () => (await comfy.faultsLeft()).fail_questions === 0);
      await comfy.faults(more);
      const events = await reading;
      assert.equal(silencesOf(events), 1, logsOf(events).join("\n"));
      assert.equal(resultOf(events).status, "success");
    });
  }

  test("a single one is not answered: no line says so", PATIENCE, async () => {
    await comfy.faults({ refuse_sockets: true, fail_questions: 1 });
    assert.equal(silencesOf(await assertSucceeds()), 0);
  });

  test("a server of the time before jobs: success, failure, resume, look-up", PATIENCE, async () => {
    await comfy.faults({ no_jobs: true });
    await assertSucceeds();
    await comfy.faults({ no_jobs: true, fail_runs: 1 });
    const response = await post();
    const id = response.headers.get("viewcomfy-prompt-id");
    const failed = resultOf(await eventsOf(response));
    assert.deepEqual(
      [failed.status, failed.error_data],
      ["error", "SaveImage (node 3): RuntimeError: a failure on request"],
    );
    const again = resultOf(await eventsOf(await fetch(`${route.endpoint}?resume=${id}`)));
    assert.equal(again.error_data, failed.error_data);
    assert.equal((await getJson(`${route.endpoint}?prompt_ids=${id}`))[0].status, "error");
  });

  test("a prompt whose answer is lost is found again, and not posted again", PATIENCE, async () => {
    await comfy.faults({ lose_answers: 1 });
    await assertSucceeds();
  });

  test("and also where the server cannot say for a while that it has it", PATIENCE, async () => {
    await comfy.faults({ lose_answers: 1, fail_questions: 5 });
    await assertSucceeds();
  });

  test("one that is lost itself is a failure, and not posted again", PATIENCE, async () => {
    const before = Object.keys((await comfy.counts()).prompts).length;
    await comfy.faults({ lose_prompts: 1 });
    const refusal = await refusalOf(await post());
    assert.deepEqual([refusal.status, refusal.code], [502, "unreachable"]);
    assert.equal(Object.keys((await comfy.counts()).prompts).length, before);
  });

  test("downloads that break off go on where they broke", PATIENCE, async () => {
    const big = invert(next(), 1_024);
    const response = await post(formFor(big));
    const id = response.headers.get("viewcomfy-prompt-id");
    const whole = resultOf(await eventsOf(response)).outputs[0];
    const before = (await comfy.counts()).downloaded;
    await comfy.faults({ break_downloads: 5 });
    const { outputs } = resultOf(await eventsOf(await fetch(`${route.endpoint}?resume=${id}`)));
    assert.deepEqual(outputs[0], whole);
    const downloaded = (await comfy.counts()).downloaded - before;
    assert.ok(downloaded <= whole.size * 1.05, `${downloaded} of ${whole.size}`);
  });

  test("one that never ends well breaks the answer off, and is told to the log", PATIENCE, async () => {
    // Some of the result is on its way by then.
    await comfy.faults({ cut_downloads_after: 60_000 });
    const client = await clientOf(route);
    const call = client.inferWithLogs({
      workflowApi: JSON.stringify(invert(3, 2_048)),
      params: { "1-inputs-color": 4 },
      maxResumes: 2,
    });
    await assert.rejects(call, ({ code }) => ["network", "stream_ended"].includes(code));
    const told = route.failures.map(({ code, message }) => `${code}: ${message}`);
    assert.deepEqual(told, Array(3).fill("unreachable: An output's download broke off repeatedly."));
  });

  test("the server restarts while the run waits or runs: it is lost, and said to be", PATIENCE, async () => {
    await comfy.faults({ hold: true });
    const [running, waiting] = [await post(), await post()];
    const reading = Promise.all([eventsOf(running), eventsOf(waiting)]);
    const id = waiting.headers.get("viewcomfy-prompt-id");
    await until(async () => (await getJson(`${route.endpoint}?prompt_ids=${id}`))[0]?.status === "queued");
    await comfy.restart();
    const [one, two] = (await reading).map(resultOf);
    assert.equal(one.status, "error");
    assert.match(one.error_data, /has forgotten this run/);
    assert.ok(["error", "canceled"].includes(two.status));
    const refusal = await refusalOf(await fetch(`${route.endpoint}?resume=${id}`));
    assert.deepEqual([refusal.status, refusal.code], [404, "unknown_run"]);
  });

  test(
    "a history that is cleared right after: the outputs that were heard of are the result",
    PATIENCE,
    async () => {
      await comfy.faults({ hold: true });
      const response = await post();
      const reading = eventsOf(response);
      const [, promptId] = response.headers.get("viewcomfy-prompt-id").split(".");
      await until(async () => (await getJson(`${comfy.url}/queue`)).queue_running[0]?.[1] === promptId);
      await comfy.faults({ fail_questions: 10 });
      await until(async () => !(await getJson(`${comfy.url}/prompt`)).exec_info.queue_remaining);
      await fetch(`${comfy.url}/history`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: '{"clear":true}',
      });
      const { status, outputs } = resultOf(await reading);
      assert.deepEqual([status, outputs.length], ["success", 1]);
    },
  );
});

describe("servers that are not there", () => {
  test("nothing listens", PATIENCE, async (t) => {
    const route = await startRoute({ servers: [await closedAddress()] });
    t.after(() => route.close());
    const refusal = await refusalOf(await fetch(route.endpoint, { method: "POST", body: formFor(invert()) }));
    assert.deepEqual([refusal.status, refusal.code], [502, "unreachable"]);
    assert.deepEqual(
      route.failures.map(({ code }) => code),
      ["unreachable"],
    );
  });

  test("and nobody is asked whether the prompt has arrived", PATIENCE, async (t) => {
    // Longer than this test may take.
    const pollMs = 10 * PATIENCE.timeout;
    const route = await startRoute({ servers: [await closedAddress()], pollMs });
    t.after(() => route.close());
    const refusal = await refusalOf(await fetch(route.endpoint, { method: "POST", body: formFor(invert()) }));
    assert.equal(refusal.code, "unreachable");
  });

  test("something else listens", PATIENCE, async (t) => {
    const other = await serve((request, response) => {
      request.resume();
      response.writeHead(200, { "content-type": "text/html" }).end("<h1>Hello</h1>");
    });
    const route = await startRoute({ servers: [other.url] });
    t.after(() => Promise.all([route.close(), other.close()]));
    const refusal = await refusalOf(await fetch(route.endpoint, { method: "POST", body: formFor(invert()) }));
    assert.deepEqual([refusal.status, refusal.code], [502, "unreachable"]);
  });

  test("one of several is not there: the others run", controlled, async (t) => {
    const comfy = await startComfy();
    const route = await startRoute({ servers: [await closedAddress(), comfy.url] });
    t.after(() => Promise.all([route.close(), comfy.close()]));
    const response = await fetch(route.endpoint, {
      method: "POST",
      body: formFor(invert(), { logs: "false" }),
    });
    assert.equal((await response.json()).status, "success");
  });
});

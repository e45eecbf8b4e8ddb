// Runs that were begun before: resumed, looked up, and ids that nobody made.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { eventsOf, formFor, startRoute } from "../support/comfy-route.js";
import { CONTROLLED, fresh, resultOf, withRoute } from "../support/comfy-run.js";
import { getJson, until } from "../support/comfyui.js";
import { PATIENCE } from "../support/patience.js";
import { refusalOf } from "../support/proxy.js";
import { startSmallComfy } from "../support/small-comfyui.js";

const here = withRoute();

describe("runs that were begun before", () => {
  test("a run that is over: its result at once, and its record", PATIENCE, async () => {
    const response = await here.post(formFor(fresh()));
    const id = response.headers.get("viewcomfy-prompt-id");
    const first = resultOf(await eventsOf(response));
    const again = await fetch(`${here.route.endpoint}?resume=${id}`);
    assert.deepEqual([again.status, again.headers.get("viewcomfy-prompt-id")], [200, id]);
    const events = await eventsOf(again);
    assert.deepEqual(
      events.map(({ event }) => event),
      ["prompt_result"],
    );
    const { prompt, ...rest } = resultOf(events);
    assert.ok(prompt);
    assert.deepEqual(rest.outputs, first.outputs);
    const records = await getJson(`${here.route.endpoint}?prompt_ids=unknown&prompt_ids=${id}`);
    assert.equal(records.length, 1);
    const [{ outputs, ...record }] = records;
    const { execution_time_seconds } = rest;
    assert.deepEqual(record, { prompt_id: id, status: "success", completed: true, execution_time_seconds });
    assert.deepEqual(
      outputs.map(({ filename, data }) => [filename, data]),
      [[first.outputs[0].filename, undefined]],
    );
    const linked = await fetch(new URL(outputs[0].filepath, here.route.endpoint));
    assert.equal(Buffer.from(await linked.arrayBuffer()).toString("base64"), first.outputs[0].data);
  });

  test(
    "one that goes on is followed to its end, by another instance of the route as well",
    CONTROLLED,
    async () => {
      await here.comfy.faults({ hold: true });
      const response = await here.post(formFor(fresh()));
      const id = response.headers.get("viewcomfy-prompt-id");
      const begun = eventsOf(response);
      const other = await startRoute({ servers: ["http://127.0.0.1:1", here.comfy.url], secret: "same" });
      assert.equal((await fetch(`${other.endpoint}?resume=${id}`)).status, 404);
      await other.close();
      const same = await startRoute({ servers: [here.comfy.url] });
      await until(async () => (await getJson(`${same.endpoint}?prompt_ids=${id}`))[0]?.status === "running");
      const resumed = await fetch(`${same.endpoint}?resume=${id}`);
      assert.equal(resumed.status, 200);
      const following = eventsOf(resumed);
      await here.comfy.faults();
      const [one, two] = [resultOf(await begun), resultOf(await following)];
      await same.close();
      assert.deepEqual(two.outputs, one.outputs);
    },
  );

  test(
    "one that is taken from the queue between two questions does not count as running",
    PATIENCE,
    async (t) => {
      const known = { times: Number.POSITIVE_INFINITY };
      const small = await startSmallComfy({
        odd(request, response) {
          const isJob = request.url.startsWith("/api/jobs/");
          if (known.times > 1 || !(isJob || request.url === "/queue")) return false;
          if (isJob) known.times -= 1;
          const value = isJob ? { status: "pending" } : { queue_running: [], queue_pending: [] };
          const status = known.times < 0 ? 404 : 200;
          response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
          return true;
        },
      });
      const route = await startRoute({ servers: [small.url] });
      t.after(() => Promise.all([route.close(), small.close()]));
      const response = await here.post(formFor(fresh()), route);
      const id = response.headers.get("viewcomfy-prompt-id");
      await eventsOf(response);
      known.times = 1;
      assert.deepEqual(await getJson(`${route.endpoint}?prompt_ids=${id}`), []);
    },
  );

  test("ids that this route did not make are not known", PATIENCE, async () => {
    const response = await here.post(formFor(fresh()));
    const id = response.headers.get("viewcomfy-prompt-id");
    await eventsOf(response);
    const [tag, uuid, signature] = id.split(".");
    const bad = [
      "",
      "x",
      `${tag}.${crypto.randomUUID()}.${signature}`,
      `${tag}.${uuid}`,
      `${tag}.${uuid}.`,
      `x.${uuid}.${signature}`,
      `${id}.x`,
    ];
    for (const unknown of bad) {
      for (const [method, name] of [
        ["GET", "resume"],
        ["POST", "cancel"],
      ]) {
        const refusal = await refusalOf(await fetch(`${here.route.endpoint}?${name}=${unknown}`, { method }));
        assert.deepEqual([refusal.status, refusal.code], [404, "unknown_run"], unknown);
      }
      assert.deepEqual(await getJson(`${here.route.endpoint}?prompt_ids=${unknown}`), []);
    }
  });
});

// What is told while a run goes on: the log, progress and previews.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { eventsOf, formFor, startRoute } from "../support/comfy-route.js";
import { CONTROLLED, fresh, logsOf, next, sampler, withRoute } from "../support/comfy-run.js";
import { until } from "../support/comfyui.js";

const here = withRoute();

describe("log, progress and previews", () => {
  test("a sampler's bar is told once, as tqdm draws it", CONTROLLED, async () => {
    const events = await eventsOf(await here.post(formFor(sampler(next()))));
    const bars = logsOf(events).filter((line) => /\d+\/\d+ \[/.test(line));
    assert.ok(bars.length > 0);
    assert.match(bars.at(-1), /^100%\|█+\| 6\/6 \[\d\d:\d\d<\d\d:\d\d, +[\d.]+(it\/s|s\/it)\]$/);
    const steps = bars.map((line) => Number(/\| *(\d+)\//.exec(line)[1]));
    assert.deepEqual(
      steps,
      [...steps].sort((a, b) => a - b),
    );
    assert.equal(new Set(steps).size, steps.length);
  });

  test("previews, for those who ask for them", CONTROLLED, async () => {
    const asked = await eventsOf(await here.post(formFor(sampler(next()), { previews: "true" })));
    const previews = asked.filter(({ event }) => event === "preview").map(({ data }) => JSON.parse(data));
    assert.ok(previews.length > 0);
    for (const { node_id, content_type, data } of previews) {
      assert.deepEqual([node_id, content_type], ["3", "image/jpeg"]);
      assert.equal(Buffer.from(data, "base64").readUInt16BE(0), 0xffd8);
    }
    const others = [formFor(sampler(next())), formFor(sampler(next()), { previews: "false" })];
    for (const form of others) {
      const events = await eventsOf(await here.post(form));
      assert.ok(events.every(({ event }) => event !== "preview"));
    }
    const without = await startRoute({ servers: [here.comfy.url], previews: false });
    const events = await eventsOf(await here.post(formFor(sampler(next()), { previews: "true" }), without));
    await without.close();
    assert.ok(events.every(({ event }) => event !== "preview"));
  });

  test("others' log lines are not told", CONTROLLED, async () => {
    await here.comfy.faults({ hold: true });
    const first = await here.post(formFor(fresh()));
    const second = await here.post(formFor(sampler(next())));
    const seen = [];
    const reading = Promise.all([eventsOf(first), eventsOf(second, (event) => void seen.push(event))]);
    await until(() => logsOf(seen).length > 0);
    const broken = fresh();
    broken[3].inputs.images = ["7", 0];
    assert.equal((await here.post(formFor(broken))).status, 400);
    await here.comfy.faults();
    const [one, two] = await reading;
    assert.equal(logsOf(one).filter((line) => /Prompt executed/.test(line)).length, 1);
    assert.ok(
      logsOf(one).every((line) => !/it\/s|weight dtype|got prompt|validat|invalid prompt|ignored/.test(line)),
      logsOf(one).join("\n"),
    );
    assert.ok(logsOf(two).some((line) => /6\/6 \[/.test(line)));
    assert.equal(logsOf(two).filter((line) => /Prompt executed/.test(line)).length, 1);
    assert.ok(
      logsOf(two).some((line) => line === "Waiting in the queue: 1 before this run."),
      logsOf(two).join("\n"),
    );
  });
});

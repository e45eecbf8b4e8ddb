// What only some nodes cause a ComfyUI server to say: outputs that are left out, bars in fractions, failures that it calls a success.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { eventsOf, formFor, startRoute } from "../support/comfy-route.js";
import { logsOf, resultOf } from "../support/comfy-run.js";
import { getJson, invert, until } from "../support/comfyui.js";
import { PATIENCE } from "../support/patience.js";
import { startScriptedComfy } from "../support/scripted-comfyui.js";

/** What each error's message has, and the route does not need. */
const MORE = { traceback: [], current_inputs: [], current_outputs: [] };
const LAST_LINE = "Prompt executed in 0.01 seconds";

/** A run that has begun, whose second node is of this class: `seen` grows, `reading` is all of it once it is over. */
async function begin(t, class_type, { hasJobs, ...options } = {}) {
  const comfy = await startScriptedComfy({ hasJobs });
  const route = await startRoute({ servers: [comfy.url], ...options });
  t.after(() => Promise.all([route.close(), comfy.close()]));
  const workflow = { ...invert(), 2: { class_type, inputs: { image: ["1", 0] } } };
  const response = await fetch(route.endpoint, { method: "POST", body: formFor(workflow) });
  const id = response.headers.get("viewcomfy-prompt-id");
  const seen = [];
  const reading = eventsOf(response, (event) => void seen.push(event));
  comfy.note("execution_start");
  comfy.note("execution_cached", { nodes: [] });
  return { comfy, route, id, seen, reading };
}

describe("messages that only some nodes cause", () => {
  test("an output that a node blocks is told in the log, and the run succeeds", PATIENCE, async (t) => {
    const { comfy, reading } = await begin(t, "OnlyFaces");
    comfy.enter("1", "2", "3");
    comfy.tell("execution_error", {
      node_id: "3",
      node_type: "SaveImage",
      executed: ["1", "2"],
      exception_message: "Execution Blocked: there is no face in the picture",
      exception_type: "ExecutionBlocked",
      ...MORE,
    });
    comfy.note("execution_success");
    comfy.end(true);
    const events = await reading;
    assert.deepEqual(logsOf(events), [
      "Left out by ComfyUI: SaveImage (node 3): Execution Blocked: there is no face in the picture",
      LAST_LINE,
    ]);
    const { status, outputs, error_data } = resultOf(events);
    assert.deepEqual([status, outputs, error_data], ["success", [], undefined]);
  });

  const of = (max, ...values) => values.map((value) => ({ value, max }));
  const counts = [
    {
      what: "fractions of a second",
      told: of(2.5, 0.5, 1.25, 2.48, 2.49),
      bars: ["20/100", "50/100", "99/100", "99/100"],
    },
    {
      what: "fractions of a percent",
      told: of(100, 20.25, 50.5, 99.25, 99.5),
      bars: ["20/100", "50/100", "99/100", "99/100"],
    },
    {
      what: "fractions, whole ones among them",
      told: of(2, 0.5, 1, 2),
      bars: ["25/100", "50/100", "100/100"],
    },
    { what: "fractions of one", told: of(1, 0, 0.5, 1), bars: ["0/100", "50/100", "100/100"] },
    { what: "fractions of more and more", told: [...of(2.5, 0.5), ...of(4, 2)], bars: ["20/100", "50/100"] },
    { what: "whole steps", told: of(49, 0, 1, 48), bars: ["0/49", "1/49", "48/49"] },
    { what: "one step, once it is done", told: of(1, 1), bars: ["1/1"] },
    { what: "whole steps, then fractions of them", told: of(3, 1, 1.5, 2), bars: ["1/3", "1/3", "2/3"] },
    { what: "whole steps of two bars", told: [...of(20, 1), ...of(10, 2)], bars: ["1/20", "2/10"] },
    { what: "two bars that begin alike", told: [...of(20, 1), ...of(10, 1)], bars: ["1/20", "1/10"] },
  ];
  for (const { what, told, bars } of counts) {
    test(`the bar of a node that counts in ${what}`, PATIENCE, async (t) => {
      const { comfy, seen, reading } = await begin(t, "Timelapse");
      comfy.enter("1", "2");
      for (const [index, progress] of told.entries()) {
        comfy.tell("progress", { ...progress, node: "2" });
        // A bar that was not read yet would give way to the next one.
        await until(() => logsOf(seen).some((line) => line.includes(`| ${bars[index]} [`)));
      }
      comfy.enter("3");
      comfy.note("execution_success");
      comfy.end(true);
      const lines = logsOf(await reading);
      assert.equal(lines.pop(), LAST_LINE);
      const seenBars = lines.map((line) => /^ *\d+%\|.{10}\| (\d+\/\d+) \[/u.exec(line)?.[1]);
      assert.deepEqual(seenBars, [...new Set(bars)]);
    });
  }

  for (const hasJobs of [false, true]) {
    const where = hasJobs ? "job" : "history";
    test(`a failure that the ${where} calls a success is a failure`, PATIENCE, async (t) => {
      const { comfy, route, id, reading } = await begin(t, "Repeat", { hasJobs });
      comfy.enter("1", "2");
      // The nodes that took the place of the second one form a loop, so none of them can begin: the last one that did succeeded.
      comfy.note("execution_error", {
        node_id: "2",
        node_type: "Repeat",
        executed: ["1"],
        exception_message: "Dependency cycle detected",
        exception_type: "graph.DependencyCycleError",
        ...MORE,
      });
      comfy.end(true);
      const resumed = async () => eventsOf(await fetch(`${route.endpoint}?resume=${id}`));
      for (const events of [await reading, await resumed()]) {
        const { status, completed, error_data } = resultOf(events);
        assert.deepEqual([status, completed], ["error", false]);
        assert.equal(error_data, "Repeat (node 2): graph.DependencyCycleError: Dependency cycle detected");
      }
      const [{ status, completed }] = await getJson(`${route.endpoint}?prompt_ids=${id}`);
      assert.deepEqual([status, completed], ["error", false]);
    });
  }

  // More questions than the patience would have lasted for, had each been counted with the whole wait that it cut short. The
  // patience itself lasts as long as `until`.
  test(
    "questions that fail while others' prompts come and go use up what was waited",
    PATIENCE,
    async (t) => {
      const { comfy, reading } = await begin(t, "Slow", { pollMs: 500 });
      comfy.questions.areFailing = true;
      for (let failed = 0; failed < 15; failed += 1) {
        comfy.tellStatus();
        await until(() => comfy.questions.failed > failed);
      }
      comfy.questions.areFailing = false;
      comfy.enter("1", "2", "3");
      comfy.note("execution_success");
      comfy.end(true);
      assert.equal(resultOf(await reading).status, "success");
    },
  );

  test("a server that answers no question any more counts as gone", PATIENCE, async (t) => {
    const { comfy, route, reading } = await begin(t, "Slow", { pollMs: 1 });
    comfy.questions.areFailing = true;
    const events = await reading;
    assert.deepEqual(
      events.filter(({ event }) => ["error", "prompt_result"].includes(event)).map(({ data }) => data),
      ["The ComfyUI server responded with 500."],
    );
    assert.deepEqual(
      route.failures.map(({ code }) => code),
      ["unreachable"],
    );
  });
});

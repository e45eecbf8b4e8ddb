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
async function begin(t, class_type) {
  const comfy = await startScriptedComfy();
  const route = await startRoute({ servers: [comfy.url] });
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

  const counts = [
    { unit: "a second", max: 2.5, values: [0.5, 1.25, 2.48, 2.49], steps: [20, 50, 99, 99] },
    { unit: "a percent", max: 100, values: [20.25, 50.5, 99.25, 99.5], steps: [20, 50, 99, 99] },
  ];
  for (const { unit, max, values, steps } of counts) {
    test(`a node that counts in fractions of ${unit} has a bar of a hundred steps`, PATIENCE, async (t) => {
      const { comfy, seen, reading } = await begin(t, "Timelapse");
      comfy.enter("1", "2");
      for (const [index, value] of values.entries()) {
        comfy.tell("progress", { value, max, node: "2" });
        // A bar that was not read yet would give way to the next one.
        await until(() => logsOf(seen).some((line) => line.includes(`| ${steps[index]}/100 [`)));
      }
      comfy.enter("3");
      comfy.note("execution_success");
      comfy.end(true);
      const lines = logsOf(await reading);
      assert.equal(lines.pop(), LAST_LINE);
      const told = lines.map((line) => Number(/^ *\d+%\|.{10}\| (\d+)\/100 \[/u.exec(line)?.[1]));
      assert.deepEqual(told, [...new Set(steps)]);
    });
  }

  test("a failure that the history calls a success is a failure", PATIENCE, async (t) => {
    const { comfy, route, id, reading } = await begin(t, "Repeat");
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
});

// What ComfyUI or the route in front of it refuses, and runs that fail.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { clientOf, eventsOf, formFor } from "../support/comfy-route.js";
import { CONTROLLED, fresh, logsOf, resultOf, withRoute } from "../support/comfy-run.js";
import { postJson } from "../support/comfyui.js";
import { PATIENCE } from "../support/patience.js";
import { refusalOf } from "../support/proxy.js";

const here = withRoute();

describe("what is wrong", () => {
  test("what ComfyUI refuses is answered as it says it", PATIENCE, async () => {
    const broken = fresh();
    broken[3].inputs.images = ["7", 0];
    const response = await here.post(formFor(broken));
    const direct = await postJson(`${here.comfy.url}/prompt`, { prompt: broken });
    assert.deepEqual([response.status, direct.status], [400, 400]);
    const { error, node_errors } = await response.json();
    assert.deepEqual(error, direct.body.error);
    assert.deepEqual(Object.keys(node_errors), Object.keys(direct.body.node_errors));
    const client = await clientOf(here.route);
    const failed = client.infer({ workflowApi: JSON.stringify(broken), params: { "1-inputs-width": 8 } });
    await assert.rejects(failed, (thrown) => {
      assert.equal(thrown.code, "validation_failed");
      return true;
    });
  });

  test("an output that is left out is told, and the others run", PATIENCE, async () => {
    const two = {
      ...fresh(),
      9: { class_type: "SaveImage", inputs: { images: ["8", 0], filename_prefix: "x" } },
    };
    const events = await eventsOf(await here.post(formFor(two)));
    assert.ok(
      logsOf(events).some((line) => /Left out by ComfyUI: SaveImage \(node 9\)/.test(line)),
      logsOf(events).join("\n"),
    );
    assert.deepEqual([resultOf(events).status, resultOf(events).outputs.length], ["success", 1]);
  });

  const wrong = [
    ["an unknown parameter", { params: { "1-inputs-widht": 1 } }, "invalid_params", /1-inputs-width/],
    ["parameters that are no object", { params: [1] }, "invalid_params", /object/],
    ["parameters that are not JSON", { params: undefined, text: "{" }, "invalid_params", /JSON/],
    ["a workflow that is none", { workflow: { a: 1 } }, "invalid_workflow", /./],
    ["no workflow at all", { workflow: null }, "invalid_body", /workflow/],
  ];
  for (const [what, { workflow = fresh(), params, text }, code, message] of wrong) {
    test(`${what} is refused before anything is queued`, PATIENCE, async () => {
      const form = formFor(workflow ?? undefined, { params });
      if (text) form.set("params", text);
      const before = await queued();
      const refusal = await refusalOf(await here.post(form));
      assert.deepEqual([refusal.status, refusal.code], [400, code]);
      assert.match(refusal.message, message);
      assert.equal(await queued(), before);
    });
  }
  const queued = async () => Object.keys((await here.comfy.counts?.())?.prompts ?? {}).length;

  test(
    "a run that fails tells the node and why, in the stream and in the plain answer",
    CONTROLLED,
    async () => {
      await here.comfy.faults({ fail_runs: 2 });
      const events = await eventsOf(await here.post(formFor(fresh())));
      const said = "SaveImage (node 3): RuntimeError: a failure on request";
      assert.deepEqual(
        events.filter(({ event }) => event === "error").map(({ data }) => data),
        [said],
      );
      const { status, completed, error_data } = resultOf(events);
      assert.deepEqual([status, completed, error_data], ["error", false, said]);
      const client = await clientOf(here.route);
      const failed = client.infer({ workflowApi: JSON.stringify(fresh()), params: { "1-inputs-width": 8 } });
      await assert.rejects(failed, (thrown) => {
        assert.deepEqual([thrown.code, thrown.result.status], ["execution_failed", "error"]);
        return true;
      });
    },
  );
});

// Runs through the route in front of ComfyUI: streamed and plain, in both encodings of a form, with workflows of both formats.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { clientOf, eventsOf, formFor, startRoute } from "../support/comfy-route.js";
import { CONTROLLED, fresh, ID, logsOf, next, resultOf, sampler, withRoute } from "../support/comfy-run.js";
import { getJson, REAL } from "../support/comfyui.js";
import { PATIENCE } from "../support/patience.js";

const here = withRoute();
const bytesOf = async (file) => Buffer.from(await file.arrayBuffer());

describe("a run", () => {
  test("streamed: its id at once, its log, its result", PATIENCE, async () => {
    const response = await here.post(formFor(fresh()));
    assert.deepEqual(
      [response.status, response.headers.get("content-type")],
      [201, "text/event-stream; charset=utf-8"],
    );
    const id = response.headers.get("viewcomfy-prompt-id");
    assert.match(id, ID);
    assert.equal(response.headers.get("viewcomfy-can"), "resume, look-up, cancel");
    const events = await eventsOf(response);
    assert.ok(
      logsOf(events).some((line) => /^Prompt executed in [\d.]+ seconds$/.test(line)),
      logsOf(events).join("\n"),
    );
    const { prompt_id, status, completed, outputs, prompt } = resultOf(events);
    assert.deepEqual([prompt_id, status, completed, outputs.length], [id, "success", true, 1]);
    assert.equal(prompt[1].class_type, "EmptyImage");
    const [saved] = await here.savedBy(id);
    assert.deepEqual(Buffer.from(outputs[0].data, "base64"), saved);
    assert.deepEqual([outputs[0].content_type, outputs[0].size], ["image/png", saved.length]);
    assert.deepEqual(here.route.failures, []);
  });

  for (const inProcess of [false, true]) {
    test(
      `by the client, ${inProcess ? "without HTTP in between" : "over HTTP"}: plain and streamed give the same`,
      PATIENCE,
      async () => {
        const client = await clientOf(here.route, inProcess);
        const workflowApi = JSON.stringify(fresh());
        const params = { "1-inputs-width": 32 };
        const plain = await client.infer({ workflowApi, params });
        const log = [];
        const streamed = await client.inferWithLogs({ workflowApi, params, onLog: (line) => log.push(line) });
        assert.ok(log.length > 0);
        for (const result of [plain, streamed]) {
          assert.deepEqual([result.status, result.completed, result.outputs.length], ["success", true, 1]);
          assert.equal(result.outputs[0].contentType, "image/png");
        }
        assert.deepEqual(await bytesOf(plain.outputs[0].file), await bytesOf(streamed.outputs[0].file));
      },
    );
  }

  test("a form of the older kind, as Python's client sends it", PATIENCE, async () => {
    const body = new URLSearchParams({
      params: '{"1-inputs-height": 16}',
      logs: "false",
      workflow_api: JSON.stringify(fresh()),
    });
    const response = await here.post(body);
    assert.equal(response.status, 201);
    const { outputs, prompt } = await response.json();
    assert.equal(prompt[1].inputs.height, 16);
    assert.equal(outputs.length, 1);
    assert.match(response.headers.get("viewcomfy-prompt-id"), ID);
  });

  test("seeds and other numbers keep all their digits", CONTROLLED, async () => {
    const seed = "18446744073709551615";
    const sampled = JSON.stringify(sampler()).replace('"seed":1', `"seed":${seed}`);
    const form = formFor(undefined, { logs: "false" });
    form.set("workflow_api", sampled);
    form.set("params", `{"3-inputs-cfg": 6.5, "5-inputs-width": 64}`);
    const text = await (await here.post(form)).text();
    assert.match(text, new RegExp(`"seed":${seed}`));
    assert.match(text, /"cfg":6\.5/);
  });

  test(
    "the route's own workflow, where a caller sends none: text, bytes, object, function",
    PATIENCE,
    async () => {
      const workflow = fresh();
      const text = JSON.stringify(workflow, null, 2);
      const given = [text, new TextEncoder().encode(text), workflow, () => text, async () => workflow];
      for (const own of given) {
        const mine = await startRoute({ servers: [here.comfy.url], workflow: own, workflowApi: false });
        try {
          const response = await here.post(
            formFor(undefined, { params: { "1-inputs-width": 48 }, logs: "true", workflow_api: "" }),
            mine,
          );
          const { prompt, status } = resultOf(await eventsOf(response));
          assert.deepEqual([status, prompt[1].inputs.width], ["success", 48]);
        } finally {
          await mine.close();
        }
      }
    },
  );

  test("a workflow in the editor's format is converted with what the server knows", PATIENCE, async () => {
    const node = (id, type, inputs, outputs, widgets_values) => ({
      ...{ id, type, pos: [0, 0], size: [200, 100], flags: {}, order: id, mode: 0, properties: {} },
      ...{ inputs, outputs, widgets_values },
    });
    const image = (name, link) => ({ name, type: "IMAGE", link });
    const editor = {
      ...{ last_node_id: 3, last_link_id: 2, groups: [], config: {}, extra: {}, version: 0.4 },
      nodes: [
        node(1, "EmptyImage", [], [{ name: "IMAGE", type: "IMAGE", links: [1] }], [64, 64, 1, next()]),
        node(2, "ImageInvert", [image("image", 1)], [{ name: "IMAGE", type: "IMAGE", links: [2] }], []),
        node(3, "SaveImage", [image("images", 2)], [], ["invert"]),
      ],
      links: [
        [1, 1, 0, 2, 0, "IMAGE"],
        [2, 2, 0, 3, 0, "IMAGE"],
      ],
    };
    const events = await eventsOf(await here.post(formFor(editor, { params: { "1-inputs-width": 40 } })));
    const { status, prompt, outputs } = resultOf(events);
    assert.deepEqual([status, outputs.length], ["success", 1]);
    assert.deepEqual(prompt[1].inputs.width, 40);
    assert.deepEqual(prompt[2].inputs.image, ["1", 0]);
  });
});

if (REAL) test(`against ${(await getJson(`${REAL}/system_stats`)).system.comfyui_version}`, () => {});

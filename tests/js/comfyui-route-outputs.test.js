// Outputs through the route in front of ComfyUI: in the result, as links, texts, and what comes by WebSocket alone.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { clientOf, eventsOf, formFor, startRoute } from "../support/comfy-route.js";
import { fresh, next, resultOf, withRoute } from "../support/comfy-run.js";
import { PATIENCE } from "../support/patience.js";
import { refusalOf } from "../support/proxy.js";

const here = withRoute();

describe("outputs", () => {
  const linking = async (t, more) => {
    const mine = await startRoute({ servers: [here.comfy.url], outputs: "link", ...more });
    t.after(() => mine.close());
    return mine;
  };

  test("as links of the here.route, in parts as well", PATIENCE, async (t) => {
    const mine = await linking(t);
    const response = await here.post(formFor(fresh()), mine);
    const id = response.headers.get("viewcomfy-prompt-id");
    const { outputs } = resultOf(await eventsOf(response));
    const { filepath, filename, content_type, data } = outputs[0];
    assert.deepEqual([content_type, data], ["image/png", undefined]);
    assert.match(filename, /\.png$/);
    const [saved] = await here.savedBy(id);
    const url = new URL(filepath, mine.endpoint);
    const whole = await fetch(url);
    assert.deepEqual(Buffer.from(await whole.arrayBuffer()), saved);
    assert.deepEqual(
      [whole.headers.get("content-type"), whole.headers.get("accept-ranges")],
      ["image/png", "bytes"],
    );
    const part = await fetch(url, { headers: { range: "bytes=10-19" } });
    assert.deepEqual([part.status, part.headers.get("content-range")], [206, `bytes 10-19/${saved.length}`]);
    assert.deepEqual(Buffer.from(await part.arrayBuffer()), saved.subarray(10, 20));
    const beyond = await fetch(url, { headers: { range: "bytes=99999999-" } });
    assert.equal(beyond.status, 416);
  });

  test("the client gets them as links", PATIENCE, async (t) => {
    const client = await clientOf(await linking(t));
    const { outputs } = await client.infer({
      workflowApi: JSON.stringify(fresh()),
      params: { "1-inputs-width": 24 },
    });
    assert.equal(outputs[0].file, null);
    assert.match(outputs[0].url, /\?view=/);
  });

  test(
    "a link that was changed, or made by a route with another secret, leads nowhere",
    PATIENCE,
    async (t) => {
      const [one, other] = [await linking(t, { secret: "one" }), await linking(t, { secret: "other" })];
      const { outputs } = resultOf(await eventsOf(await here.post(formFor(fresh()), one)));
      const { filepath } = outputs[0];
      assert.equal((await fetch(new URL(filepath, one.endpoint))).status, 200);
      const [path, reference] = filepath.split("?view=");
      const [text, signature] = reference.split(".");
      const input = Buffer.from(
        JSON.stringify([...JSON.parse(Buffer.from(text, "base64url")).slice(0, 3), "input"]),
      ).toString("base64url");
      const bad = [
        "",
        "x",
        `${text}.`,
        `${text}.${signature}.x`,
        `${input}.${signature}`,
        `${text}.${signature.slice(1)}`,
        signature,
      ];
      for (const view of bad) {
        const refusal = await refusalOf(await fetch(new URL(`${path}?view=${view}`, one.endpoint)));
        assert.deepEqual([refusal.status, refusal.code], [403, "link_not_allowed"], view);
      }
      assert.equal((await fetch(new URL(filepath, other.endpoint))).status, 403);
    },
  );

  test("texts, whatever shows them", PATIENCE, async () => {
    const text = `a text ${next()}`;
    const shown = {
      1: { class_type: "PrimitiveStringMultiline", inputs: { value: text } },
      2: { class_type: "PreviewAny", inputs: { source: ["1", 0] } },
    };
    const { outputs } = resultOf(await eventsOf(await here.post(formFor(shown))));
    assert.deepEqual(
      outputs.map(({ filename, content_type, data }) => [
        filename,
        content_type,
        Buffer.from(data, "base64").toString(),
      ]),
      [["text_2.txt", "text/plain; charset=utf-8", text]],
    );
  });

  test("what a node sends by WebSocket alone", PATIENCE, async () => {
    const sent = fresh();
    sent[3] = { class_type: "SaveImageWebsocket", inputs: { images: ["2", 0] } };
    const { outputs } = resultOf(await eventsOf(await here.post(formFor(sent))));
    assert.deepEqual([outputs.length, outputs[0].content_type], [1, "image/png"]);
    assert.equal(Buffer.from(outputs[0].data, "base64").subarray(1, 4).toString(), "PNG");
  });
});

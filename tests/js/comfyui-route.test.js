// The route in front of ComfyUI, over real HTTP: against the stand-in, or against the server at COMFYUI_URL.

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";

import { clientOf, eventsOf, formFor, startRoute } from "../support/comfy-route.js";
import { getJson, invert, NEEDS_CONTROLS, postJson, REAL, startComfy, until } from "../support/comfyui.js";
import { PATIENCE } from "../support/patience.js";
import { refusalOf } from "../support/proxy.js";

let comfy;
let route;
before(async () => {
  comfy = await startComfy({ args: ["--previews"] });
  route = await startRoute({ servers: [comfy.url] });
});
after(() => Promise.all([route.close(), comfy.close()]));
beforeEach(() => {
  route.failures.length = 0;
  return comfy.faults?.();
});

const controlled = { ...PATIENCE, skip: NEEDS_CONTROLS };
const ID = /^[A-Za-z0-9._~:-]{1,300}$/;
/** Another color each time, so that nothing is cached. */
let last = Math.floor(Math.random() * 8_000_000);
function next() {
  last += 1;
  return last;
}
const fresh = () => invert(next());

const post = (form, at = route) => fetch(at.endpoint, { method: "POST", body: form });
const resultOf = (events) => JSON.parse(events.find(({ event }) => event === "prompt_result").data);
const logsOf = (events) => events.filter(({ event }) => event === "log_message").map(({ data }) => data);
const bytesOf = async (file) => Buffer.from(await file.arrayBuffer());
/** What the server itself has as an output of a run. */
async function savedBy(id, at = comfy) {
  const entry = (await getJson(`${at.url}/history/${id.split(".")[1]}`))[id.split(".")[1]];
  const files = Object.values(entry.outputs).flatMap((made) => made.images ?? []);
  return Promise.all(
    files.map(async (file) =>
      Buffer.from(await (await fetch(`${at.url}/view?${new URLSearchParams(file)}`)).arrayBuffer()),
    ),
  );
}

describe("a run", () => {
  test("streamed: its id at once, its log, its result", PATIENCE, async () => {
    const response = await post(formFor(fresh()));
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
    const [saved] = await savedBy(id);
    assert.deepEqual(Buffer.from(outputs[0].data, "base64"), saved);
    assert.deepEqual([outputs[0].content_type, outputs[0].size], ["image/png", saved.length]);
    assert.deepEqual(route.failures, []);
  });

  for (const inProcess of [false, true]) {
    test(
      `by the client, ${inProcess ? "without HTTP in between" : "over HTTP"}: plain and streamed give the same`,
      PATIENCE,
      async () => {
        const client = await clientOf(route, inProcess);
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
    const response = await post(body);
    assert.equal(response.status, 201);
    const { outputs, prompt } = await response.json();
    assert.equal(prompt[1].inputs.height, 16);
    assert.equal(outputs.length, 1);
    assert.match(response.headers.get("viewcomfy-prompt-id"), ID);
  });

  test("seeds and other numbers keep all their digits", controlled, async () => {
    const seed = "18446744073709551615";
    const sampled = JSON.stringify(sampler()).replace('"seed":1', `"seed":${seed}`);
    const form = formFor(undefined, { logs: "false" });
    form.set("workflow_api", sampled);
    form.set("params", `{"3-inputs-cfg": 6.5, "5-inputs-width": 64}`);
    const text = await (await post(form)).text();
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
        const mine = await startRoute({ servers: [comfy.url], workflow: own, workflowApi: false });
        try {
          const response = await post(
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
    const events = await eventsOf(await post(formFor(editor, { params: { "1-inputs-width": 40 } })));
    const { status, prompt, outputs } = resultOf(events);
    assert.deepEqual([status, outputs.length], ["success", 1]);
    assert.deepEqual(prompt[1].inputs.width, 40);
    assert.deepEqual(prompt[2].inputs.image, ["1", 0]);
  });
});

describe("outputs", () => {
  const linking = async (t, more) => {
    const mine = await startRoute({ servers: [comfy.url], outputs: "link", ...more });
    t.after(() => mine.close());
    return mine;
  };

  test("as links of the route, in parts as well", PATIENCE, async (t) => {
    const mine = await linking(t);
    const response = await post(formFor(fresh()), mine);
    const id = response.headers.get("viewcomfy-prompt-id");
    const { outputs } = resultOf(await eventsOf(response));
    const { filepath, filename, content_type, data } = outputs[0];
    assert.deepEqual([content_type, data], ["image/png", undefined]);
    assert.match(filename, /\.png$/);
    const [saved] = await savedBy(id);
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
      const { outputs } = resultOf(await eventsOf(await post(formFor(fresh()), one)));
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
    const { outputs } = resultOf(await eventsOf(await post(formFor(shown))));
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
    const { outputs } = resultOf(await eventsOf(await post(formFor(sent))));
    assert.deepEqual([outputs.length, outputs[0].content_type], [1, "image/png"]);
    assert.equal(Buffer.from(outputs[0].data, "base64").subarray(1, 4).toString(), "PNG");
  });
});

describe("files", () => {
  const png = async (red) => {
    const made = await post(formFor(invert(red * 65_536 + next()), { logs: "false" }));
    const { outputs } = await made.json();
    return new File([Buffer.from(outputs[0].data, "base64")], "ü [x]/pic.png", { type: "image/png" });
  };
  const loading = (image = "none.png") => ({
    1: { class_type: "LoadImage", inputs: { image } },
    2: { class_type: "ImageInvert", inputs: { image: ["1", 0] } },
    3: { class_type: "SaveImage", inputs: { images: ["2", 0], filename_prefix: "loaded" } },
    4: { class_type: "MaskToImage", inputs: { mask: ["1", 1] } },
    5: { class_type: "PreviewImage", inputs: { images: ["4", 0] } },
  });

  test("a picture is uploaded and loaded", PATIENCE, async () => {
    const form = formFor(loading(), { "1-inputs-image": await png(10) });
    const { status, prompt, outputs } = resultOf(await eventsOf(await post(form)));
    assert.deepEqual([status, outputs.length], ["success", 2]);
    assert.match(prompt[1].inputs.image, /pic( \(\d+\))?\.png$/);
    assert.doesNotMatch(prompt[1].inputs.image, /[/[\]]/);
  });

  test("two pictures of one name are two files", PATIENCE, async () => {
    const names = [];
    for (const red of [20, 30]) {
      const form = formFor(loading(), { "1-inputs-image": await png(red) });
      names.push(resultOf(await eventsOf(await post(form))).prompt[1].inputs.image);
    }
    assert.notEqual(names[0], names[1]);
  });

  for (const order of ["behind", "before"]) {
    test(`a mask that comes ${order} its picture is joined with it`, PATIENCE, async () => {
      const [picture, mask] = [await png(40), await png(50)];
      const parts = [
        ["1-inputs-image", picture],
        ["1-inputs-image-viewcomfymask", mask],
      ];
      if (order === "before") parts.reverse();
      const form = formFor(loading(), Object.fromEntries(parts));
      const { status, prompt } = resultOf(await eventsOf(await post(form)));
      assert.equal(status, "success");
      assert.match(prompt[1].inputs.image, /-masked( \(\d+\))?\.png$/);
    });
  }

  test("the client's files and masks", PATIENCE, async () => {
    const client = await clientOf(route);
    const [image, mask] = [await png(60), await png(70)];
    const workflowApi = JSON.stringify(loading());
    const { status } = await client.infer({ workflowApi, params: { "1-inputs-image": { image, mask } } });
    assert.equal(status, "success");
  });

  test("a mask without a picture is refused", PATIENCE, async () => {
    const broken = loading();
    broken[1].inputs.image = ["9", 0];
    const form = formFor(broken, { "1-inputs-image-viewcomfymask": await png(80) });
    const refusal = await refusalOf(await post(form));
    assert.deepEqual([refusal.status, refusal.code], [400, "field_not_allowed"]);
  });

  test("a key that is a field of its own names a file that the server has", PATIENCE, async () => {
    const form = formFor(loading(), { "1-inputs-image": await png(90) });
    const { prompt } = resultOf(await eventsOf(await post(form)));
    const again = formFor(loading(), { "1-inputs-image": prompt[1].inputs.image });
    const second = resultOf(await eventsOf(await post(again)));
    assert.deepEqual([second.status, second.prompt[1].inputs.image], ["success", prompt[1].inputs.image]);
  });
});

describe("what is wrong", () => {
  test("what ComfyUI refuses is answered as it says it", PATIENCE, async () => {
    const broken = fresh();
    broken[3].inputs.images = ["7", 0];
    const response = await post(formFor(broken));
    const direct = await postJson(`${comfy.url}/prompt`, { prompt: broken });
    assert.deepEqual([response.status, direct.status], [400, 400]);
    const { error, node_errors } = await response.json();
    assert.deepEqual(error, direct.body.error);
    assert.deepEqual(Object.keys(node_errors), Object.keys(direct.body.node_errors));
    const client = await clientOf(route);
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
    const events = await eventsOf(await post(formFor(two)));
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
      const refusal = await refusalOf(await post(form));
      assert.deepEqual([refusal.status, refusal.code], [400, code]);
      assert.match(refusal.message, message);
      assert.equal(await queued(), before);
    });
  }
  const queued = async () => Object.keys((await comfy.counts?.())?.prompts ?? {}).length;

  test(
    "a run that fails tells the node and why, in the stream and in the plain answer",
    controlled,
    async () => {
      await comfy.faults({ fail_runs: 2 });
      const events = await eventsOf(await post(formFor(fresh())));
      const said = "SaveImage (node 3): RuntimeError: a failure on request";
      assert.deepEqual(
        events.filter(({ event }) => event === "error").map(({ data }) => data),
        [said],
      );
      const { status, completed, error_data } = resultOf(events);
      assert.deepEqual([status, completed, error_data], ["error", false, said]);
      const client = await clientOf(route);
      const failed = client.infer({ workflowApi: JSON.stringify(fresh()), params: { "1-inputs-width": 8 } });
      await assert.rejects(failed, (thrown) => {
        assert.deepEqual([thrown.code, thrown.result.status], ["execution_failed", "error"]);
        return true;
      });
    },
  );
});

describe("log, progress and previews", () => {
  test("a sampler's bar is told once, as tqdm draws it", controlled, async () => {
    const events = await eventsOf(await post(formFor(sampler(next()))));
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

  test("previews, for those who ask for them", controlled, async () => {
    const asked = await eventsOf(await post(formFor(sampler(next()), { previews: "true" })));
    const previews = asked.filter(({ event }) => event === "preview").map(({ data }) => JSON.parse(data));
    assert.ok(previews.length > 0);
    for (const { node_id, content_type, data } of previews) {
      assert.deepEqual([node_id, content_type], ["3", "image/jpeg"]);
      assert.equal(Buffer.from(data, "base64").readUInt16BE(0), 0xffd8);
    }
    const others = [formFor(sampler(next())), formFor(sampler(next()), { previews: "false" })];
    for (const form of others) {
      const events = await eventsOf(await post(form));
      assert.ok(events.every(({ event }) => event !== "preview"));
    }
    const without = await startRoute({ servers: [comfy.url], previews: false });
    const events = await eventsOf(await post(formFor(sampler(next()), { previews: "true" }), without));
    await without.close();
    assert.ok(events.every(({ event }) => event !== "preview"));
  });

  test("others' log lines are not told", controlled, async () => {
    await comfy.faults({ hold: true });
    const first = await post(formFor(fresh()));
    const second = await post(formFor(sampler(next())));
    const seen = [];
    const reading = Promise.all([eventsOf(first), eventsOf(second, (event) => void seen.push(event))]);
    await until(() => logsOf(seen).length > 0);
    await comfy.faults();
    const [one, two] = await reading;
    assert.ok(
      logsOf(one).every((line) => !/it\/s|weight dtype/.test(line)),
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

describe("runs that were begun before", () => {
  test("a run that is over: its result at once, and its record", PATIENCE, async () => {
    const response = await post(formFor(fresh()));
    const id = response.headers.get("viewcomfy-prompt-id");
    const first = resultOf(await eventsOf(response));
    const again = await fetch(`${route.endpoint}?resume=${id}`);
    assert.deepEqual([again.status, again.headers.get("viewcomfy-prompt-id")], [200, id]);
    const events = await eventsOf(again);
    assert.deepEqual(
      events.map(({ event }) => event),
      ["prompt_result"],
    );
    const { prompt, ...rest } = resultOf(events);
    assert.ok(prompt);
    assert.deepEqual(rest.outputs, first.outputs);
    const records = await getJson(`${route.endpoint}?prompt_ids=unknown&prompt_ids=${id}`);
    assert.equal(records.length, 1);
    const [{ outputs, ...record }] = records;
    const { execution_time_seconds } = rest;
    assert.deepEqual(record, { prompt_id: id, status: "success", completed: true, execution_time_seconds });
    assert.deepEqual(
      outputs.map(({ filename, data }) => [filename, data]),
      [[first.outputs[0].filename, undefined]],
    );
    const linked = await fetch(new URL(outputs[0].filepath, route.endpoint));
    assert.equal(Buffer.from(await linked.arrayBuffer()).toString("base64"), first.outputs[0].data);
  });

  test(
    "one that goes on is followed to its end, by another instance of the route as well",
    controlled,
    async () => {
      await comfy.faults({ hold: true });
      const response = await post(formFor(fresh()));
      const id = response.headers.get("viewcomfy-prompt-id");
      const begun = eventsOf(response);
      const other = await startRoute({ servers: ["http://127.0.0.1:1", comfy.url], secret: "same" });
      assert.equal((await fetch(`${other.endpoint}?resume=${id}`)).status, 404);
      await other.close();
      const same = await startRoute({ servers: [comfy.url] });
      await until(async () => (await getJson(`${same.endpoint}?prompt_ids=${id}`))[0]?.status === "running");
      const resumed = await fetch(`${same.endpoint}?resume=${id}`);
      assert.equal(resumed.status, 200);
      const following = eventsOf(resumed);
      await comfy.faults();
      const [one, two] = [resultOf(await begun), resultOf(await following)];
      await same.close();
      assert.deepEqual(two.outputs, one.outputs);
    },
  );

  test("ids that this route did not make are not known", PATIENCE, async () => {
    const response = await post(formFor(fresh()));
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
        const refusal = await refusalOf(await fetch(`${route.endpoint}?${name}=${unknown}`, { method }));
        assert.deepEqual([refusal.status, refusal.code], [404, "unknown_run"], unknown);
      }
      assert.deepEqual(await getJson(`${route.endpoint}?prompt_ids=${unknown}`), []);
    }
  });
});

/** A workflow with a sampler, which needs a model: the stand-in has any. */
function sampler(seed = 1) {
  return {
    3: {
      class_type: "KSampler",
      inputs: {
        ...{ seed, steps: 6, cfg: 7, sampler_name: "euler", scheduler: "normal", denoise: 1 },
        ...{ model: ["4", 0], positive: ["6", 0], negative: ["6", 0], latent_image: ["5", 0] },
      },
    },
    4: { class_type: "CheckpointLoaderSimple", inputs: { ckpt_name: "any.safetensors" } },
    5: { class_type: "EmptyLatentImage", inputs: { width: 64, height: 64, batch_size: 1 } },
    6: { class_type: "CLIPTextEncode", inputs: { text: "a fox", clip: ["4", 1] } },
    8: { class_type: "VAEDecode", inputs: { samples: ["3", 0], vae: ["4", 2] } },
    9: { class_type: "SaveImage", inputs: { images: ["8", 0], filename_prefix: "sampled" } },
  };
}

if (REAL) test(`against ${(await getJson(`${REAL}/system_stats`)).system.comfyui_version}`, () => {});

// The stand-in for a ComfyUI server: what it answers is what a real one was recorded to answer, its odd habits as well.

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";

import {
  getJson,
  invert,
  listen,
  NEEDS_CONTROLS,
  NO_TRANSCRIPTS,
  postJson,
  startComfy,
  transcript,
  until,
} from "../support/comfyui.js";
import { PATIENCE } from "../support/patience.js";

let comfy;
before(async () => {
  comfy = await startComfy({ args: ["--previews"] });
});
after(() => comfy.close());
beforeEach(() => comfy.faults?.());

/** Also for what depends on the version that was recorded, or on which files the server has. */
const needsControls = NEEDS_CONTROLS ? { skip: NEEDS_CONTROLS } : {};
const recorded = { ...PATIENCE, skip: NO_TRANSCRIPTS };
const controlled = { ...PATIENCE, skip: NEEDS_CONTROLS };

/** How often these come depends on the machine's speed. */
const OFTEN = new Set(["status", "logs", "progress", "progress_state"]);

const id = () => crypto.randomUUID();
const post = (prompt, more) => postJson(`${comfy.url}/prompt`, { prompt, ...more });
const history = async (promptId) => (await getJson(`${comfy.url}/history/${promptId}`))[promptId];
const job = (promptId) => getJson(`${comfy.url}/api/jobs/${promptId}`);

/** Posts a prompt and hears it to its end. */
async function heard(prompt, more = {}) {
  const clientId = id();
  const socket = await listen(comfy.url, clientId, more.listen);
  const { status, body } = await post(prompt, { client_id: clientId, ...more.post });
  assert.equal(status, 200);
  await socket.heard("executing", (data) => data.node === null && data.prompt_id === body.prompt_id);
  socket.close();
  return { ...socket, promptId: body.prompt_id, answer: body };
}

function shapes(messages) {
  return Object.fromEntries(messages.map(({ type, data }) => [type, Object.keys(data).sort()]));
}

const order = (messages) => messages.map(({ type }) => type).filter((type) => !OFTEN.has(type));

describe("the recorded exchanges", () => {
  /** Messages about the prompt that a transcript posts first. */
  const told = (name) => {
    const exchange = transcript(name);
    const { request, response } = exchange.find(({ request }) => request?.path === "/prompt");
    const end = exchange.findIndex(({ message }) => message?.data?.node === null);
    const messages = exchange.slice(0, end + 1).flatMap(({ message }) => (message ? [message] : []));
    return { request: request.json, response, messages, exchange };
  };

  test("a run from the first message to the last", recorded, async () => {
    const { request, messages, exchange } = told("01_empty_invert_save");
    const { messages: ours, promptId } = await heard(request.prompt);
    assert.deepEqual(order(ours), order(messages));
    const { logs, ...expected } = shapes(messages.slice(1));
    assert.ok(logs);
    assert.deepEqual(shapes(ours.slice(1)), expected);
    const asked = exchange.find(({ request }) => request?.path?.startsWith("/history/"));
    const [entry] = Object.values(asked.response.body);
    const mine = await history(promptId);
    assert.deepEqual(Object.keys(mine).sort(), Object.keys(entry).sort());
    assert.deepEqual(
      mine.status.messages.map(([type]) => type),
      entry.status.messages.map(([type]) => type),
    );
    assert.deepEqual(
      [mine.status.status_str, mine.status.completed],
      [entry.status.status_str, entry.status.completed],
    );
    assert.deepEqual(Object.keys(mine.outputs), Object.keys(entry.outputs));
    assert.deepEqual(mine.meta, entry.meta);
  });

  test("what is refused, word by word", { ...recorded, ...needsControls }, async () => {
    let compared = 0;
    for (const { request, response } of transcript("06_validation_errors")) {
      const type = response?.body?.error?.type;
      // The stand-in knows classes and links, not the values that inputs may have.
      if (!["missing_node_type", "prompt_no_outputs"].includes(type)) continue;
      const { status, body } = await postJson(`${comfy.url}${request.path}`, request.json);
      assert.deepEqual([status, body], [response.status, response.body]);
      compared += 1;
    }
    assert.equal(compared, 4);
  });

  test("an output that is left out is told with 200", recorded, async () => {
    const good = {
      ...invert(),
      9: { class_type: "SaveImage", inputs: { images: ["8", 0], filename_prefix: "x" } },
    };
    const { status, body } = await post(good);
    assert.equal(status, 200);
    const exchange = transcript("06_validation_errors").find(
      ({ response }) => response?.status === 200 && Object.keys(response.body.node_errors ?? {}).length > 0,
    );
    assert.deepEqual(Object.keys(body), Object.keys(exchange.response.body));
    assert.deepEqual(
      Object.keys(Object.values(body.node_errors)[0]),
      Object.keys(Object.values(exchange.response.body.node_errors)[0]),
    );
  });

  test("uploads", { ...recorded, ...needsControls }, async () => {
    const exchange = transcript("02_upload_load_scale_save_mask");
    const files = { 141: "first", 137: "second", 138: "third", 12: "text", 185: "mask" };
    for (const { request, response } of exchange) {
      if (!request?.path?.startsWith("/upload/image")) continue;
      const form = new FormData();
      for (const [name, value] of Object.entries(request.form)) {
        const [, filename, type, size] = /^<file (\S+) (\S+) (\d+) bytes>$/.exec(value) ?? [];
        if (filename) form.append(name, new File([files[size]], filename, { type }));
        else form.append(name, value);
      }
      const answer = await fetch(`${comfy.url}${request.path}`, { method: "POST", body: form });
      const text = await answer.text();
      assert.equal(answer.status, response.status);
      if (response.body.name) assert.deepEqual(JSON.parse(text), response.body);
    }
  });

  test("an interrupted run says error in its history; only its messages and its job tell", {
    ...recorded,
    ...needsControls,
  }, async () => {
    const { messages, exchange } = told("09_interrupt_running");
    await comfy.faults({ hold: true });
    const clientId = id();
    const socket = await listen(comfy.url, clientId);
    const { body } = await post(invert(9), { client_id: clientId });
    await socket.heard("executed");
    await postJson(`${comfy.url}/interrupt`, {});
    await socket.heard("executing", (data) => data.node === null);
    socket.close();
    const mine = shapes(socket.messages).execution_interrupted;
    assert.deepEqual(mine, shapes(messages).execution_interrupted);
    const entry = await history(body.prompt_id);
    const asked = exchange.find(({ request }) => request?.path?.startsWith("/history/"));
    const [theirs] = Object.values(asked.response.body);
    assert.deepEqual(
      [entry.status.status_str, entry.status.completed, entry.status.messages.at(-1)[0]],
      [theirs.status.status_str, theirs.status.completed, theirs.status.messages.at(-1)[0]],
    );
    assert.equal((await job(body.prompt_id)).status, "cancelled");
  });

  test("a prompt that is taken from the queue leaves nothing behind", {
    ...recorded,
    ...needsControls,
  }, async () => {
    const { exchange } = told("11_queue_two_delete_pending");
    await comfy.faults({ hold: true });
    const clientId = id();
    const socket = await listen(comfy.url, clientId);
    const first = await post(invert(11), { client_id: clientId });
    await socket.heard("executed");
    const second = await post(invert(12), { client_id: clientId });
    const queue = await getJson(`${comfy.url}/queue`);
    const theirs = exchange.find(({ request }) => request?.path === "/queue" && request.method === "GET");
    assert.deepEqual(Object.keys(queue), Object.keys(theirs.response.body));
    const kinds = (item) => item.map((value) => (Array.isArray(value) ? "list" : typeof value));
    assert.deepEqual(kinds(queue.queue_pending[0]), kinds(theirs.response.body.queue_pending[0]));
    assert.equal(queue.queue_pending[0][1], second.body.prompt_id);
    assert.equal(
      (
        await fetch(`${comfy.url}/queue`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ delete: [second.body.prompt_id, "unknown"] }),
        })
      ).status,
      200,
    );
    await comfy.faults();
    await socket.heard("executing", (data) => data.node === null);
    socket.close();
    assert.ok(socket.messages.every(({ data }) => data.prompt_id !== second.body.prompt_id));
    assert.equal(await history(second.body.prompt_id), undefined);
    assert.deepEqual(await job(second.body.prompt_id), { error: "Job not found" });
    assert.equal((await job(first.body.prompt_id)).status, "completed");
  });

  test("a second run of the same: cached outputs are told again", recorded, async () => {
    const again = invert(77);
    await heard(again);
    const { messages } = await heard(again);
    const { exchange } = told("01_empty_invert_save");
    const starts = exchange.flatMap(({ message }, at) => (message?.type === "execution_start" ? [at] : []));
    const theirs = exchange.slice(starts[1]).flatMap(({ message }) => (message ? [message] : []));
    const until = theirs.findIndex(({ data }) => data.node === null);
    const ours = order(messages);
    assert.deepEqual(ours, order(theirs.slice(0, until + 1)));
  });
});

describe("its sockets", () => {
  test("without a client id it mints one", PATIENCE, async () => {
    const socket = await listen(comfy.url);
    assert.match(socket.messages[0].data.sid, /^[0-9a-f]{32}$/);
    socket.close();
  });

  test(
    "one socket a client id: the newer takes over, and goes deaf when the older closes",
    PATIENCE,
    async () => {
      const clientId = id();
      const older = await listen(comfy.url, clientId);
      const newer = await listen(comfy.url, clientId);
      const { body } = await post(invert(16), { client_id: clientId });
      await newer.heard("executing", (data) => data.node === null && data.prompt_id === body.prompt_id);
      assert.ok(older.messages.every(({ type }) => type === "status"));
      assert.equal(older.isClosed(), false);
      const before = comfy.sockets ? await comfy.sockets() : 0;
      older.close();
      if (comfy.sockets) await until(async () => (await comfy.sockets()) < before);
      else await until(() => older.isClosed());
      const count = newer.messages.length;
      const deaf = await post(invert(17), { client_id: clientId });
      await until(() => history(deaf.body.prompt_id));
      assert.equal(newer.messages.length, count);
      newer.close();
    },
  );

  test("what was missed is not told again to one that comes back", controlled, async () => {
    await comfy.faults({ hold: true });
    const clientId = id();
    const first = await listen(comfy.url, clientId);
    const { body } = await post(invert(18), { client_id: clientId });
    await first.heard("executed");
    const before = await comfy.sockets();
    first.close();
    await until(async () => (await comfy.sockets()) < before);
    const second = await listen(comfy.url, clientId);
    await second.heard("executing", (data) => data.node === "3");
    await comfy.faults();
    await second.heard("executing", (data) => data.node === null && data.prompt_id === body.prompt_id);
    second.close();
    assert.ok(second.messages.every(({ type }) => type !== "execution_start" && type !== "executed"));
  });

  test(
    "without a client id of the prompt, start and end are told to nobody, and progress to everybody",
    PATIENCE,
    async () => {
      const socket = await listen(comfy.url, id());
      const { body } = await post(invert(19));
      await until(() => history(body.prompt_id));
      await socket.heard("progress_state", (data) => data.prompt_id === body.prompt_id);
      socket.close();
      assert.ok(socket.messages.every(({ type }) => !type.startsWith("execution_") && type !== "executed"));
    },
  );

  test("previews: with facts where these were declared, else without", controlled, async () => {
    const sampled = {
      4: { class_type: "CheckpointLoaderSimple", inputs: { ckpt_name: "any.safetensors" } },
      5: { class_type: "EmptyLatentImage", inputs: { width: 64, height: 64, batch_size: 1 } },
      6: { class_type: "CLIPTextEncode", inputs: { text: "a fox", clip: ["4", 1] } },
      3: {
        class_type: "KSampler",
        inputs: {
          ...{ seed: 1, steps: 4, cfg: 7, sampler_name: "euler", scheduler: "normal", denoise: 1 },
          ...{ model: ["4", 0], positive: ["6", 0], negative: ["6", 0], latent_image: ["5", 0] },
        },
      },
      8: { class_type: "VAEDecode", inputs: { samples: ["3", 0], vae: ["4", 2] } },
      9: { class_type: "PreviewImage", inputs: { images: ["8", 0] } },
    };
    const plain = await heard(sampled);
    assert.ok(plain.binary.length > 0);
    assert.ok(plain.binary.every((bytes) => bytes.readUInt32BE(0) === 1 && bytes.readUInt32BE(4) === 1));
    sampled[3].inputs.seed = 2;
    const { binary } = await heard(sampled, { listen: { features: { supports_preview_metadata: true } } });
    assert.ok(binary.every((bytes) => bytes.readUInt32BE(0) === 4));
    const facts = JSON.parse(binary[0].subarray(8, 8 + binary[0].readUInt32BE(4)).toString());
    assert.deepEqual([facts.node_id, facts.image_type], ["3", "image/jpeg"]);
  });
});

describe("its controls", () => {
  test("sockets that are refused, or cut off after so many messages", controlled, async () => {
    await comfy.faults({ refuse_sockets: true });
    assert.equal((await listen(comfy.url, id())).messages.length, 0);
    await comfy.faults({ cut_sockets_after: 4 });
    const clientId = id();
    const socket = await listen(comfy.url, clientId);
    const { body } = await post(invert(21), { client_id: clientId });
    await until(() => socket.isClosed());
    assert.equal(socket.messages.length, 4);
    await until(() => history(body.prompt_id));
  });

  test("a prompt that is lost, and one whose answer is lost", controlled, async () => {
    await comfy.faults({ lose_prompts: 1, lose_answers: 1 });
    const [lost, taken] = [id(), id()];
    await assert.rejects(post(invert(22), { prompt_id: lost }));
    await assert.rejects(post(invert(23), { prompt_id: taken }));
    await until(() => history(taken));
    assert.equal(await history(lost), undefined);
    const { prompts } = await comfy.counts();
    assert.deepEqual(prompts[taken], { posted: 1, executed: 1 });
    assert.equal(prompts[lost], undefined);
  });

  test("questions that fail, jobs that there are none of", controlled, async () => {
    await comfy.faults({ fail_questions: 2, no_jobs: true });
    for (const path of ["/queue", "/history"]) assert.equal((await fetch(comfy.url + path)).status, 500);
    assert.equal((await fetch(`${comfy.url}/queue`)).status, 200);
    assert.equal((await fetch(`${comfy.url}/api/jobs`)).status, 404);
  });

  test("a run that fails", controlled, async () => {
    await comfy.faults({ fail_runs: 1 });
    const { messages, promptId } = await heard(invert(24));
    const { data } = messages.find(({ type }) => type === "execution_error");
    assert.equal(data.exception_message, "a failure on request\n");
    assert.equal((await job(promptId)).status, "failed");
  });

  test("a restart loses queue and history, and keeps files", controlled, async () => {
    const { promptId } = await heard(invert(25));
    const [{ filename }] = (await history(promptId)).outputs[3].images;
    await comfy.faults({ hold: true });
    const running = await post(invert(26), { prompt_id: id() });
    const socket = await listen(comfy.url, id());
    await comfy.restart();
    await until(() => socket.isClosed());
    await until(async () => (await getJson(`${comfy.url}/prompt`)).exec_info.queue_remaining === 0);
    assert.deepEqual(await getJson(`${comfy.url}/history`), {});
    assert.deepEqual(await job(running.body.prompt_id), { error: "Job not found" });
    assert.equal((await fetch(`${comfy.url}/view?filename=${filename}`)).status, 200);
  });
});

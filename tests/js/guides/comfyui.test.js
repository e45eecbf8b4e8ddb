// The guide "Run on your own ComfyUI": its routes run on the stand-in.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { beforeEach, test } from "node:test";

import { openGuide } from "../../support/guide.js";

const guide = openGuide("comfyui");
beforeEach(() => {
  process.env.COMFYUI_URL = `${guide.endpoint}/comfyui`;
});

test("the page runs through the route", async () => {
  const { POST } = await guide.runFile("app/api/comfy/route.js");
  guide.routes.set("/api/comfy", POST);
  await guide.run();
  assert.match(guide.said.at(-1), /\.png$/);
  assert.ok(
    guide.said.some((line) => line.includes("it/s]")),
    guide.said.join("\n"),
  );
});

test("Node's http server lets in who has the token, and runs its own workflow", async () => {
  guide.write("server.mjs", guide.take(guide.block("server.mjs")).code);
  const child = spawn(process.execPath, ["server.mjs"], {
    cwd: guide.folder,
    env: { ...process.env, PORT: "0", APP_TOKEN: "mine" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const [line] = await once(createInterface({ input: child.stdout }), "line");
    const url = `http://127.0.0.1:${/\d+$/.exec(line)[0]}`;
    const form = new FormData();
    form.set("params", '{"3-inputs-seed":1}');
    form.set("logs", "false");
    assert.equal((await fetch(url, { method: "POST", body: form })).status, 401);
    const headers = { authorization: "Bearer mine" };
    const { outputs } = await (await fetch(url, { method: "POST", body: form, headers })).json();
    const link = await fetch(new URL(outputs[0].filepath, url), { headers });
    assert.equal(link.headers.get("content-type"), "image/png");
    form.set("workflow_api", "{}");
    assert.equal((await fetch(url, { method: "POST", body: form, headers })).status, 400);
  } finally {
    child.kill();
  }
});

test("a script, in one process", async () => {
  const { stdout, stderr } = await guide.start("script.mjs");
  assert.equal(stderr, "");
  assert.match(stdout, /^\S+\.png\n$/);
});

guide.lastTest();

// `run --comfyui`: a run on a ComfyUI server without anything in between, and what becomes of it when it is stopped.

import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";

import { assertBlock, cli, fixture, ownDirectory, startCli } from "../support/cli.js";
import { invert, NEEDS_CONTROLS, postJson, startComfy, until } from "../support/comfyui.js";
import { closedAddress } from "../support/serve.js";

const controlled = { skip: NEEDS_CONTROLS };
let comfy;

before(async () => {
  comfy = await startComfy();
});
after(() => comfy?.close());
beforeEach(() => comfy.faults?.());

/** A directory with a workflow in it. */
function place(context, workflow = invert()) {
  const cwd = ownDirectory(context);
  writeFileSync(join(cwd, "workflow_api.json"), JSON.stringify(workflow));
  return cwd;
}

const args = (...more) => ["run", "workflow_api.json", "--comfyui", comfy.url, "--out", "made", ...more];
const queue = async () => (await fetch(`${comfy.url}/queue`)).json();
const idsOf = (entries) => entries.map(([, promptId]) => promptId);

test("the picture is saved, with the parameters put in", async (context) => {
  const cwd = place(context);
  const { code, out, err } = await cli(args("--set", "1-inputs-width=32", "--verbose"), { cwd });
  assert.equal(code, 0, err);
  const [name] = readdirSync(join(cwd, "made"));
  assert.equal(out, `${join("made", name)}\n`);
  const png = readFileSync(join(cwd, "made", name));
  assert.deepEqual([png.subarray(1, 4).toString(), png.readUInt32BE(16)], ["PNG", 32]);
  assert.match(err, /done.*: 1 output\n$/);
});

test("a file is uploaded, and the result is JSON where that is asked for", async (context) => {
  const edit = {
    1: { class_type: "LoadImage", inputs: { image: "none.png" } },
    2: { class_type: "ImageInvert", inputs: { image: ["1", 0] } },
    3: { class_type: "SaveImage", inputs: { images: ["2", 0], filename_prefix: "edited" } },
  };
  const cwd = place(context, edit);
  const { code, out, err } = await cli(
    args("--file", `1-inputs-image=${fixture("found/text.png")}`, "--json"),
    { cwd },
  );
  assert.equal(code, 0, err);
  const { promptId, outputs } = JSON.parse(out);
  assert.ok(promptId.length > 0);
  assert.match(outputs[0].filename, /^edited/);
});

test("of several servers one that answers runs it", async (context) => {
  const cwd = place(context);
  const { code, err } = await cli(args("--comfyui", await closedAddress(), "--set", "1-inputs-color=9"), {
    cwd,
  });
  assert.equal(code, 0, err);
});

test("Ctrl+C cancels this run and no other", controlled, async (context) => {
  await comfy.faults({ hold: true });
  const other = await postJson(`${comfy.url}/prompt`, { prompt: invert(1), client_id: "of-somebody-else" });
  const { child, done } = startCli(args("--set", "1-inputs-color=2"), { cwd: place(context) });
  const both = await until(async () => {
    const { queue_running: running, queue_pending: pending } = await queue();
    const ids = [...idsOf(running), ...idsOf(pending)];
    return ids.length === 2 && ids;
  });
  child.kill("SIGINT");
  const { code, err } = await done;
  assert.equal(code, 130, err);
  assert.match(
    err,
    /error: stopped before the run was done\n.*ComfyUI was told to cancel this run, and no other/,
  );
  await until(async () => idsOf((await queue()).queue_pending).length === 0);
  assert.ok(both.includes(other.body.prompt_id));
  assert.deepEqual(idsOf((await queue()).queue_running), [other.body.prompt_id]);
});

test("what ComfyUI refuses is told with its nodes", async (context) => {
  const broken = invert();
  broken[3].inputs.images = ["7", 0];
  const told = await cli(args("--set", "1-inputs-color=3"), { cwd: place(context, broken) });
  assertBlock(told, 5, "validation_failed");
  assert.match(told.err, /\n {2}node 3/);
});

test("a server that is not there", async (context) => {
  const told = await cli(
    ["run", "workflow_api.json", "--comfyui", await closedAddress(), "--set", "1-inputs-color=1"],
    {
      cwd: place(context),
    },
  );
  assert.equal(told.code, 5);
  assert.match(told.err, /^error: .*ComfyUI server could not be reached/m);
});

test("there is nothing deployed to run", async () => {
  const told = await cli(["run", "--comfyui", comfy.url, "--set", "1-inputs-color=1"]);
  assertBlock(told, 3, "usage");
  assert.match(told.err, /has no deployed workflow/);
});

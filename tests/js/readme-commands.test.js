// The README's commands in a shell.

import assert from "node:assert/strict";
import { copyFileSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { serveWords, startServe } from "../support/cli-serve.js";
import { startEndpoint } from "../support/endpoint.js";
import { environmentFor, startIn } from "../support/guide.js";
import { blocksOf, createModules } from "../support/readme-examples.js";
import { lastRequest } from "../support/requests.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const modules = createModules("readme-commands");
const commands = blocksOf("README.md", "sh").find((block) => block.includes("npx viewcomfy-wasm params"));
let endpoint;

before(async () => {
  endpoint = await startEndpoint({ speed: 200 });
  copyFileSync(join(root, "www/examples/text-to-image.json"), join(modules.folder, "workflow_api.json"));
  copyFileSync(join(root, "tests/fixtures/found/text.png"), join(modules.folder, "picture.png"));
});
after(async () => {
  await endpoint.close();
  modules.remove();
});

/** Runs the one command of the README that says this. */
async function runCommand(words) {
  const [command, ...more] = commands.split("\n").filter((line) => line.includes(words));
  assert.deepEqual(more, [], words);
  const script = command.replace("npx viewcomfy-wasm", `"${process.execPath}" "${join(root, "pkg/cli.js")}"`);
  return startIn(modules.folder, "bash", ["-c", script], environmentFor(endpoint.url));
}

test("params", async () => {
  const { code, stdout, stderr } = await runCommand("params");
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^\{\n {4}"_3-node-class_type-info": "Sampler",/);
});

test("types", async () => {
  const { code, stderr } = await runCommand("types");
  assert.equal(code, 0, stderr);
  assert.match(readFileSync(join(modules.folder, "workflow.d.ts"), "utf8"), /"6-inputs-text"/);
});

test("inspect", async () => {
  const { stdout, stderr } = await runCommand("inspect");
  assert.equal(stderr, "");
  assert.match(stdout, /KSampler/);
});

test("run", async () => {
  const { code, stderr } = await runCommand("run workflow_api.json");
  assert.equal(code, 0, stderr);
  const { params } = await lastRequest(endpoint.url);
  assert.match(params, /^\{"3-inputs-seed":\d+,"6-inputs-text":"a red fox"\}$/);
  const made = readdirSync(modules.folder).filter((name) => /\.png$/.test(name) && name !== "picture.png");
  assert.equal(made.length, 1);
  assert.equal(readFileSync(join(modules.folder, made[0])).subarray(1, 4).toString(), "PNG");
});

test("schema", async () => {
  const { code, stdout, stderr } = await runCommand("schema");
  assert.equal(code, 0, stderr);
  assert.equal(JSON.parse(stdout).properties["3-inputs-steps"].maximum, 10_000);
});

test("serve", async (context) => {
  const [, ...words] = serveWords(commands);
  const args = words.map((word) => word.replace("http://127.0.0.1:8188", `${endpoint.url}/comfyui`));
  const { address } = await startServe(context, args);
  assert.match(await (await fetch(address)).text(), /data-kind="comfyui"/);
});

test("every command of the block is run above", () => {
  assert.equal(commands.trim().split("\n").length, 6);
});

test("what a reader tries first is the command that is run above", () => {
  const [first] = blocksOf("README.md", "sh");
  assert.match(first, /^npx viewcomfy-wasm serve .+\n$/);
  assert.ok(commands.includes(first.trim()));
});

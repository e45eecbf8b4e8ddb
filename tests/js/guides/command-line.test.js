// The guide "Command line": every command of it, in a shell.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { serveWords, startServe } from "../../support/cli-serve.js";
import { openGuide } from "../../support/guide.js";
import { requests } from "../../support/requests.js";
import { parseExact } from "../../support/workflows.js";

const guide = openGuide("command-line");
const [help, params, inspect, convert, diff, types, schema, serve, keys, run, instead, comfyui, script] =
  guide.blocks;
const read = (name) => readFileSync(join(guide.folder, name), "utf8");

async function shell({ name }, change) {
  const ended = await guide.shell(name, change);
  assert.equal(ended.code, 0, ended.stderr);
  return ended.stdout;
}

test("help teaches", async () => {
  const text = await shell(help);
  for (const command of ["params", "types", "schema", "inspect", "diff", "convert", "run", "serve"])
    assert.ok(text.includes(command), command);
});

test("params lists, on the terminal and into a file", async () => {
  const text = await shell(params);
  assert.equal(text, read("workflow_api_parameters.json"));
  assert.match(text, /"3-inputs-seed": 11400714819323198485/);
});

test("inspect tells nodes and problems", async () => {
  // With a server's definitions there may be warnings, which are the exit code: the shell goes on.
  const text = await shell(inspect, (code) => code.replace(/(--object-info.*)$/m, "$1 || [ $? -le 2 ]"));
  assert.match(text, /Prompt \(CLIPTextEncode\)/);
  assert.match(text, /"problems": \[/);
});

test("convert and types write their files", async () => {
  await shell(convert);
  assert.match(read("converted_api.json"), /class_type/);
  await shell(types);
  assert.match(read("workflow.d.ts"), /"6-inputs-text": string/);
});

test("diff tells what differs", async () => {
  const text = await shell(diff, (code) => `${code.trim()} || [ $? -eq 1 ]`);
  assert.match(text, /^- workflow_api\.json\n\+ in\.png\n\d+ /);
});

test("schema writes a schema and a description", async () => {
  await shell(schema);
  assert.equal(JSON.parse(read("parameters.schema.json")).properties["6-inputs-text"].type, "string");
  const { openapi, components } = JSON.parse(read("openapi.json"));
  assert.equal(openapi, "3.1.0");
  assert.ok(components.schemas.Parameters.properties["3-inputs-sampler_name"].enum.length > 1);
});

test("serve opens the page in front of a ComfyUI", async (context) => {
  const [, ...words] = serveWords(guide.take(serve).code);
  const { address } = await startServe(context, words.map(withComfyUI));
  assert.match(await (await fetch(address)).text(), /data-kind="comfyui"/);
});

test("run takes a ComfyUI server", async () => {
  await shell(comfyui, withComfyUI);
  assert.equal(readdirSync(join(guide.folder, "local")).length, 1);
});

function withComfyUI(text) {
  return text.replace("http://127.0.0.1:8188", `${guide.endpoint}/comfyui`);
}

test("the variables are those that run reads", async () => {
  const told = await shell(
    keys,
    (code) => `${code}\nenv | grep -c '^VIEWCOMFY_\\(API_URL\\|CLIENT_ID\\|CLIENT_SECRET\\)=.'`,
  );
  assert.equal(told.trim(), "3");
});

test("run calls the endpoint and saves what came", async () => {
  await shell(run);
  const [first, second] = await requests(guide.endpoint);
  assert.match(first.params, /"6-inputs-text":"a red fox in the snow"/);
  assert.match(second.params, /"3-inputs-steps":12/);
  assert.equal(second.workflow_api ?? null, null);
  assert.equal(readdirSync(join(guide.folder, "pictures")).length, 1);
});

test("run takes another workflow, and a picture", async () => {
  await shell(instead);
  const [edited, again, another] = await requests(guide.endpoint);
  assert.deepEqual(
    edited.files.map(({ name }) => name),
    ["1-inputs-image"],
  );
  assert.match(again.workflow_api, /class_type/);
  const seedOf = ({ params }) => JSON.parse(params.replace(/\d{16,}/g, '"$&"'))["3-inputs-seed"];
  assert.equal(seedOf(again), parseExact(again.workflow_api)["3"].inputs.seed);
  assert.notEqual(seedOf(another), seedOf(again));
});

test("programs read stdout", async () => {
  assert.match(await shell(script), /"3-inputs-seed": \d+/);
  assert.equal(JSON.parse(read("result.json")).outputs.length, 1);
});

guide.lastTest();

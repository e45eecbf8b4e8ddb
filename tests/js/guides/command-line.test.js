// The guide "Command line": every command of it, in a shell.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { openGuide } from "../../support/guide.js";
import { requests } from "../../support/requests.js";

const guide = openGuide("command-line");
const [help, params, inspect, convert, types, keys, run, instead, script] = guide.blocks;
const read = (name) => readFileSync(join(guide.folder, name), "utf8");

async function shell({ name }, change) {
  const ended = await guide.shell(name, change);
  assert.equal(ended.code, 0, ended.stderr);
  return ended.stdout;
}

test("help teaches", async () => {
  const text = await shell(help);
  for (const command of ["params", "types", "inspect", "convert", "run"])
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
  const [edited, again] = await requests(guide.endpoint);
  assert.deepEqual(
    edited.files.map(({ name }) => name),
    ["1-inputs-image"],
  );
  assert.match(again.workflow_api, /class_type/);
});

test("programs read stdout", async () => {
  assert.match(await shell(script), /"3-inputs-seed": \d+/);
  assert.equal(JSON.parse(read("result.json")).outputs.length, 1);
});

guide.lastTest();

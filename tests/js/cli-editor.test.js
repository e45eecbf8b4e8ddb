// The editor's format at the command line: every command takes it, converted, and one note on stderr says so.

import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import initInspection, { findWorkflow, toApiFormat } from "../../pkg/inspect-node.js";
import init, { flattenWorkflow, flattenWorkflowToJson } from "../../pkg/node.js";
import { assertBlock, cli, fixture, ownDirectory } from "../support/cli.js";
import { startRuns } from "../support/cli-run.js";
import { settledRequest } from "../support/requests.js";
import { rejected } from "../support/workflows.js";

const LIGHTHOUSE = fixture("editor/lighthouse_04.json");
const SUBGRAPHS = fixture("editor/subgraphs_1.json");
const NOTE = /^note: ".+" is in the editor's format and was converted to API format\. .+\n$/;

before(() => Promise.all([init(), initInspection()]));

const converted = async (file) => (await toApiFormat(readFileSync(file))).json;

describe("what the editor saved is converted", () => {
  const refused = rejected.filter(({ code }) => code === "editor_workflow").map(({ file }) => file);
  const files = [LIGHTHOUSE, SUBGRAPHS, fixture("rejected/editor_export.json")];

  test("by params", async () => {
    for (const file of files) {
      const { code, out, err } = await cli(["params", file]);
      assert.deepEqual([code, out], [0, flattenWorkflowToJson(await converted(file), 4)], file);
      assert.match(err, NOTE);
    }
  });

  test("by types and schema, as from the converted file", async (context) => {
    const directory = ownDirectory(context);
    for (const [at, file] of files.entries()) {
      const path = join(directory, `${at}.json`);
      writeFileSync(path, await converted(file));
      for (const command of ["types", "schema"]) {
        const [own, theirs] = await Promise.all([cli([command, file]), cli([command, path])]);
        assert.deepEqual([own.code, theirs.code, theirs.err], [0, 0, ""], `${command} ${file}`);
        assert.equal(withoutName(own.out), withoutName(theirs.out));
        assert.match(own.err, NOTE);
      }
    }
  });

  test("from files that hold nothing else", async () => {
    const held = [];
    for (const name of readdirSync(fixture("found")).filter((each) => /\.(?!py)\w+$/.test(each))) {
      const found = await findWorkflow(readFileSync(fixture(`found/${name}`)));
      if (!found?.prompt) held.push({ name, workflow: found?.workflow?.json ?? "" });
    }
    assert.ok(held.length > 0);
    for (const { name, workflow } of held) {
      const { code, out, err } = await cli(["params", fixture(`found/${name}`)]);
      const { json } = await toApiFormat(workflow);
      assert.deepEqual([code, out], [0, flattenWorkflowToJson(json, 4)], name);
      assert.match(err, NOTE);
    }
  });

  test("with what a server knows of its classes", async (context) => {
    const definitions = join(ownDirectory(context), "object_info.json");
    const inputs = { reach: ["INT", {}], mood: ["STRING", {}] };
    writeFileSync(
      definitions,
      JSON.stringify({ TheirNode: { input: { required: inputs }, output: [], output_node: true } }),
    );
    const input = JSON.stringify({
      nodes: [{ id: 1, type: "TheirNode", inputs: [], outputs: [], widgets_values: [7, "calm"] }],
      links: [],
      version: 0.4,
    });
    for (const command of ["params", "types", "schema"]) {
      const known = await cli([command, "-", "--object-info", definitions], { input });
      assert.equal(known.code, 0, known.err);
      assert.match(known.out, /1-inputs-reach/);
      assert.match(known.err, /It runs as it is\.\n$/);
      const unknown = await cli([command, "-"], { input });
      assert.doesNotMatch(unknown.out, /1-inputs-reach/);
      assert.match(unknown.err, /"viewcomfy-wasm convert" shows \d+ warnings? about it\.\n$/);
    }
  });

  test("and refused where nothing in it runs, or where ComfyUI would not convert it", async () => {
    const empty = '{"nodes":[],"links":[],"last_node_id":1,"version":0.4}';
    for (const command of ["params", "types", "schema"]) {
      const told = await cli([command, "-"], { input: empty });
      assertBlock(told, 4, "invalid_workflow");
      assert.match(told.err, /none of its nodes runs/);
    }
    const withoutNodes = refused.filter((file) => file !== "editor_export.json");
    assert.equal(withoutNodes.length, 2);
    for (const file of withoutNodes)
      assertBlock(await cli(["params", fixture(`rejected/${file}`)]), 4, "invalid_workflow");
    const dangling = fixture("convert/handmade/28_link_from_missing_node.ui.json");
    assertBlock(await cli(["params", dangling]), 4, "cannot_convert");
    const { out, err } = await cli(["inspect", dangling]);
    assert.match(err, /^note: ".+" is in the editor's format and cannot be converted: .+\n$/);
    assert.match(out, /\n {4}filename_prefix = ".+"\n/, "the names of values, which have no keys then");
  });
});

describe("inspect", () => {
  test("shows prompts, seeds and all values, under the keys that a run takes", async () => {
    const { code, out, err } = await cli(["inspect", LIGHTHOUSE]);
    assert.equal(code, 0);
    assert.match(err, NOTE);
    const lines = out.split("\n").map((line) => line.trim());
    const values = Object.entries(flattenWorkflow(await converted(LIGHTHOUSE))).filter(
      ([key, value]) => !key.startsWith("_") && !Array.isArray(value),
    );
    assert.equal(values.length, 13);
    for (const [key, value] of values) {
      const line = `${key} = ${typeof value === "bigint" ? value : JSON.stringify(value)}`;
      assert.ok(lines.includes(line), `${line}\n${out}`);
    }
    assert.match(out, /\n {4}7-inputs-text = "blurry, dull"\n/, "a text that a primitive node has");
    assert.match(out, /\n {4}3-inputs-seed = 18446744073709551615\n/);
    assert.match(
      out,
      /LoraLoaderModelOnly \[bypassed\]\n {4}lora_name = "ink\.safetensors"\n/,
      "what does not run",
    );
    assert.match(out, /\nModels\n {2}checkpoints\/harbour\.safetensors\n {2}loras\/ink\.safetensors\n/);
    assert.equal(out.split("Two prompts, one lighthouse.").length, 2, "a note is told once");
  });

  test("shows what is inside of subgraphs", async () => {
    const { out } = await cli(["inspect", SUBGRAPHS]);
    const keys = Object.keys(JSON.parse(flattenWorkflowToJson(await converted(SUBGRAPHS), 0)));
    const inside = keys.filter((key) => /^\d+:\d+-inputs-/.test(key));
    assert.ok(inside.length > 0);
    const shown = inside.filter((key) => out.includes(`\n    ${key} = `));
    assert.ok(shown.length > 0, out);
  });

  test("gives the library's own data as JSON, and nothing on stderr", async () => {
    const { out, err } = await cli(["inspect", LIGHTHOUSE, "--json"]);
    assert.deepEqual([JSON.parse(out).format, err], ["editor", ""]);
  });
});

describe("run", () => {
  let endpoint;
  before(async () => {
    endpoint = await startRuns();
  });
  after(() => endpoint.close());

  test("sends the converted workflow, with its seeds", async (context) => {
    const { code, err } = await endpoint.run(context, [LIGHTHOUSE, "--set", "6-inputs-text=dawn"]);
    assert.equal(code, 0, err);
    assert.match(err.split("\n", 1)[0], /^note: ".+lighthouse_04\.json" is in the editor's format/);
    const sent = await settledRequest(endpoint.url);
    assert.deepEqual(JSON.parse(sent.workflow_api), JSON.parse(await converted(LIGHTHOUSE)));
    assert.equal(sent.params, '{"3-inputs-seed":18446744073709551615,"6-inputs-text":"dawn"}');
  });

  test("checks values against the deployed workflow in the editor's format", async (context) => {
    const told = await endpoint.run(context, ["--workflow", LIGHTHOUSE, "--set", "6-inputs-txt=dawn"]);
    assert.equal(told.code, 4, told.err);
    assert.match(told.err, /6-inputs-text/);
  });
});

/** What a file is called is all that may differ. */
function withoutName(text) {
  return text.replace(/^\/\/ Parameters of .+\n\/\/ npx .+\n/, "").replace(/"title": "Parameters of .+"/, "");
}

// Files that people have, through the public calls: each case of tests/fixtures/cases gives its right value. Two neighbours
// of each are in case-neighbours.test.js, more of them in tests/host.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { before, test } from "node:test";

import initInspect, * as inspect from "../../pkg/inspect-node.js";
import init, * as lib from "../../pkg/node.js";
import { fixture } from "../support/cli.js";

before(() => Promise.all([init(), initInspect()]));

const read = (name) => new Uint8Array(readFileSync(fixture(`cases/${name}`)));
const definitions = (name) => new inspect.NodeDefinitions(read(name));
const errorsOf = (workflow, options) =>
  inspect.inspectWorkflow(workflow, options).problems.filter(({ severity }) => severity === "error");
const codesOf = (workflow) => errorsOf(workflow).map(({ code }) => code);

async function converted(name, options) {
  const { json, warnings } = await inspect.toApiFormat(read(name), options);
  return { nodes: JSON.parse(json), warnings };
}

/** The prompt of a file is one that runs: a red fox, and where it has one, the editor's graph. */
async function foundIn(name, { hasWorkflow, seed }) {
  const found = await inspect.findWorkflow(read(name));
  assert.equal(found.parameters, null);
  assert.equal(found.workflow !== null, hasWorkflow);
  const flat = lib.flattenWorkflow(found.prompt.json);
  assert.equal(flat["6-inputs-text"], "a red fox");
  assert.equal(flat["3-inputs-seed"], seed);
  assert.deepEqual(codesOf(found.prompt.json), []);
  return found;
}

/** The seed of most of them, the largest there is. */
const LARGEST = 18446744073709551615n;

/** What every call makes of a workflow of a red fox. */
function opened(name, seed) {
  const workflow = read(name);
  assert.equal(lib.flattenWorkflow(workflow)["6-inputs-text"], "a red fox");
  assert.equal(lib.flattenWorkflow(workflow)["3-inputs-seed"], seed);
  assert.match(lib.applyParams(workflow, { "3-inputs-steps": 31 }), /"steps": ?31/);
  assert.deepEqual(codesOf(workflow), []);
}

/** Values where a word of Python's stands as a number. */
function word(name, value) {
  assert.equal(lib.flattenWorkflow(read(name))["3-inputs-cfg"], value);
  assert.ok(lib.applyParams(read(name), {}).includes(`"cfg": ${value}`));
  const { json, warnings } = lib.buildParams({ "3-inputs-cfg": value }, { checkAgainst: read(name) });
  assert.equal(json, '{"3-inputs-cfg":null}');
  assert.deepEqual(
    warnings.map(({ code }) => code),
    ["not_finite"],
  );
}

const CASES = {
  "01-nan-list.png": async (name) => {
    const { prompt, workflow } = await foundIn(name, { hasWorkflow: true, seed: LARGEST });
    assert.ok(prompt.json.includes('"is_changed":[NaN]'));
    assert.ok(lib.applyParams(prompt.json, { "6-inputs-text": "a fox" }).includes("[NaN]"));
    assert.ok(JSON.parse((await inspect.toApiFormat(prompt.json)).json)["3"]);
    assert.ok(JSON.parse((await inspect.toApiFormat(workflow.json)).json));
  },
  "01-nan.json": (name) => opened(name, LARGEST),
  "01-nan-in-text.json": (name) => {
    const text = 'NaN, Infinity and a "NaN": NaN fox';
    assert.equal(lib.flattenWorkflow(read(name))["6-inputs-text"], text);
    const { json, warnings } = lib.buildParams({ "6-inputs-text": text }, { checkAgainst: read(name) });
    assert.deepEqual([JSON.parse(json), warnings], [{ "6-inputs-text": text }, []]);
  },
  "01-nan-value.json": (name) => word(name, Number.NaN),
  "01-infinity.json": (name) => word(name, Number.POSITIVE_INFINITY),
  "01-minus-infinity.json": (name) => word(name, Number.NEGATIVE_INFINITY),
  "02-comment-object.mp4": (name) => foundIn(name, { hasWorkflow: true, seed: LARGEST }),
  "03-object_info.json": (name) => {
    const { nodes } = inspect.inspectWorkflow('{"1": {"class_type": "Scale", "inputs": {"factor": 1e300}}}', {
      objectInfo: definitions(name),
    });
    assert.equal(nodes[0].inputs[0].max, null);
  },
  "03-workflow.json": async (name) => {
    const objectInfo = definitions("03-object_info.json");
    assert.deepEqual(errorsOf(read(name), { objectInfo }), []);
    assert.deepEqual((await converted(name, { objectInfo })).warnings, []);
  },
  "04-double.mp4": (name) => foundIn(name, { hasWorkflow: true, seed: LARGEST }),
  "07-comment-undefined.jpg": (name) => foundIn(name, { hasWorkflow: true, seed: LARGEST }),
  "07-bare-nodes.jpg": (name) => foundIn(name, { hasWorkflow: false, seed: LARGEST }),
  "08-history.json": (name) => opened(name, LARGEST),
  "10-label.json": async (name) => {
    const { nodes, warnings } = await converted(name);
    assert.deepEqual(Object.keys(nodes), ["1", "3"]);
    assert.deepEqual(warnings, []);
  },
  "16-rgthree-seed.json": (name) => {
    const sent = (seed) => lib.buildParams({ "1-inputs-seed": seed }, { checkAgainst: read(name) });
    assert.ok(sent("random").seeds["1-inputs-seed"] <= 2n ** 50n);
    assert.equal(sent(-1).json, '{"1-inputs-seed":-1}', "the node draws by itself");
  },
  "17-int-link.json": (name) => {
    const errors = errorsOf(read(name));
    assert.deepEqual(
      errors.map(({ code, node, input }) => [code, node, input]),
      [["link_to_missing_node", "9", "images"]],
    );
  },
  "conv_custom_named_by_inputs.json": async (name) => {
    const { nodes } = await converted(name);
    assert.equal(nodes[1].class_type, "MyCustomLoader");
    assert.deepEqual(nodes[1].inputs, { model_name: "a.safetensors", seed: 123, strength: 0.5 });
  },
  "conv_custom_links_only.json": async (name) => {
    const { nodes } = await converted(name);
    assert.equal(nodes[3].class_type, "MyCustomFilter");
    assert.deepEqual(nodes[3].inputs, { image: ["1", 0] });
  },
  "conv_rgthree_reroute.json": async (name) => {
    const { nodes } = await converted(name);
    assert.deepEqual(nodes[2].inputs.images, ["1", 0]);
    assert.ok(!("10" in nodes));
  },
  "conv_set_get.json": async (name) => {
    const { nodes } = await converted(name);
    assert.deepEqual(nodes[2].inputs.images, ["1", 0]);
    assert.deepEqual(Object.keys(nodes), ["1", "2"]);
  },
  "conv_widgets_object.json": async (name) => {
    const objectInfo = definitions("conv_widgets_object.object_info.json");
    const { nodes } = await converted(name, { objectInfo });
    const saved = JSON.parse(new TextDecoder().decode(read(name))).nodes.find(({ id }) => id === 40);
    assert.equal(nodes[40].inputs.frame_rate, 24);
    assert.equal(nodes[40].inputs.format, "video/h264-mp4");
    for (const [key, value] of Object.entries(nodes[40].inputs))
      if (!Array.isArray(value)) assert.deepEqual(value, saved.widgets_values[key], key);
  },
  "conv_widgets_object.object_info.json": (name) => assert.deepEqual(definitions(name).unreadable, []),
  "conv_forceinput_seed.json": async (name) => {
    const objectInfo = definitions("conv_forceinput_seed.object_info.json");
    const { nodes } = await converted(name, { objectInfo });
    const values = Object.values(nodes).flatMap(({ inputs }) => Object.values(inputs));
    assert.ok(values.includes(932685177371182));
    assert.ok(!values.includes("randomize"));
  },
  "conv_forceinput_seed.object_info.json": (name) => assert.deepEqual(definitions(name).unreadable, []),
  "oi_one_bad_class.json": async (name) => {
    const known = definitions(name);
    assert.deepEqual([known.size, known.unreadable], [2, []]);
    const workflow = '{"1": {"class_type": "Text Find", "inputs": {"text": "a"}}}';
    const { nodes } = inspect.inspectWorkflow(workflow, { objectInfo: known });
    assert.deepEqual(
      nodes[0].outputs.map(({ type }) => type),
      ["BOOLEAN"],
    );
  },
  "inspect_false_no_output.json": (name) => assert.deepEqual(codesOf(read(name)), []),
  "inspect_false_cycle.json": (name) => assert.deepEqual(codesOf(read(name)), []),
  "svg_desc.svg": async (name) => {
    const { workflow, prompt } = await inspect.findWorkflow(read(name));
    assert.equal(prompt, null);
    assert.equal(inspect.inspectWorkflow(workflow.json).format, "editor");
  },
  "wrap_runpod.json": (name) => opened(name, 1),
  "wrap_list.json": (name) => opened(name, 1),
  "wrap_prompt_string.json": (name) => opened(name, 1),
  "wrap_graphToPrompt.json": async (name) => {
    opened(name, 1);
    const { prompt, workflow } = await inspect.findWorkflow(read(name));
    assert.equal(lib.flattenWorkflow(prompt.json)["6-inputs-text"], "a red fox");
    assert.equal(inspect.inspectWorkflow(workflow.json).format, "editor");
  },
  "find_nodedefs.json": async (name) => assert.equal(await inspect.findWorkflow(read(name)), null),
  "enc_utf16le.json": (name) => opened(name, 1),
  "enc_utf16.json": (name) => assert.ok(Object.keys(lib.flattenWorkflow(read(name))).length > 0),
  "png_a1111.png": async (name) => {
    const { prompt, workflow, parameters } = await inspect.findWorkflow(read(name));
    assert.deepEqual([prompt, workflow, parameters.generator], [null, null, "a1111"]);
    assert.equal(await inspect.findWorkflow(readFileSync(fixture("found/none/empty.png"))), null);
  },
};

for (const [name, check] of Object.entries(CASES)) test(name, () => check(name));

test("every case is looked at", () => {
  const there = readdirSync(fixture("cases")).sort();
  assert.deepEqual(
    there.filter((name) => !(name in CASES)),
    [],
  );
});

// Forms through the package: shapes, exact values, definitions and designs in every form, errors.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, describe, test } from "node:test";
import init, * as lib from "../../pkg/inspect-node.js";
import { assertFailure } from "../support/assert-failure.js";
import { allWorkflows } from "../support/workflows.js";

before(() => init());

const fixture = (name) => readFileSync(new URL(`../fixtures/view_comfy/${name}`, import.meta.url), "utf8");
const WORKFLOW = fixture("workflow_api.json");
const DESIGN = fixture("designed.json");
const OBJECT_INFO = `{"KSampler": {"input": {"required": {
  "seed": ["INT", {"min": 0, "max": 18446744073709551615, "tooltip": "Where noise begins."}],
  "sampler_name": [["euler", "heun"], {}]}}, "output": [], "output_name": []}}`;

const fieldsOf = ({ basic, advanced }) => [...basic, ...advanced].flatMap(({ fields }) => fields);
const field = (form, key) => fieldsOf(form).find((each) => each.key === key);

test("each field's numbers are exact, in whichever group it is", () => {
  const samplers = [1, 2, 3].map((id) => {
    const inputs = { a: "text", b: 1, seed: 5, c: 0.5 };
    return [id, { class_type: "KSampler", inputs: id === 2 ? { seed: 5 } : inputs }];
  });
  const form = lib.formSchema(JSON.stringify(Object.fromEntries(samplers)), { objectInfo: OBJECT_INFO });
  for (const id of [1, 2, 3]) {
    const { value, max } = field(form, `${id}-inputs-seed`);
    assert.deepEqual([value, max], [5, 18446744073709551615n], `${id}`);
  }
});

test("a derived form has the documented shape", () => {
  const form = lib.formSchema(WORKFLOW);
  assert.deepEqual(Object.keys(form), [
    "title",
    "description",
    "previewImages",
    "basic",
    "advanced",
    "deleted",
    "outputs",
  ]);
  assert.deepEqual(form.basic[0], {
    key: "6-CLIPTextEncode",
    node: "6",
    classType: "CLIPTextEncode",
    title: "Prompt",
    visible: true,
    fields: [
      {
        key: "6-inputs-text",
        node: "6",
        input: "text",
        title: "Text",
        type: "long-text",
        value: "a lighthouse",
        randomize: false,
        required: true,
        requiredMessage: null,
        visible: true,
        placeholder: null,
        helpText: null,
        tooltip: null,
        min: null,
        max: null,
        step: null,
        options: null,
      },
    ],
  });
});

test("seeds keep their digits, as do their limits", () => {
  const seed = field(lib.formSchema(WORKFLOW, { objectInfo: OBJECT_INFO }), "3-inputs-seed");
  assert.deepEqual([seed.value, seed.min, seed.max], [18446744073709551615n, 0, 18446744073709551615n]);
});

test("definitions may be given in any form, or read once", () => {
  const definitions = new lib.NodeDefinitions(OBJECT_INFO);
  const bytes = new TextEncoder().encode(OBJECT_INFO);
  for (const objectInfo of [OBJECT_INFO, bytes, bytes.buffer, definitions, definitions]) {
    const form = lib.formSchema(WORKFLOW, { objectInfo });
    assert.equal(field(form, "3-inputs-seed").tooltip, "Where noise begins.");
    assert.deepEqual(field(form, "3-inputs-sampler_name").options, [
      { label: "euler", value: "euler" },
      { label: "heun", value: "heun" },
    ]);
  }
});

test("a design may be given in any form", () => {
  for (const viewComfy of [DESIGN, new TextEncoder().encode(DESIGN), JSON.parse(DESIGN)]) {
    const form = lib.formSchema(WORKFLOW, { viewComfy });
    assert.equal(form.title, "Coast painter");
    assert.equal(form.basic[0].title, "Sampler first");
    assert.deepEqual(form.deleted, ["3-inputs-steps", "20-inputs-on"]);
    // JSON.parse rounds seeds, and so does whoever parsed the design; 5e-324 is a number that survives it.
    assert.equal(field(form, "3-inputs-seed").randomize, true);
  }
});

test("a view_comfy.json is a workflow with its design", () => {
  const file = readFileSync(new URL("../fixtures/wrappers/view_comfy.json", import.meta.url));
  const form = lib.formSchema(new Uint8Array(file));
  assert.equal(form.title, "Lighthouse");
  assert.equal(field(form, "3-inputs-seed").value, 9007199254740993n);
});

describe("every workflow has a form", () => {
  for (const { name, text } of allWorkflows) {
    test(name, () => {
      for (const { key, node, input } of fieldsOf(lib.formSchema(text)))
        assert.equal(key, `${node}-inputs-${input}`);
    });
  }
});

test("what cannot be used is refused", async () => {
  await assertFailure(() => lib.formSchema("{"), "invalid_workflow");
  await assertFailure(() => lib.formSchema('{"nodes": [], "links": []}'), "editor_workflow");
  await assertFailure(() => lib.formSchema(WORKFLOW, { objectInfo: "[]" }), "invalid_definitions");
  await assertFailure(() => lib.formSchema(WORKFLOW, { viewComfy: "[]" }), "invalid_workflow", {
    message: /viewComfy/,
  });
  await assertFailure(() => lib.formSchema(WORKFLOW, { viewComfy: 5 }), "invalid_workflow", {
    message: /viewComfy/,
  });
});

describe("a form of App mode", () => {
  const read = (name) =>
    readFileSync(new URL(`../fixtures/convert/templates/${name}`, import.meta.url), "utf8");
  const NAME = "templates_rob_realistic_2k_images_quick_variations.app";
  const [api, editor] = [read(`${NAME}.api.json`), read(`${NAME}.ui.json`)];

  test("has the inputs that somebody chose, and what is shown of the result", () => {
    const form = lib.formSchema(api, { editorWorkflow: editor });
    assert.deepEqual(
      form.basic.map(({ node, title, fields }) => [node, title, fields.map(({ key, type }) => [key, type])]),
      [["77", "Load Image to Recreate", [["77-inputs-image", "image"]]]],
    );
    assert.deepEqual([form.advanced, form.deleted, form.outputs], [[], [], ["136", "103", "108"]]);
  });

  test("comes along in a file that has both formats", () => {
    const both = `{"workflow": ${editor}, "output": ${api}}`;
    assert.deepEqual(lib.formSchema(both), lib.formSchema(api, { editorWorkflow: editor }));
  });

  test("is left aside where a design is given, and where nobody made one", async () => {
    const plain = lib.formSchema(api);
    assert.equal(plain.outputs, null);
    assert.deepEqual(lib.formSchema(api, { editorWorkflow: read("flux_schnell.ui.json") }), plain);
    const designed = lib.formSchema(WORKFLOW, { viewComfy: DESIGN, editorWorkflow: editor });
    assert.deepEqual(designed, lib.formSchema(WORKFLOW, { viewComfy: DESIGN }));
    await assertFailure(() => lib.formSchema(api, { editorWorkflow: "{}" }), "invalid_workflow");
  });

  test("follows a widget into a subgraph, and a primitive to what it sets", () => {
    const inside = `{"id": "s", "name": "S", "inputs": [{"name": "prompt", "type": "STRING", "linkIds": [1]}], "outputs": [],
      "nodes": [{"id": 5, "type": "PrimitiveNode", "outputs": [{"name": "INT", "type": "INT", "links": [2]}], "widgets_values": [7]},
        {"id": 6, "type": "Make", "inputs": [{"name": "text", "type": "STRING", "widget": {"name": "text"}, "link": 1},
          {"name": "seed", "type": "INT", "widget": {"name": "seed"}, "link": 2}], "widgets_values": ["a", 7]}],
      "links": [{"id": 1, "origin_id": -10, "origin_slot": 0, "target_id": 6, "target_slot": 0, "type": "STRING"},
        {"id": 2, "origin_id": 5, "origin_slot": 0, "target_id": 6, "target_slot": 1, "type": "INT"}]}`;
    const saved = `{"version": 0.4, "nodes": [{"id": 2, "type": "s", "inputs": [{"name": "prompt", "type": "STRING", "widget": {"name": "prompt"}}],
        "widgets_values": ["a fox"]}], "links": [], "definitions": {"subgraphs": [${inside}]},
      "extra": {"linearData": {"inputs": [["2", "prompt"], [5, "value"], ["99", "gone"], ["2", "prompt"]], "outputs": ["99"]}}}`;
    const made = '{"2:6": {"class_type": "Make", "inputs": {"text": "a fox", "seed": 7}}}';
    const form = lib.formSchema(made, { editorWorkflow: saved });
    assert.deepEqual(
      form.basic.flatMap(({ fields }) => fields.map(({ key }) => key)),
      ["2:6-inputs-text", "2:6-inputs-seed"],
    );
    assert.deepEqual(form.outputs, []);
    assert.equal(lib.inspectWorkflow(saved).app?.opens, false);
  });
});

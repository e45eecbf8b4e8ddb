// Inspecting workflows through the built package: objects as inspect.d.ts says, seeds exact, definitions in every form.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, describe, test } from "node:test";
import init, * as lib from "../../pkg/inspect-node.js";
import { assertFailure } from "../support/assert-failure.js";

const objectInfo = readFileSync(new URL("../fixtures/definitions/object_info.json", import.meta.url), "utf8");

const workflow = `{
  "4": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "other.safetensors"}},
  "6": {"class_type": "CLIPTextEncode", "inputs": {"text": "a bôat", "clip": ["4", 1]}, "_meta": {"title": "Prompt"}},
  "5": {"class_type": "EmptyLatentImage", "inputs": {"width": 512, "height": 512, "batch_size": 1}},
  "3": {"class_type": "KSampler", "inputs": {"seed": 18446744073709551615, "steps": 20, "cfg": 8.0,
    "sampler_name": "euler", "scheduler": "normal", "denoise": 1, "model": ["4", 0], "positive": ["6", 0],
    "negative": ["66", 0], "latent_image": ["5", 0]}},
  "8": {"class_type": "VAEDecode", "inputs": {"samples": ["3", 0], "vae": ["4", 2]}},
  "9": {"class_type": "SaveImage", "inputs": {"images": ["8", 0], "filename_prefix": "x"}}
}`;

test("the inspection tells that it needs its wasm", async () => {
  for (const call of [() => lib.inspectWorkflow(workflow), () => new lib.NodeDefinitions(objectInfo)]) {
    await assertFailure(call, "not_initialised");
  }
});

describe("inspectWorkflow", () => {
  before(() => init());

  test("tells of the workflow alone", () => {
    const seen = lib.inspectWorkflow(workflow);
    assert.equal(seen.format, "api");
    assert.deepEqual(
      seen.nodes.map(({ id, classType, title, depth }) => [id, classType, title, depth]),
      [
        ["4", "CheckpointLoaderSimple", "CheckpointLoaderSimple", 0],
        ["6", "CLIPTextEncode", "Prompt", 1],
        ["5", "EmptyLatentImage", "EmptyLatentImage", 0],
        ["3", "KSampler", "KSampler", 2],
        ["8", "VAEDecode", "VAEDecode", 3],
        ["9", "SaveImage", "SaveImage", 4],
      ],
    );
    assert.deepEqual(seen.order, ["4", "5", "6", "3", "8", "9"]);
    assert.deepEqual([seen.depth, seen.outputs, seen.groups], [5, ["9"], []]);
    assert.deepEqual(seen.links[1], {
      from: { node: "4", output: 0 },
      to: { node: "3", input: "model" },
      type: null,
    });
    assert.equal(seen.links.length, 7);
    assert.deepEqual(seen.models, [
      {
        name: "other.safetensors",
        node: "4",
        input: "ckpt_name",
        folder: "checkpoints",
        url: null,
        available: null,
      },
    ]);
    assert.deepEqual([seen.packs, seen.notes, seen.app], [[], [], null]);
  });

  test("tells how an output came to be, with the place of each fact", () => {
    const [{ output, stages }, ...others] = lib.inspectWorkflow(workflow).recipes;
    assert.deepEqual([output, stages.length, others], ["9", 1, []]);
    const [stage] = stages;
    assert.deepEqual(stage.seed, { value: 18446744073709551615n, node: "3", input: "seed" });
    assert.deepEqual(stage.positive, [{ value: "a bôat", node: "6", input: "text" }]);
    assert.deepEqual(stage.models, [{ value: "other.safetensors", node: "4", input: "ckpt_name" }]);
    assert.deepEqual([stage.negative, stage.loras, stage.guidance, stage.length], [[], [], null, null]);
    const { sampler, scheduler, steps, cfg, denoise, width, height, batchSize } = stage;
    const facts = [sampler, scheduler, steps, cfg, denoise, width, height, batchSize];
    assert.deepEqual(
      facts.map((fact) => [fact?.value, fact?.node, fact?.input]),
      [
        ["euler", "3", "sampler_name"],
        ["normal", "3", "scheduler"],
        [20, "3", "steps"],
        [8, "3", "cfg"],
        [1, "3", "denoise"],
        [512, "5", "width"],
        [512, "5", "height"],
        [1, "5", "batch_size"],
      ],
    );
  });

  test("tells what else the editor's file has", async () => {
    const read = (name) =>
      readFileSync(new URL(`../fixtures/convert/templates/${name}.ui.json`, import.meta.url), "utf8");
    const objectInfo = await lib.NodeDefinitions.bundled();
    const seen = lib.inspectWorkflow(read("image_qwen_image_instantx_controlnet"), { objectInfo });
    assert.ok(seen.models.length > 0 && seen.models.every(({ url }) => url?.startsWith("https://")));
    assert.deepEqual(
      seen.packs.map(({ id, repository }) => [id, repository]),
      [["comfy-core", null]],
    );
    assert.ok(seen.packs[0].versions.length > 0 && seen.packs[0].nodes.length > 3);
    const sampler = seen.nodes.find(({ classType }) => classType === "KSampler");
    assert.deepEqual(sampler?.pack, { id: "comfy-core", repository: null, version: sampler?.pack?.version });
    assert.ok(seen.notes.some(({ format, text }) => format === "markdown" && text.length > 20));
    assert.equal(seen.app, null);
    const sampling = seen.recipes.flatMap(({ stages }) => stages.map((stage) => stage.node));
    const classes = sampling.map((id) => seen.nodes.find((node) => node.id === id)?.classType);
    assert.deepEqual([...new Set(classes)], ["SamplerCustomAdvanced", "KSampler"]);
    const app = lib.inspectWorkflow(read("templates_rob_realistic_2k_images_quick_variations.app")).app;
    assert.deepEqual(app, {
      opens: true,
      inputs: [{ node: "77", input: "image" }],
      outputs: ["136", "103", "108"],
    });
  });

  test("of a row of LoRAs the entries are told", () => {
    const text = `{"1": {"class_type": "Power Lora Loader (rgthree)", "inputs":
        {"lora_1": {"on": true, "lora": "a.safetensors", "strength": 0.5}, "model": ["2", 0]}},
      "2": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "b.safetensors"}},
      "3": {"class_type": "KSampler", "inputs": {"model": ["1", 0], "seed": 1, "steps": 2}},
      "4": {"class_type": "SaveImage", "inputs": {"images": ["3", 0]}}}`;
    const [{ loras }] = lib.inspectWorkflow(text).recipes[0].stages;
    const place = { node: "1", input: "lora_1" };
    assert.deepEqual(loras, [
      {
        name: { value: "a.safetensors", ...place },
        strengthModel: { value: 0.5, ...place },
        strengthClip: null,
      },
    ]);
  });

  test("gives each input all of its fields", () => {
    const [, encode, , sampler] = lib.inspectWorkflow(workflow).nodes;
    const unknown = { type: null, required: null, min: null, max: null, step: null };
    assert.deepEqual(encode.inputs[0], {
      name: "text",
      key: "6-inputs-text",
      kind: "long-text",
      value: "a bôat",
      link: null,
      settable: true,
      ...unknown,
      default: null,
      choices: null,
      tooltip: null,
    });
    assert.deepEqual(sampler.inputs.at(-2).link, { node: "66", output: 0 });
    assert.equal(sampler.inputs[0].value, 18446744073709551615n);
    assert.deepEqual(encode.outputs, [{ name: "0", type: null, links: 1 }]);
    const { position, parent, mode, editorOnly, category } = encode;
    assert.deepEqual([position, parent, mode, editorOnly, category], [null, null, "active", false, null]);
  });

  test("holds it against definitions in every form", () => {
    const bytes = new TextEncoder().encode(objectInfo);
    const kept = new lib.NodeDefinitions(objectInfo);
    assert.equal(kept.size, 13);
    assert.deepEqual([kept.has("KSampler"), kept.has("Note")], [true, false]);
    const seen = lib.inspectWorkflow(workflow, { objectInfo: kept });
    for (const form of [objectInfo, bytes, bytes.buffer, JSON.parse(objectInfo)]) {
      assert.deepEqual(lib.inspectWorkflow(workflow, { objectInfo: form }).problems, seen.problems);
    }
    assert.deepEqual(lib.inspectWorkflow(workflow, { objectInfo: kept }), seen);
  });

  test("adds what the class says", () => {
    const seen = lib.inspectWorkflow(workflow, { objectInfo });
    const sampler = seen.nodes[3];
    const seed = sampler.inputs[0];
    assert.deepEqual([seed.kind, seed.type, seed.required, seed.min], ["seed", "INT", true, 0]);
    assert.deepEqual([seed.max, seed.step, seed.default], [18446744073709551615n, 1, 0]);
    assert.deepEqual(sampler.inputs[4].choices, ["simple", "normal", "karras"]);
    assert.equal(seen.nodes[1].inputs[0].tooltip, "What the picture shows.");
    assert.equal(sampler.category, "sampling");
    assert.deepEqual(
      seen.nodes[0].outputs.map(({ name, links }) => [name, links]),
      [
        ["MODEL", 1],
        ["CLIP", 1],
        ["VAE", 1],
      ],
    );
    assert.equal(seen.links[1].type, "MODEL");
    assert.equal(seen.models[0].available, false);
  });

  test("tells problems, errors first", () => {
    const { problems } = lib.inspectWorkflow(workflow, { objectInfo });
    assert.deepEqual(
      problems.map(({ code, severity, node, input }) => [code, severity, node, input]),
      [
        ["missing_model", "error", "4", "ckpt_name"],
        ["link_to_missing_node", "error", "3", "negative"],
        ["unsafe_integer", "info", "3", "seed"],
      ],
    );
    for (const { message, advice } of problems) assert.ok(message && advice);
  });

  test("reads the editor's format too", () => {
    const file = {
      version: 0.4,
      nodes: [
        {
          id: 1,
          type: "LoadImage",
          pos: [10, 20],
          size: [200, 100],
          mode: 0,
          inputs: [],
          outputs: [{ name: "IMAGE", type: "IMAGE", links: [7] }],
          widgets_values: ["example.png", "image"],
        },
        {
          id: 2,
          type: "PreviewImage",
          pos: [400, 20],
          size: [200, 100],
          mode: 0,
          inputs: [{ name: "images", type: "IMAGE", link: 7 }],
          outputs: [],
        },
      ],
      links: [[7, 1, 0, 2, 0, "IMAGE"]],
      groups: [{ title: "Both", bounding: [0, 0, 700, 300], color: "#345" }],
    };
    const seen = lib.inspectWorkflow(file);
    assert.equal(seen.format, "editor");
    assert.deepEqual(seen.nodes[0].position, { x: 10, y: 20, width: 200, height: 100 });
    assert.deepEqual(seen.links, [
      { from: { node: "1", output: 0 }, to: { node: "2", input: "images" }, type: "IMAGE" },
    ]);
    assert.deepEqual(
      [seen.groups[0].title, seen.groups[0].color, seen.groups[0].nodes],
      ["Both", "#345", ["1", "2"]],
    );
    assert.deepEqual([seen.outputs, seen.problems, seen.nodes[1].inputs[0].key], [["2"], [], null]);
  });

  test("refuses what is not a workflow or not an object_info", async () => {
    await assertFailure(() => lib.inspectWorkflow("[]"), "invalid_workflow");
    await assertFailure(() => lib.inspectWorkflow(workflow, { objectInfo: "{" }), "invalid_definitions");
    await assertFailure(() => lib.inspectWorkflow(workflow, { objectInfo: 5 }), "invalid_definitions");
    await assertFailure(() => new lib.NodeDefinitions(workflow), "invalid_definitions");
    await assertFailure(() => new lib.NodeDefinitions(), "invalid_definitions");
  });
});

test("an id may look like a place", () => {
  const seen = lib.inspectWorkflow(
    '{"1": {"class_type": "A"}, "0": {"class_type": "B", "inputs": {"x": ["1", 0]}}}',
  );
  assert.deepEqual(
    seen.links.map(({ from, to }) => [from.node, to.node]),
    [["1", "0"]],
  );
});

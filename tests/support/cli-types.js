// What the tests of `types` share: a workflow with an input of each kind, and its declaration, written by the command.

import assert from "node:assert/strict";

import { cli, fixture } from "./cli.js";

export const OBJECT_INFO = fixture("definitions/object_info.json");
export const WORKFLOW = {
  3: {
    class_type: "KSampler",
    inputs: { seed: 5, steps: 20, cfg: 7.5, sampler_name: "euler", denoise: ["20", 0], model: ["4", 0] },
  },
  4: { class_type: "CheckpointLoaderSimple", inputs: { ckpt_name: "sd15.safetensors" } },
  6: {
    class_type: "CLIPTextEncode",
    _meta: { title: "Positive prompt" },
    inputs: { text: "a lighthouse", clip: ["4", 1] },
  },
  52: { class_type: "LoadImage", inputs: { image: "in.png" } },
  60: {
    class_type: "VHS_LoadVideo",
    inputs: { video: "in.mp4", loop: true, more: [1, { a: null }], none: null },
  },
};

/** What `types` writes about a workflow. @returns {Promise<string>} */
export async function typesOf(workflow, ...args) {
  const input = typeof workflow === "string" ? workflow : JSON.stringify(workflow);
  const { code, out, err } = await cli(["types", "-", ...args], { input });
  assert.deepEqual([code, err], [0, ""]);
  return out;
}

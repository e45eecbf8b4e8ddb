// A ComfyUI server and a route in front of it for the length of a test file, with helpers for its tests: against the
// stand-in, or against the server at COMFYUI_URL.

import { after, before, beforeEach } from "node:test";

import { startRoute } from "./comfy-route.js";
import { getJson, invert, NEEDS_CONTROLS, startComfy } from "./comfyui.js";
import { PATIENCE } from "./patience.js";

/** For tests that need the stand-in's controls. */
export const CONTROLLED = { ...PATIENCE, skip: NEEDS_CONTROLS };
/** The format of a run's id. */
export const ID = /^[A-Za-z0-9._~:-]{1,300}$/;

/** A different color each time, so that nothing is cached. */
let last = Math.floor(Math.random() * 8_000_000);
export function next() {
  last += 1;
  return last;
}

/** A workflow without models that has not run before. */
export const fresh = () => invert(next());

/**
 * Starts both for a test file; `comfy` and `route` are set once its tests run.
 *
 * @param {string[]} [args] flags of the local endpoint
 */
export function withRoute(args = ["--previews"]) {
  /** @type {{ comfy: any, route: any, post(form: BodyInit, at?: object): Promise<Response>, savedBy(id: string): Promise<Buffer[]> }} */
  const together = {
    comfy: undefined,
    route: undefined,
    post: (form, at = together.route) => fetch(at.endpoint, { method: "POST", body: form }),
    savedBy: (id) => savedBy(id, together.comfy),
  };
  before(async () => {
    together.comfy = await startComfy({ args });
    together.route = await startRoute({ servers: [together.comfy.url] });
  });
  after(() => Promise.all([together.route.close(), together.comfy.close()]));
  beforeEach(() => {
    together.route.failures.length = 0;
    return together.comfy.faults?.();
  });
  return together;
}

/** The result of a streamed run. */
export const resultOf = (events) => JSON.parse(events.find(({ event }) => event === "prompt_result").data);
export const logsOf = (events) =>
  events.filter(({ event }) => event === "log_message").map(({ data }) => data);

/** An output of a run as the server itself has it. */
async function savedBy(id, { url }) {
  const [, promptId] = id.split(".");
  const entry = (await getJson(`${url}/history/${promptId}`))[promptId];
  const files = Object.values(entry.outputs).flatMap((made) => made.images ?? []);
  return Promise.all(
    files.map(async (file) =>
      Buffer.from(await (await fetch(`${url}/view?${new URLSearchParams(file)}`)).arrayBuffer()),
    ),
  );
}

/** A workflow with a sampler, which needs a model: the stand-in has every model. */
export function sampler(seed = 1) {
  return {
    3: {
      class_type: "KSampler",
      inputs: {
        ...{ seed, steps: 6, cfg: 7, sampler_name: "euler", scheduler: "normal", denoise: 1 },
        ...{ model: ["4", 0], positive: ["6", 0], negative: ["6", 0], latent_image: ["5", 0] },
      },
    },
    4: { class_type: "CheckpointLoaderSimple", inputs: { ckpt_name: "any.safetensors" } },
    5: { class_type: "EmptyLatentImage", inputs: { width: 64, height: 64, batch_size: 1 } },
    6: { class_type: "CLIPTextEncode", inputs: { text: "a fox", clip: ["4", 1] } },
    8: { class_type: "VAEDecode", inputs: { samples: ["3", 0], vae: ["4", 2] } },
    9: { class_type: "SaveImage", inputs: { images: ["8", 0], filename_prefix: "sampled" } },
  };
}

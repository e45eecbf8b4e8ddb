// Workflows that tests share.

/** One with an input of every kind, for the parameter checks. */
export const WORKFLOW = `{
  "6": {"class_type": "CLIPTextEncode", "inputs": {"text": "a fox", "clip": ["4", 1]}},
  "3": {"class_type": "KSampler", "inputs": {"seed": 5, "steps": 20, "cfg": 6.0, "sampler_name": "euler", "model": ["4", 0]}},
  "5": {"class_type": "RandomNoise", "inputs": {"noise_seed": 18446744073709551615}},
  "9": {"class_type": "LoadImage", "inputs": {"image": "example.png"}},
  "10": {"class_type": "GrowMask", "inputs": {"expand": 4, "tapered_corners": true, "rows": [1, 2], "more": {"a": 1}, "none": null}},
  "4": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "a.safetensors"}}
}`;

/** One with two fields for a picture, which have these titles. */
export function twoPictures(...titles) {
  const [first, second] = titles.map((title) => ({
    class_type: "LoadImage",
    inputs: { image: "a.png" },
    _meta: { title },
  }));
  const save = (from) => ({ class_type: "SaveImage", inputs: { filename_prefix: "a", images: [from, 0] } });
  return JSON.stringify({ 1: first, 2: second, 3: save("1"), 4: save("2") });
}

// What a node is for, told by its class: the colours of the graph and their legend.

/** Every kind with its name in the legend, in the legend's order. */
export const KINDS = {
  loader: "Models",
  prompt: "Text",
  guidance: "Conditioning",
  sampler: "Sampling",
  latent: "Latent",
  image: "Image, video, audio",
  output: "Output",
  other: "Other",
};

// The first that fits counts, so the narrower words come first.
/** @type {[string, RegExp][]} */
const BY_CLASS = [
  ["loader", /loader|checkpoint|lora|modelmerge|modelsampling/i],
  ["sampler", /sampl|scheduler|sigmas|guider|noise/i],
  ["prompt", /textencode|prompt|string|text|clip/i],
  ["guidance", /condition|controlnet|ipadapter|guidance|redux|style/i],
  ["latent", /latent|vae/i],
  ["image", /image|mask|video|audio|upscale|picture|frame|canny|depth|pose/i],
];

/** The kind of an inspected node. */
export function kindOf(node) {
  if (node.isOutput) return "output";
  const name = node.classType ?? "";
  if (/^load(image|video|audio)|^vhs_load/i.test(name)) return "image";
  const match = BY_CLASS.find(([, words]) => words.test(name));
  return match ? match[0] : "other";
}

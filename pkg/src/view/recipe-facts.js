// How an output came to be, as facts in the order that people read them in.

/** The facts by name, in English. */
export const RECIPE_WORDS = {
  positive: "Prompt",
  negative: "Not wanted",
  model: "Model",
  lora: "LoRA",
  sampler: "Sampler",
  steps: "Steps",
  cfg: "CFG",
  guidance: "Guidance",
  denoise: "Denoise",
  seed: "Seed",
  size: "Size",
  frames: "Frames",
};

/**
 * The facts of a stage as `[name, facts]`: each has the `value` to show and the `node` and `input` that it stands at. What the
 * file does not say has no facts.
 *
 * @param {any} stage
 * @returns {[string, { value: any, node: string, input: string }[]][]}
 */
export function recipeFacts(stage) {
  /** @returns {[string, any[]]} */
  const one = (name) => [name, [stage[name]]];
  /** @type {[string, any[]][]} */
  const facts = [
    ["positive", stage.positive],
    ["negative", stage.negative],
    ["model", stage.models],
    ["lora", stage.loras.map(withStrength)],
    ["sampler", [stage.sampler, stage.scheduler]],
    ...["steps", "cfg", "guidance", "denoise", "seed"].map(one),
    ["size", [sizeOf(stage)]],
    ["frames", [stage.length]],
  ];
  for (const fact of facts) fact[1] = fact[1].filter(Boolean);
  return facts.filter(([, told]) => told.length > 0);
}

/** "style.safetensors (0.8)", and where the text encoder has a strength of its own "(0.8, CLIP 0.5)". */
function withStrength({ name, strengthModel, strengthClip }) {
  const own = strengthClip && strengthClip.value !== strengthModel?.value;
  const strengths = [strengthModel && String(strengthModel.value), own && `CLIP ${strengthClip.value}`];
  const told = strengths.filter(Boolean).join(", ");
  return { ...name, value: told === "" ? name.value : `${name.value} (${told})` };
}

function sizeOf({ width, height }) {
  if (!width || !height) return width ?? height;
  return { ...width, value: `${width.value} × ${height.value}` };
}

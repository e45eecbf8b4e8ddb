// Makes workflows of any size as ComfyUI exports them: chains of loaders, text encoders, samplers and so on,
// pretty-printed, with texts in several languages. Always the same for the same size. No imports.

const TEXTS = [
  "a red fox in the snow, golden hour, 85mm, shallow depth of field, (masterpiece:1.2), highly detailed",
  "ein alter Leuchtturm an der Küste, Abendlicht, „Ölgemälde“, weiße Möwen über dem Meer",
  "雪の中の赤い狐、夕暮れ、浅い被写界深度、フィルム写真、最高傑作",
  'a sign that reads "OPEN 24/7", neon, rainy street\nreflections, wide shot, \\o/ cinematic lighting',
  "портрет кошки в очках 🐈, мягкий свет, студия, нейтральный фон",
  "blurry, low quality, watermark, text, jpeg artefacts, deformed hands, extra fingers, cropped",
];

const SAMPLERS = ["euler", "dpmpp_2m", "dpmpp_2m_sde_gpu", "uni_pc", "heun"];

/** The text of a workflow of at least this many bytes, and less than one chain more. */
export function workflowText(size) {
  const encoder = new TextEncoder();
  const workflow = {};
  let bytes = 0;
  for (let chain = 0; bytes < size; chain += 1) {
    const nodes = chainOf(chain);
    Object.assign(workflow, nodes);
    bytes += encoder.encode(JSON.stringify(nodes, null, 2)).length - 3;
  }
  return JSON.stringify(workflow, null, 2);
}

function chainOf(chain) {
  const first = chain * 10 + 1;
  const id = (offset) => `${first + offset}`;
  const text = (offset) => TEXTS[(chain + offset) % TEXTS.length];
  // The editor draws seeds up to 2^50.
  const seed = (chain * 2_654_435_761 + 977_310_405_120) % 2 ** 50;
  const node = (class_type, inputs, title = class_type) => ({ inputs, class_type, _meta: { title } });
  return {
    [id(0)]: node(
      "CheckpointLoaderSimple",
      { ckpt_name: `SDXL/base_${chain % 7}.safetensors` },
      "Load Checkpoint",
    ),
    [id(1)]: node(
      "LoraLoader",
      {
        lora_name: `détail_${chain}.safetensors`,
        strength_model: 0.65 + (chain % 5) / 20,
        strength_clip: 1,
        model: [id(0), 0],
        clip: [id(0), 1],
      },
      "Load LoRA",
    ),
    [id(2)]: node("CLIPTextEncode", { text: text(0), clip: [id(1), 1] }, "CLIP Text Encode (Prompt)"),
    [id(3)]: node("CLIPTextEncode", { text: text(5), clip: [id(1), 1] }, "CLIP Text Encode (Negative)"),
    [id(4)]: node("EmptyLatentImage", { width: 1024, height: 1024, batch_size: 1 }, "Empty Latent Image"),
    [id(5)]: node("KSampler", {
      seed,
      steps: 20 + (chain % 20),
      cfg: 6.5,
      sampler_name: SAMPLERS[chain % SAMPLERS.length],
      scheduler: "karras",
      denoise: 1,
      model: [id(1), 0],
      positive: [id(2), 0],
      negative: [id(3), 0],
      latent_image: [id(4), 0],
    }),
    [id(6)]: node("VAEDecode", { samples: [id(5), 0], vae: [id(0), 2] }, "VAE Decode"),
    [id(7)]: node(
      "ImageScaleBy",
      { upscale_method: "lanczos", scale_by: 1.5, image: [id(6), 0] },
      "Upscale Image By",
    ),
    [id(8)]: node("LoadImage", { image: `référence_${chain}.png` }, "Load Image"),
    [id(9)]: node("SaveImage", { filename_prefix: `ComfyUI/${chain}`, images: [id(7), 0] }, "Save Image"),
  };
}

//! By which names nodes have what a recipe tells: facts of ComfyUI's own classes, and of what packs name alike.

/// How a setting of a node that samples is found.
pub(super) struct Setting {
    /// Names of inputs that have it as a value.
    pub(super) names: &'static [&'static str],
    /// Names of links that lead to a node that has it.
    pub(super) carriers: &'static [&'static str],
    /// Whether the class of that node says it where no value does.
    pub(super) by_class: bool,
    /// Whether it is a text.
    pub(super) is_text: bool,
}

pub(super) const SAMPLER: Setting =
    Setting { names: &["sampler_name", "sampler"], carriers: &["sampler"], by_class: true, is_text: true };

pub(super) const SCHEDULER: Setting =
    Setting { names: &["scheduler", "scheduler_name"], carriers: &["sigmas"], by_class: true, is_text: true };

pub(super) const STEPS: Setting = Setting {
    names: &["steps", "num_inference_steps"],
    carriers: &["sigmas"],
    by_class: false,
    is_text: false,
};

pub(super) const CFG: Setting = Setting {
    names: &["cfg", "cfg_conds", "video_cfg", "cfg_scale", "guidance_scale"],
    carriers: &["guider"],
    by_class: false,
    is_text: false,
};

pub(super) const DENOISE: Setting = Setting {
    names: &["denoise", "denoise_strength"],
    carriers: &["sigmas"],
    by_class: false,
    is_text: false,
};

pub(super) const SEED: Setting = Setting {
    names: &["seed", "noise_seed", "rand_seed", "Seed"],
    carriers: &["noise"],
    by_class: false,
    is_text: false,
};

/// What stands among the texts around a distilled model, and is not a text.
pub(super) const GUIDANCE: &[&str] = &["guidance"];

/// Width, height, length in frames, number: by which names a node that makes latents has them.
pub(super) const SIZE: [&[&str]; 4] =
    [&["width"], &["height"], &["length", "video_frames", "num_frames", "frames"], &["batch_size"]];

/// Classes that have steps and a seed and sample nothing.
pub(super) const NO_SAMPLERS: [&str; 1] = ["TrainLoraNode"];

/// Texts by which a node that makes something of a prompt and a seed is known, as those that call a service are.
pub(super) const GENERATOR_TEXTS: [&str; 3] = ["prompt", "positive_prompt", "prompt_text"];

/// Names of inputs in which a node has the texts that it encodes.
pub(super) const TEXTS: [&str; 27] = [
    "text",
    "prompt",
    "user_prompt",
    "text_g",
    "text_l",
    "clip_l",
    "clip_g",
    "t5xxl",
    "llama",
    "bert",
    "mt5xl",
    "qwen25_7b",
    "tags",
    "lyrics",
    "caption",
    "prompt_text",
    "text_prompt",
    "positive",
    "positive_prompt",
    "text_positive",
    "positive_text",
    "pos_prompt",
    "negative",
    "negative_prompt",
    "text_negative",
    "negative_text",
    "neg_prompt",
];

/// How the names begin in which a node has a text that it hands on to others, as a value or by a link.
pub(super) const HANDED_TEXTS: [&str; 7] = ["text", "string", "value", "prompt", "source", "input", "choice"];

/// The names in which a node has a value that it hands on.
pub(super) const HANDED_VALUES: [&str; 8] =
    ["value", "number", "int", "float", "integer", "source", "input", "any"];

/// Links by which prompts come to a node that encodes or changes them.
pub(super) const PROMPT_LINKS: [&str; 16] = [
    "conditioning",
    "conditioning_1",
    "conditioning_2",
    "conditioning_3",
    "conditioning_4",
    "conditioning_to",
    "conditioning_from",
    "conditioning1",
    "conditioning2",
    "cond",
    "cond_NEW",
    "cond_DEFAULT",
    "cond1",
    "text_embeds",
    "original_text_embeds",
    "embeds",
];

/// What guiders compare the prompt with: nothing, or the picture without the prompt.
pub(super) const NO_PROMPTS: [&str; 2] = ["empty_conditioning", "cond2"];

/// Links that bring both prompts, and whatever else there is.
pub(super) const BUNDLES: [&str; 8] =
    ["guider", "text_embeds", "basic_pipe", "pipe", "detailer_pipe", "bus", "context", "base_ctx"];

/// Of the prompt that goes in, nothing comes out.
pub(super) const FORGETS_PROMPT: [&str; 1] = ["ConditioningZeroOut"];

/// Links by which a model comes, also one that is merged into it.
pub(super) const MODEL_LINKS: [&str; 14] = [
    "model",
    "model1",
    "model2",
    "model_negative",
    "model_diff",
    "iclora_model",
    "base_model",
    "unet",
    "guider",
    "basic_pipe",
    "pipe",
    "detailer_pipe",
    "context",
    "base_ctx",
];

/// Links by which a loader is told of LoRAs that it applies to the model that it loads itself.
pub(super) const LORA_LINKS: [&str; 4] = ["lora", "loras", "lora_stack", "prev_lora"];

/// Inputs of loaders that name a model's file, before whatever else they load.
pub(super) const MODEL_NAMES: [&str; 8] = [
    "ckpt_name",
    "unet_name",
    "base_ckpt_name",
    "model_name",
    "model_path",
    "model",
    "diffusion_model",
    "gguf_name",
];

/// How inputs begin that name another file than a model's.
pub(super) const OTHER_FILES: [&str; 9] =
    ["lora", "vae", "clip", "control", "text_encoder", "upscale", "hypernetwork", "style", "refiner"];

/// Links by which the latents come that sampling begins with, nearest first. Of pictures only those that were latents just
/// before: what else is done to them may change their size.
pub(super) const LATENT_LINKS: [&str; 14] = [
    "latent_image",
    "latent",
    "samples",
    "samples_to",
    "samples1",
    "latents",
    "destination",
    "video_latent",
    "av_latent",
    "optional_latent",
    "pixels",
    "basic_pipe",
    "pipe",
    "context",
];

/// What the classes have in their names that change the size of what they hand on by a factor, which a width and a height
/// cannot say.
pub(super) const RESIZES: [&str; 3] = ["Upscale", "Upsampler", "LatentRotate"];

/// Classes that hand on one of two, as a yes or no says: its name, and the names for yes and for no.
pub(super) const SWITCHES: [(&str, [&str; 3]); 1] = [("ComfySwitchNode", ["switch", "on_true", "on_false"])];

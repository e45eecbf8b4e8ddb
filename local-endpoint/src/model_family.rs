//! Families of models: what ComfyUI's log says while it loads one, and how long a step takes.

use serde_json::Value;

use crate::workflow::Workflow;

/// Names and sizes as in the log.
pub struct ModelFamily {
    pub dtype: &'static str,
    pub model_type: &'static str,
    pub text_encoder: (&'static str, &'static str),
    pub model: (&'static str, &'static str),
    pub vae: (&'static str, &'static str),
    /// Seconds per step at 512 × 512.
    pub step_seconds: f64,
}

const SD1: ModelFamily = ModelFamily {
    dtype: "torch.float16",
    model_type: "EPS",
    text_encoder: ("SD1ClipModel", "235.84"),
    model: ("BaseModel", "1639.41"),
    vae: ("AutoencoderKL", "159.56"),
    step_seconds: 0.11,
};

const SDXL: ModelFamily = ModelFamily {
    dtype: "torch.float16",
    model_type: "EPS",
    text_encoder: ("SDXLClipModel", "1560.80"),
    model: ("SDXL", "4897.05"),
    vae: ("AutoencoderKL", "159.56"),
    step_seconds: 0.10,
};

const FLUX: ModelFamily = ModelFamily {
    dtype: "torch.bfloat16",
    model_type: "FLUX",
    text_encoder: ("FluxClipModel_", "9319.23"),
    model: ("Flux", "22700.13"),
    vae: ("AutoencodingEngine", "159.87"),
    step_seconds: 0.20,
};

const VIDEO: ModelFamily = ModelFamily {
    dtype: "torch.float16",
    model_type: "FLOW",
    text_encoder: ("WanTEModel", "6419.48"),
    model: ("WAN21", "3250.60"),
    vae: ("WanVAE", "242.03"),
    step_seconds: 0.42,
};

impl ModelFamily {
    /// The family that the names of a workflow's model files suggest.
    pub fn of(workflow: &Workflow) -> &'static Self {
        let names: String = workflow
            .ids()
            .filter(|id| workflow.class_type(id).contains("Load"))
            .flat_map(|id| workflow.inputs(id).map(|(_, value)| value).filter_map(Value::as_str))
            .collect::<String>()
            .to_lowercase();
        let has = |word: &str| names.contains(word);
        if has("wan") || has("hunyuan") || has("hyvideo") {
            return &VIDEO;
        }
        if has("flux") {
            return &FLUX;
        }
        if has("xl") { &SDXL } else { &SD1 }
    }
}

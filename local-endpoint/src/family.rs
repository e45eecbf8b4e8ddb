//! What ComfyUI's log says while it loads a family of models.

use serde_json::Value;

use crate::workflow::Workflow;

/// Names and sizes in the log.
pub struct Family {
    pub dtype: &'static str,
    pub kind: &'static str,
    pub text_encoder: (&'static str, &'static str),
    pub model: (&'static str, &'static str),
    pub vae: (&'static str, &'static str),
    /// Seconds of one step at 512 × 512.
    pub step: f64,
}

const SD1: Family = Family {
    dtype: "torch.float16",
    kind: "EPS",
    text_encoder: ("SD1ClipModel", "235.84"),
    model: ("BaseModel", "1639.41"),
    vae: ("AutoencoderKL", "159.56"),
    step: 0.11,
};

const SDXL: Family = Family {
    dtype: "torch.float16",
    kind: "EPS",
    text_encoder: ("SDXLClipModel", "1560.80"),
    model: ("SDXL", "4897.05"),
    vae: ("AutoencoderKL", "159.56"),
    step: 0.10,
};

const FLUX: Family = Family {
    dtype: "torch.bfloat16",
    kind: "FLUX",
    text_encoder: ("FluxClipModel_", "9319.23"),
    model: ("Flux", "22700.13"),
    vae: ("AutoencodingEngine", "159.87"),
    step: 0.20,
};

const VIDEO: Family = Family {
    dtype: "torch.float16",
    kind: "FLOW",
    text_encoder: ("WanTEModel", "6419.48"),
    model: ("WAN21", "3250.60"),
    vae: ("WanVAE", "242.03"),
    step: 0.42,
};

/// The family that the names of a workflow's model files suggest.
pub fn of(workflow: &Workflow) -> &'static Family {
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

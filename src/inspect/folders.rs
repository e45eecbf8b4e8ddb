//! Which inputs name model files, and in which of ComfyUI's folders these are.

use crate::definitions::{Spec, types};
use crate::json::Value;

/// ComfyUI's folder by the name of the input, if that is enough.
const BY_NAME: [(&str, &str); 19] = [
    ("ckpt_name", "checkpoints"),
    ("lora_name", "loras"),
    ("vae_name", "vae"),
    ("unet_name", "diffusion_models"),
    ("clip_name", "text_encoders"),
    ("clip_name1", "text_encoders"),
    ("clip_name2", "text_encoders"),
    ("clip_name3", "text_encoders"),
    ("clip_name4", "text_encoders"),
    ("text_encoder", "text_encoders"),
    ("control_net_name", "controlnet"),
    ("style_model_name", "style_models"),
    ("gligen_name", "gligen"),
    ("hypernetwork_name", "hypernetworks"),
    ("photomaker_model_name", "photomaker"),
    ("audio_encoder_name", "audio_encoders"),
    ("bg_removal_name", "background_removal"),
    ("ipadapter_file", "ipadapter"),
    ("instantid_file", "instantid"),
];

/// The folder if the class says more than the name.
const BY_CLASS: [(&str, &str); 6] = [
    ("CLIPVisionLoader", "clip_vision"),
    ("UpscaleModelLoader", "upscale_models"),
    ("LatentUpscaleModelLoader", "latent_upscale_models"),
    ("ModelPatchLoader", "model_patches"),
    ("FrameInterpolationModelLoader", "frame_interpolation"),
    ("OpticalFlowLoader", "optical_flow"),
];

/// Endings of model files.
const ENDINGS: [&str; 9] = [".safetensors", ".ckpt", ".pt", ".pth", ".gguf", ".bin", ".sft", ".onnx", ".pt2"];

/// Whether an input names a model file: by the file's ending, or by the input's name if its value may be one.
pub(super) fn is_model(name: &str, value: Option<Value<'_>>, spec: Option<&Spec<'_>>) -> bool {
    let text = value.and_then(|value| value.as_str());
    if text.is_some_and(|text| has_model_ending(&text.decode())) {
        return true;
    }
    let named = BY_NAME.iter().any(|(input, _)| *input == name);
    named && (text.is_some() || spec.is_some_and(|spec| spec.kind == types::COMBO))
}

/// ComfyUI's folder for it; `None` if it is not known.
pub(super) fn folder(class_type: &str, name: &str) -> Option<&'static str> {
    let by_class = BY_CLASS.iter().find(|(class, _)| *class == class_type);
    let by_name = || BY_NAME.iter().find(|(input, _)| *input == name);
    by_class.or_else(by_name).map(|(_, folder)| *folder)
}

/// Whether a text has the ending of a model file.
pub(super) fn has_model_ending(text: &str) -> bool {
    let ends = |ending: &str| {
        let at = text.len().checked_sub(ending.len());
        at.and_then(|at| text.get(at..)).is_some_and(|end| end.eq_ignore_ascii_case(ending))
    };
    !text.contains('\n') && ENDINGS.iter().any(|ending| ends(ending))
}

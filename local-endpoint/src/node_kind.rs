//! What a class does, as far as its name and inputs show.

use crate::classes;

/// What a node does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// Reads a picture, and a mask with it.
    LoadImage,
    /// Loads a whole checkpoint: model, text encoder and VAE.
    Checkpoint,
    /// Loads one model of some sort.
    Loader,
    /// Denoises step by step.
    Sampler,
    /// Latent → picture.
    Decode,
    /// Picture → latent.
    Encode,
    /// Text → conditioning, or text made from text.
    Text,
    Save(Saving),
    Other,
}

/// What a node saves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saving {
    Png,
    /// A preview: a PNG under a temporary name.
    Temporary,
    AnimatedPng,
    Video,
    Audio,
    Text,
    /// Nothing that a result contains: models, latents, notes.
    Nothing,
}

/// The kind of a class. `has` says whether the node has an input with that name.
pub fn kind(class_type: &str, output: bool, has: impl Fn(&str) -> bool) -> NodeKind {
    let contains = |word: &str| class_type.contains(word);
    if output {
        return NodeKind::Save(saving(class_type));
    }
    if class_type.to_ascii_lowercase().starts_with("loadimage") {
        return NodeKind::LoadImage;
    }
    if contains("Checkpoint") && contains("Load") {
        return NodeKind::Checkpoint;
    }
    if contains("Loader") || contains("DownloadAndLoad") {
        return NodeKind::Loader;
    }
    if is_sampler(class_type, has) {
        return NodeKind::Sampler;
    }
    if contains("Text") || contains("String") || contains("Prompt") {
        return NodeKind::Text;
    }
    if contains("Decode") {
        return NodeKind::Decode;
    }
    if contains("Encode") && !contains("Vision") && !contains("CLIP") {
        return NodeKind::Encode;
    }
    NodeKind::Other
}

fn is_sampler(class_type: &str, has: impl Fn(&str) -> bool) -> bool {
    match class_type {
        "KSampler" | "KSamplerAdvanced" | "SamplerCustom" | "SamplerCustomAdvanced" => true,
        _ => has("steps") && (has("seed") || has("noise_seed") || has("cfg")),
    }
}

fn saving(class_type: &str) -> Saving {
    let contains = |word: &str| class_type.contains(word);
    match class_type {
        "SaveImage" | "SaveImageAdvanced" | "SaveImageWebsocket" | "ImageCompositor" => return Saving::Png,
        "PreviewImage" | "MaskPreview" | "ImageCompare" => return Saving::Temporary,
        "SaveAnimatedPNG" => return Saving::AnimatedPng,
        "SaveAnimatedWEBP" | "SaveWEBM" => return Saving::Video,
        "SaveText" => return Saving::Text,
        _ => {}
    }
    if contains("Video") {
        return Saving::Video;
    }
    if contains("Audio") {
        return Saving::Audio;
    }
    let custom = !classes::is_own(class_type);
    if custom && contains("Preview") {
        return Saving::Temporary;
    }
    if custom && contains("Save") {
        return Saving::Png;
    }
    Saving::Nothing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_kinds_apart() {
        let of = |class: &str, inputs: &[&str]| {
            let output = classes::is_output(class).unwrap_or(false);
            kind(class, output, |name| inputs.contains(&name))
        };
        assert_eq!(of("KSampler", &[]), NodeKind::Sampler);
        assert_eq!(of("KSamplerSelect", &["sampler_name"]), NodeKind::Other);
        assert_eq!(of("HyVideoSampler", &["steps", "seed"]), NodeKind::Sampler);
        assert_eq!(of("CLIPTextEncode", &["text"]), NodeKind::Text);
        assert_eq!(of("CLIPVisionEncode", &[]), NodeKind::Other);
        assert_eq!(of("VAEEncodeForInpaint", &[]), NodeKind::Encode);
        assert_eq!(of("VAEDecode", &[]), NodeKind::Decode);
        assert_eq!(of("loadImage_ViewComfy", &[]), NodeKind::LoadImage);
        assert_eq!(of("UNETLoader", &[]), NodeKind::Loader);
        assert_eq!(of("SaveVideo", &[]), NodeKind::Save(Saving::Video));
        assert_eq!(of("CheckpointSave", &[]), NodeKind::Save(Saving::Nothing));
        assert_eq!(saving("VHS_VideoCombine"), Saving::Video);
        assert_eq!(saving("StarPSDSaver2"), Saving::Png);
    }
}

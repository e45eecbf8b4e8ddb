//! The kind of an input, by its class and name, by its value, and by the definitions.

use super::folders;
use super::model::{InputKind, Node};
use crate::definitions::{Spec, types};
use crate::json::Value;
use crate::json::value::Kind;
use crate::workflow::names_a_seed;

/// Inputs that take a file of the user, by class and name.
const MEDIA: [(&str, &str, InputKind); 17] = [
    ("LoadImage", "image", InputKind::Image),
    ("loadImage_ViewComfy", "image", InputKind::Image),
    ("LoadImage_ViewComfy", "image", InputKind::Image),
    ("LoadImageOutput", "image", InputKind::Image),
    ("LoadImageMask", "image", InputKind::Mask),
    ("LoadVideo", "file", InputKind::Video),
    ("LoadVideo", "video", InputKind::Video),
    ("VHS_LoadVideo", "video", InputKind::Video),
    ("VHS_LoadVideoFFmpeg", "video", InputKind::Video),
    ("VHS_LoadVideoPath", "video", InputKind::Video),
    ("VHS_LoadAudioUpload", "audio", InputKind::Audio),
    ("VHS_LoadAudio", "audio_file", InputKind::Audio),
    ("LoadAudio", "audio", InputKind::Audio),
    ("Load3D", "model_file", InputKind::File),
    ("Load3DAdvanced", "model_file", InputKind::File),
    ("LoadLatent", "latent", InputKind::File),
    ("VHS_LoadImagePath", "image", InputKind::Image),
];

/// The flags by which definitions mark such inputs.
const UPLOADS: [(&str, InputKind); 5] = [
    ("image_upload", InputKind::Image),
    ("animated_image_upload", InputKind::Image),
    ("video_upload", InputKind::Video),
    ("audio_upload", InputKind::Audio),
    ("file_upload", InputKind::File),
];

/// Names of texts that people write.
const PROMPTS: [&str; 8] = ["text", "positive", "negative", "text_g", "text_l", "clip_l", "t5xxl", "caption"];

/// Names of numbers that people set.
const NUMBERS: [&str; 27] = [
    "width",
    "height",
    "length",
    "size",
    "batch_size",
    "steps",
    "cfg",
    "denoise",
    "guidance",
    "strength",
    "strength_model",
    "strength_clip",
    "lora_strength",
    "weight",
    "num_frames",
    "frames",
    "frame_count",
    "fps",
    "frame_rate",
    "duration",
    "seconds",
    "megapixels",
    "scale_by",
    "upscale_by",
    "resolution",
    "num_images",
    "shift",
];

/// Names of choices that a sampler has.
const CHOICES: [&str; 5] = ["sampler_name", "scheduler", "upscale_method", "weight_dtype", "crop"];

/// The kind of file that the user chooses for this input; `None` if it takes no such file.
pub(super) fn media(class_type: &str, name: &str, spec: Option<&Spec<'_>>) -> Option<InputKind> {
    let known = MEDIA.iter().find(|(class, input, _)| *class == class_type && *input == name);
    known.map(|(.., kind)| *kind).or_else(|| {
        let spec = spec.filter(|spec| spec.kind == types::COMBO)?;
        UPLOADS.iter().find(|(flag, _)| spec.flag(flag)).map(|(_, kind)| *kind)
    })
}

/// The input of a class that names such a file, if the node lacks it.
pub(super) fn missing_media(class_type: &str, node: &Node<'_>) -> Option<&'static str> {
    let of_class = || MEDIA.iter().filter(|(class, ..)| *class == class_type).map(|(_, name, _)| *name);
    let has = |name: &str| node.inputs.iter().any(|input| input.name == name);
    of_class().next().filter(|_| !of_class().any(has))
}

/// The kind of the input `name` of a class, with `value` if it has one. For a link, only the definitions tell.
pub(super) fn kind(
    class_type: &str,
    name: &str,
    value: Option<Value<'_>>,
    spec: Option<&Spec<'_>>,
) -> InputKind {
    if let Some(kind) = media(class_type, name, spec) {
        return kind;
    }
    if folders::is_model(name, value, spec) {
        return InputKind::Model;
    }
    let is_integer = value.is_some_and(Value::is_integer) || spec.is_some_and(|spec| spec.kind == types::INT);
    if is_integer && names_a_seed(name) {
        return InputKind::Seed;
    }
    match spec {
        Some(spec) => by_type(name, value, spec),
        None => value.map_or(InputKind::Link, |value| by_value(name, value)),
    }
}

/// Whether people set inputs of this kind and name.
pub(super) fn is_settable(name: &str, kind: InputKind) -> bool {
    let name = last_part(name);
    match kind {
        InputKind::Seed
        | InputKind::Image
        | InputKind::Mask
        | InputKind::Video
        | InputKind::Audio
        | InputKind::File
        | InputKind::Model
        | InputKind::LongText => true,
        InputKind::Text => is_prompt(name),
        InputKind::Integer | InputKind::Number => NUMBERS.contains(&name),
        _ => false,
    }
}

fn by_type(name: &str, value: Option<Value<'_>>, spec: &Spec<'_>) -> InputKind {
    match &*spec.kind {
        types::INT => InputKind::Integer,
        types::FLOAT | types::FLOAT_OR_INT => InputKind::Number,
        types::BOOLEAN => InputKind::Boolean,
        types::COMBO | types::DYNAMIC_COMBO => InputKind::Choice,
        types::STRING if spec.flag("multiline") => InputKind::LongText,
        types::STRING => InputKind::Text,
        _ => value.map_or(InputKind::Link, |value| by_value(name, value)),
    }
}

fn by_value(name: &str, value: Value<'_>) -> InputKind {
    let name = last_part(name);
    match value.kind() {
        Kind::Boolean => InputKind::Boolean,
        Kind::Number if value.is_integer() => InputKind::Integer,
        Kind::Number => InputKind::Number,
        Kind::String if CHOICES.contains(&name) => InputKind::Choice,
        Kind::String if is_prompt(name) => InputKind::LongText,
        Kind::String if crate::text::find(value.raw(), "\\n").is_some() => InputKind::LongText,
        Kind::String => InputKind::Text,
        _ => InputKind::Other,
    }
}

/// `width` of `resize_type.width`.
fn last_part(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

fn is_prompt(name: &str) -> bool {
    PROMPTS.contains(&name) || crate::text::find(name, "prompt").is_some()
}

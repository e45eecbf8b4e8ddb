//! What inputs are, and which of them a person would set.

use super::{inspected, plain};
use crate::definitions::ours;
use viewcomfy_wasm::definitions::Definitions;
use viewcomfy_wasm::inspect::model::InputKind::{self, *};

fn kind_of(
    class_type: &str,
    name: &str,
    value: &str,
    definitions: Option<&Definitions>,
) -> (InputKind, bool) {
    let text = format!(r#"{{"1": {{"class_type": "{class_type}", "inputs": {{"{name}": {value}}}}}}}"#);
    let seen = inspected(&text, definitions);
    let input = &seen.graph.nodes[0].inputs[0];
    (input.kind, input.settable)
}

#[test]
fn kinds_follow_names_and_values() {
    for (class_type, name, value, expected) in [
        ("CLIPTextEncode", "text", "\"x\"", (LongText, true)),
        ("Any", "negative_prompt", "\"x\"", (LongText, true)),
        ("Any", "note", "\"two\\nlines\"", (LongText, true)),
        ("Any", "note", "\"x\"", (Text, false)),
        ("Any", "noise_seed", "5", (Seed, true)),
        ("Rodin3D_Regular", "Seed", "5", (Seed, true)),
        ("Any", "seed_mode", "\"fixed\"", (Text, false)),
        ("Any", "width", "512", (Integer, true)),
        ("Any", "cfg", "6.5", (Number, true)),
        ("Any", "eta", "0.5", (Number, false)),
        ("Any", "enabled", "true", (Boolean, false)),
        ("KSampler", "sampler_name", "\"euler\"", (Choice, false)),
        ("LoadImage", "image", "\"x.png\"", (Image, true)),
        ("LoadImageMask", "image", "\"x.png\"", (Mask, true)),
        ("VHS_LoadVideo", "video", "\"x.mp4\"", (Video, true)),
        ("LoadAudio", "audio", "\"x.wav\"", (Audio, true)),
        ("LoraLoader", "lora_name", "\"x\"", (Model, true)),
        ("Any", "file", "\"x.safetensors\"", (Model, true)),
        ("Any", "x", "[\"1\", 0]", (Link, false)),
        ("Any", "x", "[8, 2]", (Other, false)),
        ("Any", "x", "null", (Other, false)),
    ] {
        assert_eq!(kind_of(class_type, name, value, None), expected, "{class_type}.{name} = {value}");
    }
}

#[test]
fn definitions_know_better() {
    let definitions = ours();
    for (class_type, name, value, expected) in [
        ("KSampler", "cfg", "6", (Number, true)),
        ("KSampler", "scheduler", "\"normal\"", (Choice, false)),
        ("SaveImage", "filename_prefix", "\"x\"", (Text, false)),
        ("StringToCombo", "flag", "1", (Boolean, false)),
        ("ResizeImageMaskNode", "resize_type", "\"x\"", (Choice, false)),
        // A link to what could be a value keeps its kind, one to what cannot is a link.
        ("KSampler", "steps", "[\"1\", 0]", (Integer, false)),
        ("KSampler", "model", "[\"1\", 0]", (Link, false)),
    ] {
        assert_eq!(kind_of(class_type, name, value, Some(&definitions)), expected, "{class_type}.{name}");
    }
}

#[test]
fn what_a_person_sets_in_the_default_workflow() {
    let text = plain().to_string();
    let seen = inspected(&text, None);
    let settable = seen.graph.nodes.iter().flat_map(|node| {
        node.inputs.iter().filter(|input| input.settable).map(|input| format!("{}.{}", node.id, input.name))
    });
    let expected = "3.cfg 3.denoise 3.seed 3.steps 4.ckpt_name 5.batch_size 5.height 5.width 6.text 7.text";
    assert_eq!(settable.collect::<Vec<_>>().join(" "), expected);
}

//! Inspecting workflows in API format.

mod damage;
mod doubts;
mod false_alarms;
mod files;
mod graph;
mod kinds;
mod problems;
mod recipe_pictures;
mod recipes;
mod second_opinion;
mod unlisted;
mod written;

use serde_json::Value as Json;
use viewcomfy_wasm::definitions::Definitions;
use viewcomfy_wasm::inspect::model::Inspection;
use viewcomfy_wasm::inspect::recipe::Recipes;
use viewcomfy_wasm::inspect::{api_graph, inspect, write};
use viewcomfy_wasm::workflow::Workflow;

/// What an inspection of `text` tells.
fn inspected<'a>(text: &'a str, definitions: Option<&'a Definitions>) -> Inspection<'a> {
    let workflow = Workflow::parse(text.as_bytes()).unwrap();
    inspect(api_graph(&workflow), definitions)
}

/// The same as JavaScript gets it.
fn rows(text: &str, definitions: Option<&Definitions>) -> Json {
    serde_json::from_str(&write::to_json(&inspected(text, definitions), &Recipes::default())).unwrap()
}

/// `[code, severity, node, input]` of each problem, the node by its id.
fn found(text: &str, definitions: Option<&Definitions>) -> Vec<(String, String, String, String)> {
    let rows = rows(text, definitions);
    let said = |value: &Json| value.as_str().unwrap_or("").to_owned();
    let id =
        |index: &Json| index.as_u64().map_or(String::new(), |index| said(&rows["nodes"][index as usize][0]));
    let problems = rows["problems"].as_array().unwrap();
    problems.iter().map(|p| (said(&p[0]), said(&p[1]), id(&p[2]), said(&p[3]))).collect()
}

/// The default text-to-image workflow, with files that the definitions of the fixtures have.
fn plain() -> Json {
    serde_json::json!({
        "4": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "sd15.safetensors"}},
        "5": {"class_type": "EmptyLatentImage", "inputs": {"width": 512, "height": 768, "batch_size": 1}},
        "6": {"class_type": "CLIPTextEncode", "inputs": {"text": "a boat", "clip": ["4", 1]}},
        "7": {"class_type": "CLIPTextEncode", "inputs": {"text": "rain", "clip": ["4", 1]}},
        "3": {"class_type": "KSampler", "inputs": {
            "seed": 5, "steps": 20, "cfg": 8.0, "sampler_name": "euler", "scheduler": "normal", "denoise": 1,
            "model": ["4", 0], "positive": ["6", 0], "negative": ["7", 0], "latent_image": ["5", 0]}},
        "8": {"class_type": "VAEDecode", "inputs": {"samples": ["3", 0], "vae": ["4", 2]}},
        "9": {"class_type": "SaveImage", "inputs": {"images": ["8", 0], "filename_prefix": "x"}}
    })
}

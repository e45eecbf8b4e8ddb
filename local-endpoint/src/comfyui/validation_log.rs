//! What the log says of a prompt that arrives: that it came, and which outputs are left out and why.

use serde_json::{Map, Value};

use super::logs::Level;
use super::state::Comfy;

/// A prompt came.
pub fn tell_arrival(comfy: &Comfy) {
    comfy.log("got prompt");
}

/// It is refused, with ComfyUI's answer.
pub fn tell_refusal(comfy: &Comfy, answer: &Value) {
    if let Some(node_errors) = answer["node_errors"].as_object() {
        tell_left_out(comfy, node_errors);
    }
    comfy.log_at(Level::Warning, &format!("invalid prompt: {}", answer["error"]));
}

/// Outputs that are left out.
pub fn tell_left_out(comfy: &Comfy, node_errors: &Map<String, Value>) {
    let mut outputs: Vec<&str> =
        node_errors.values().flat_map(|node| strings(&node["dependent_outputs"])).collect();
    outputs.sort_unstable();
    outputs.dedup();
    for output in outputs {
        comfy.log_at(Level::Error, &format!("Failed to validate prompt for output {output}:"));
        for (id, node) in node_errors {
            if strings(&node["dependent_outputs"]).any(|dependent| dependent == output) {
                tell_node(comfy, id, node);
            }
        }
        comfy.log_at(Level::Error, "Output will be ignored");
    }
}

fn tell_node(comfy: &Comfy, id: &str, node: &Value) {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    comfy.log_at(Level::Error, &format!("* {} {id}:", text(&node["class_type"])));
    for error in node["errors"].as_array().into_iter().flatten() {
        comfy.log_at(Level::Error, &format!("  - {}: {}", text(&error["message"]), text(&error["details"])));
    }
}

fn strings(list: &Value) -> impl Iterator<Item = &str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str)
}

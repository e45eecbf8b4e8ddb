//! All choices of the inputs of which the package's definitions have the first alone.

use serde_json::{Map, Value, json};

/// By class and input; `scripts/definitions.js` makes it.
const CHOICES: &str = include_str!("choices.json");
/// Checkpoints that this server says it has; it runs no model, and takes any name.
const CHECKPOINTS: [&str; 2] = ["sd_xl_base_1.0.safetensors", "v1-5-pruned-emaonly-fp16.safetensors"];

/// The package's classes as a server has them.
pub fn completed(mut classes: Map<String, Value>) -> std::io::Result<Map<String, Value>> {
    let all: Map<String, Value> = serde_json::from_str(CHOICES)?;
    for (class, lists) in all {
        let Value::Object(lists) = lists else { continue };
        for (input, list) in lists {
            replace(classes.get_mut(&class), &input, list);
        }
    }
    replace(classes.get_mut("CheckpointLoaderSimple"), "ckpt_name", json!(CHECKPOINTS));
    Ok(classes)
}

fn replace(class: Option<&mut Value>, input: &str, list: Value) {
    let Some(inputs) = class.and_then(|class| class.get_mut("input")) else { return };
    let section = ["required", "optional"].into_iter().find(|name| inputs[*name].get(input).is_some());
    let Some(spec) = section.and_then(|name| inputs[name].get_mut(input)) else { return };
    if spec[0].is_array() {
        spec[0] = list;
    } else if let Some(options) = spec.get_mut(1).and_then(|options| options.get_mut("options")) {
        *options = list;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_has_its_input_among_the_definitions() {
        let text = include_str!("../../../pkg/definitions.json");
        let mut all: Map<String, Value> = serde_json::from_str(text).unwrap();
        let Some(Value::Object(classes)) = all.remove("classes") else { panic!("no classes") };
        let completed = completed(classes).unwrap();
        let lists: Map<String, Value> = serde_json::from_str(CHOICES).unwrap();
        assert!(lists.len() > 100);
        for (class, inputs) in lists {
            for (input, list) in inputs.as_object().unwrap() {
                let own = &completed[&class]["input"];
                let spec = [&own["required"][input], &own["optional"][input]]
                    .into_iter()
                    .find(|spec| !spec.is_null());
                let spec = spec.unwrap_or_else(|| panic!("{class}.{input}"));
                assert!(spec[0] == *list || spec[1]["options"] == *list, "{class}.{input}");
            }
        }
        let schedulers = &completed["KSampler"]["input"]["required"]["scheduler"][0];
        assert!(schedulers.as_array().unwrap().contains(&json!("normal")));
    }
}

//! All choices of the inputs, which the package's definitions shorten: the first stands in the list, and some have all of
//! theirs under `choices`, a key of the package's own.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

/// By class and the path of an input, what is left of the lists; `scripts/definitions.js` makes it.
const CHOICES: &str = include_str!("choices.json");
/// Checkpoints that this server says it has; it runs no model, and takes any name.
const CHECKPOINTS: [&str; 2] = ["sd_xl_base_1.0.safetensors", "v1-5-pruned-emaonly-fp16.safetensors"];

/// The lists of a class by the path of their input.
type Lists = HashMap<String, Value>;

/// The package's classes as a server has them.
pub fn completed(mut classes: Map<String, Value>) -> std::io::Result<Map<String, Value>> {
    let mut all: HashMap<String, Lists> = serde_json::from_str(CHOICES)?;
    all.entry("CheckpointLoaderSimple".into()).or_default().insert("ckpt_name".into(), json!(CHECKPOINTS));
    for (class, described) in &mut classes {
        complete_inputs(described.get_mut("input"), "", &all.remove(class).unwrap_or_default());
    }
    Ok(classes)
}

fn complete_inputs(inputs: Option<&mut Value>, path: &str, lists: &Lists) {
    let Some(Value::Object(sections)) = inputs else { return };
    for (name, spec) in sections.values_mut().filter_map(Value::as_object_mut).flatten() {
        complete(spec, &format!("{path}{name}"), lists);
    }
}

/// An input, and those that a choice of it brings or that are made from its template.
fn complete(spec: &mut Value, path: &str, lists: &Lists) {
    let own = spec.get_mut(1).and_then(Value::as_object_mut).and_then(|options| options.remove("choices"));
    if let Some(list) = own.or_else(|| lists.get(path).cloned()) {
        replace(spec, list);
    }
    let Some(options) = spec.get_mut(1) else { return };
    complete_inputs(options.pointer_mut("/template/input"), &format!("{path}."), lists);
    for choice in options.get_mut("options").and_then(Value::as_array_mut).into_iter().flatten() {
        let Some(key) = choice.get("key").and_then(Value::as_str) else { continue };
        let path = format!("{path}.{key}.");
        complete_inputs(choice.get_mut("inputs"), &path, lists);
    }
}

fn replace(spec: &mut Value, list: Value) {
    if spec[0].is_array() {
        spec[0] = list;
    } else if let Some(options) = spec.get_mut(1).and_then(|options| options.get_mut("options")) {
        *options = list;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package() -> Map<String, Value> {
        let text = include_str!("../../../pkg/definitions.json");
        let mut all: Map<String, Value> = serde_json::from_str(text).unwrap();
        let Some(Value::Object(classes)) = all.remove("classes") else { panic!("no classes") };
        completed(classes).unwrap()
    }

    /// Every list of choices within a value.
    fn lists_in(value: &Value) -> Vec<&Value> {
        match value {
            Value::Array(items)
                if items.len() > 1 && items.iter().all(|item| !item.is_object() && !item.is_array()) =>
            {
                vec![value]
            }
            Value::Array(items) => items.iter().flat_map(lists_in).collect(),
            Value::Object(members) => members.values().flat_map(lists_in).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn every_list_has_its_input_among_the_definitions() {
        let classes = package();
        let all: HashMap<String, Lists> = serde_json::from_str(CHOICES).unwrap();
        assert!(all.len() > 100);
        for (class, lists) in all.iter().filter(|(class, _)| *class != "CheckpointLoaderSimple") {
            let shown = lists_in(&classes[class]["input"]);
            for (path, list) in lists {
                assert!(shown.contains(&list), "{class}.{path}");
            }
        }
    }

    #[test]
    fn lists_are_whole_where_a_server_has_them_at_any_depth() {
        let classes = package();
        let quality = &classes["SaveAudioAdvanced"]["input"]["required"]["format"][1]["options"][1]["inputs"];
        assert_eq!(quality["required"]["quality"][1]["options"], json!(["V0", "128k", "320k"]));
        let schedulers = &classes["KSampler"]["input"]["required"]["scheduler"][0];
        assert!(schedulers.as_array().unwrap().contains(&json!("normal")));
    }

    #[test]
    fn the_key_of_the_package_is_not_shown() {
        assert!(!serde_json::to_string(&package()).unwrap().contains("\"choices\":"));
    }
}

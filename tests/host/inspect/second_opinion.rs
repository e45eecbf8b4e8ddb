//! What is wrong with a workflow, counted another way: over a tree of serde_json, from the rules alone.
//!
//! Classes whose inputs depend on the node are left out, here and where this is compared.

use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;

pub type Counts = BTreeMap<&'static str, usize>;

/// True for a class that takes other inputs for another node.
pub fn is_dynamic(class: &Json) -> bool {
    let kinds = sections(class).flat_map(|section| section.values()).filter_map(|spec| spec[0].as_str());
    kinds.into_iter().any(|kind| kind.starts_with("COMFY_") && kind != "COMFY_MATCHTYPE_V3")
}

fn sections(class: &Json) -> impl Iterator<Item = &Map<String, Json>> {
    ["required", "optional"].into_iter().filter_map(|section| class["input"][section].as_object())
}

/// Nodes, links and problems of `workflow`.
pub fn count(workflow: &Map<String, Json>, object_info: Option<&Map<String, Json>>) -> Counts {
    let mut counts = Counts::new();
    let mut add = |what, more: usize| *counts.entry(what).or_default() += more;
    add("nodes", workflow.len());
    for node in workflow.values() {
        let none = Map::new();
        let inputs = node["inputs"].as_object().unwrap_or(&none);
        let links: Vec<_> = inputs.values().filter_map(|value| link(workflow, value)).collect();
        add("links", links.iter().filter(|(from, _)| workflow.contains_key(*from)).count());
        add("link_to_missing_node", links.iter().filter(|(from, _)| !workflow.contains_key(*from)).count());
        let Some(class_type) = node["class_type"].as_str() else {
            add("missing_class_type", 1);
            continue;
        };
        let Some(object_info) = object_info else { continue };
        let Some(class) = object_info.get(class_type) else {
            add("unknown_class", 1);
            continue;
        };
        if is_dynamic(class) {
            continue;
        }
        let required = class["input"]["required"].as_object().unwrap_or(&none);
        add("missing_input", required.keys().filter(|name| !inputs.contains_key(*name)).count());
        for (name, spec) in sections(class).flatten() {
            let Some(value) = inputs.get(name) else { continue };
            match link(workflow, value) {
                Some((from, output)) => {
                    let Some(from) = workflow.get(from).and_then(|from| from["class_type"].as_str()) else {
                        continue;
                    };
                    let Some(given) = object_info.get(from).map(|from| &from["output"]) else { continue };
                    match given.get(output as usize) {
                        None => add("unknown_output", 1),
                        Some(given) => add("link_type_mismatch", usize::from(!overlap(given, &spec[0]))),
                    }
                }
                None => {
                    add("out_of_range", usize::from(outside(value, &spec[1])));
                    add("not_among_choices", usize::from(!among(value, spec)));
                }
            }
        }
    }
    counts.retain(|_, count| *count > 0);
    counts
}

fn link<'j>(workflow: &Map<String, Json>, value: &'j Json) -> Option<(&'j str, i64)> {
    let [id, output] = value.as_array()?.as_slice() else { return None };
    let id = id.as_str()?;
    (output.is_number() || workflow.contains_key(id)).then(|| (id, output.as_i64().unwrap_or(-1)))
}

fn overlap(given: &Json, taken: &Json) -> bool {
    let (Some(given), Some(taken)) = (given.as_str(), taken.as_str()) else { return given == taken };
    let free = |kind: &str| kind == "*" || kind == "COMFY_MATCHTYPE_V3";
    free(given) || free(taken) || given.split(',').any(|kind| taken.split(',').any(|other| other == kind))
}

fn outside(value: &Json, options: &Json) -> bool {
    let Some(number) = value.as_f64() else { return false };
    options["min"].as_f64().is_some_and(|min| number < min)
        || options["max"].as_f64().is_some_and(|max| number > max)
}

/// A list without entries is filled by the server's files: only what is named like a file is missed.
fn among(value: &Json, spec: &Json) -> bool {
    let choices = match &spec[0] {
        Json::Array(choices) => choices,
        Json::String(kind) if kind == "COMBO" && spec[1].get("remote").is_none() => {
            let Some(choices) = spec[1]["options"].as_array() else { return true };
            choices
        }
        _ => return true,
    };
    let is_file = value.as_str().is_some_and(|text| text.contains('.'));
    choices.contains(value) || (choices.is_empty() && !is_file)
}

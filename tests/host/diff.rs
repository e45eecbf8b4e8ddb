//! Comparing workflows: each kind of difference, and renumbered workflows that are the same.

use crate::files::{Workflow as Fixture, fixtures, shared_workflows, workflows};
use serde_json::{Value, json};
use viewcomfy_wasm::diff::{diff, to_json};
use viewcomfy_wasm::json::Value as Span;
use viewcomfy_wasm::workflow::Workflow;

fn compared(a: &str, b: &str) -> Value {
    let (a, b) = (Workflow::parse(a.as_bytes()).unwrap(), Workflow::parse(b.as_bytes()).unwrap());
    serde_json::from_str(&to_json(&diff(&a, &b))).unwrap()
}

/// What differs, without the matching and without what is empty.
fn differences(a: &str, b: &str) -> Value {
    let mut diff = compared(a, b);
    let fields = diff.as_object_mut().unwrap();
    fields.remove("matched");
    fields.retain(|_, value| *value != json!([]));
    diff
}

fn matched(diff: &Value) -> Vec<(&str, &str)> {
    let pairs = diff["matched"].as_array().unwrap().iter();
    pairs.map(|pair| (pair["a"].as_str().unwrap(), pair["b"].as_str().unwrap())).collect()
}

const SMALL: &str = r#"{
    "4": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "a.safetensors"}},
    "6": {"class_type": "CLIPTextEncode", "_meta": {"title": "Prompt"}, "inputs": {"text": "a cat", "clip": ["4", 1]}},
    "7": {"class_type": "CLIPTextEncode", "_meta": {"title": "Prompt"}, "inputs": {"text": "blurry", "clip": ["4", 1]}},
    "3": {"class_type": "KSampler", "inputs": {"seed": 18446744073709551615, "cfg": 6.0,
        "model": ["4", 0], "positive": ["6", 0], "negative": ["7", 0]}}
}"#;

#[test]
fn a_workflow_is_the_same_as_itself() {
    let diff = compared(SMALL, SMALL);
    assert_eq!(diff["same"], true);
    assert_eq!(matched(&diff), [("4", "4"), ("6", "6"), ("7", "7"), ("3", "3")]);
}

#[test]
fn values_are_compared_by_meaning_and_seeds_to_the_digit() {
    assert_eq!(differences(SMALL, &SMALL.replace("6.0", "6")), json!({"same": true}));
    assert_eq!(differences(SMALL, &SMALL.replace("a cat", "a c\\u0061t")), json!({"same": true}));
    let text = SMALL.replace("551615", "551614");
    let (a, b) = (Workflow::parse(SMALL.as_bytes()).unwrap(), Workflow::parse(text.as_bytes()).unwrap());
    assert!(to_json(&diff(&a, &b)).contains(
        r#""changed":[{"key":"3-inputs-seed","nodeA":"3","nodeB":"3","input":"seed","inA":true,"inB":true,"a":18446744073709551615,"b":18446744073709551614}]"#
    ));
}

#[test]
fn a_parameter_in_one_only_is_told_from_a_null() {
    let less = SMALL.replace(r#", "cfg": 6.0"#, "");
    let change = json!({"key": "3-inputs-cfg", "nodeA": "3", "nodeB": "3", "input": "cfg",
        "inA": true, "inB": false, "a": 6.0, "b": null});
    assert_eq!(differences(SMALL, &less), json!({"same": false, "changed": [change]}));
    let change = json!({"key": "3-inputs-cfg", "nodeA": "3", "nodeB": "3", "input": "cfg",
        "inA": false, "inB": true, "a": null, "b": 6.0});
    assert_eq!(differences(&less, SMALL), json!({"same": false, "changed": [change]}));
    let null = SMALL.replace("6.0", "null");
    assert_eq!(differences(&null, &less)["changed"][0]["inB"], false);
}

#[test]
fn links_are_rewired_by_node_and_by_output() {
    let rewired = json!({"nodeA": "3", "nodeB": "3", "input": "positive",
        "a": {"node": "6", "output": 0}, "b": {"node": "7", "output": 0}});
    let other = SMALL.replace(r#""positive": ["6", 0]"#, r#""positive": ["7", 0]"#);
    assert_eq!(differences(SMALL, &other), json!({"same": false, "rewired": [rewired]}));
    let other = SMALL.replace(r#""model": ["4", 0]"#, r#""model": ["4", 2]"#);
    assert_eq!(differences(SMALL, &other)["rewired"][0]["b"], json!({"node": "4", "output": 2}));
    let nowhere = SMALL.replace(r#""model": ["4", 0]"#, r#""model": ["99", 0]"#);
    assert_eq!(differences(SMALL, &nowhere)["rewired"][0]["b"], json!({"node": "99", "output": 0}));
    assert_eq!(differences(&nowhere, &nowhere), json!({"same": true}));
}

#[test]
fn a_link_that_becomes_a_value_is_both() {
    let other = SMALL.replace(r#""positive": ["6", 0]"#, r#""positive": "x""#);
    let rewired =
        json!({"nodeA": "3", "nodeB": "3", "input": "positive", "a": {"node": "6", "output": 0}, "b": null});
    let changed = json!({"key": "3-inputs-positive", "nodeA": "3", "nodeB": "3", "input": "positive",
        "inA": false, "inB": true, "a": null, "b": "x"});
    assert_eq!(
        differences(SMALL, &other),
        json!({"same": false, "rewired": [rewired], "changed": [changed]})
    );
}

#[test]
fn nodes_are_added_and_removed() {
    let more =
        SMALL.replacen('{', r#"{"9": {"class_type": "SaveImage", "inputs": {"images": ["3", 0]}},"#, 1);
    let node = json!({"id": "9", "classType": "SaveImage", "title": "SaveImage"});
    assert_eq!(differences(SMALL, &more), json!({"same": false, "added": [node]}));
    assert_eq!(differences(&more, SMALL), json!({"same": false, "removed": [node]}));
}

#[test]
fn titles_and_classes_are_renamed() {
    let titled = SMALL.replacen("\"Prompt\"", "\"Scene\"", 1);
    let named = |title: &str| json!({"id": "6", "classType": "CLIPTextEncode", "title": title});
    assert_eq!(
        differences(SMALL, &titled),
        json!({"same": false, "renamed": [{"a": named("Prompt"), "b": named("Scene")}]})
    );
    // An export without titles says nothing about them.
    let bare = SMALL.replace(r#""_meta": {"title": "Prompt"}, "#, "");
    assert_eq!(differences(SMALL, &bare), json!({"same": true}));
    let other = SMALL.replace("\"KSampler\"", "\"KSamplerFast\"");
    let renamed = differences(SMALL, &other);
    assert_eq!(renamed["renamed"][0]["b"]["classType"], "KSamplerFast");
    assert!(renamed.get("added").is_none() && renamed.get("changed").is_none(), "{renamed}");
}

#[test]
fn a_node_put_in_the_place_of_another_is_not_a_rename() {
    let other = SMALL.replace(
        r#""4": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "a.safetensors"}}"#,
        r#""4": {"class_type": "UNETLoader", "inputs": {"unet_name": "b", "weight_dtype": "default"}}"#,
    );
    let diff = differences(SMALL, &other);
    assert_eq!(
        (&diff["added"][0]["classType"], &diff["removed"][0]["id"]),
        (&json!("UNETLoader"), &json!("4"))
    );
}

#[test]
fn a_moved_node_is_found_among_several_of_its_class_by_its_place() {
    let chain = r#"{"1": {"class_type": "Loader", "inputs": {}},
        "2": {"class_type": "Lora", "inputs": {"name": "x", "strength": 1, "model": ["1", 0]}},
        "3": {"class_type": "Lora", "inputs": {"name": "x", "strength": 1, "model": ["2", 0]}},
        "4": {"class_type": "Lora", "inputs": {"name": "x", "strength": 1, "model": ["3", 0]}},
        "5": {"class_type": "Save", "inputs": {"model": ["4", 0]}}}"#;
    // The last two were made anew, stand in another order, and one has another strength.
    let other = r#"{"1": {"class_type": "Loader", "inputs": {}},
        "12": {"class_type": "Lora", "inputs": {"name": "x", "strength": 1, "model": ["11", 0]}},
        "11": {"class_type": "Lora", "inputs": {"name": "x", "strength": 2, "model": ["2", 0]}},
        "2": {"class_type": "Lora", "inputs": {"name": "x", "strength": 1, "model": ["1", 0]}},
        "5": {"class_type": "Save", "inputs": {"model": ["12", 0]}}}"#;
    let diff = compared(chain, other);
    assert_eq!(matched(&diff), [("1", "1"), ("2", "2"), ("3", "11"), ("4", "12"), ("5", "5")]);
    assert_eq!(diff["changed"].as_array().map(Vec::len), Some(1));
    assert_eq!(diff["changed"][0]["key"], "3-inputs-strength");
    assert_eq!(diff["rewired"], json!([]));
}

#[test]
fn wrappers_are_opened_on_both_sides() {
    let wrapped = format!(r#"{{"prompt": {SMALL}}}"#);
    assert_eq!(compared(&wrapped, SMALL)["same"], true);
}

/// The ids of the file, in another order and shifted, so that many old ids name other nodes.
struct Renumbered {
    text: String,
    ids: Vec<(String, String)>,
}

/// Writes the workflow again: other ids, other order of the nodes, and one value exchanged.
fn renumbered(workflow: &Workflow<'_>, stride: usize, exchange: Option<(usize, usize, &str)>) -> Renumbered {
    let nodes = workflow.nodes();
    let old: Vec<String> = nodes.iter().map(|node| node.id.raw().to_owned()).collect();
    let new = |place: usize| old[(place + 1) % old.len()].clone();
    let link = |value: Span<'_>| {
        let [id, output] = value.items()[..] else { return None };
        let place = nodes.iter().position(|node| id.as_str().is_some_and(|id| id.same_as(node.id)))?;
        Some(format!("[\"{}\", {}]", new(place), output.raw()))
    };
    let mut written: Vec<String> = Vec::new();
    for (place, node) in nodes.iter().enumerate() {
        let inputs = workflow.inputs(node).iter().enumerate().map(|(index, input)| {
            let value = link(input.value).unwrap_or_else(|| input.value.raw().to_owned());
            let exchanged = exchange.filter(|(at, which, _)| (*at, *which) == (place, index));
            let value = exchanged.map_or(value, |(_, _, value)| value.to_owned());
            format!("\"{}\": {value}", input.name.raw())
        });
        let inputs = inputs.collect::<Vec<_>>().join(", ");
        let class = node.class_type.map(|class| format!("\"class_type\": {}, ", class.raw()));
        let title = node.title.map(|title| format!("\"_meta\": {{\"title\": {}}}, ", title.raw()));
        written.push(format!(
            "\"{}\": {{{}{}\"inputs\": {{{inputs}}}}}",
            new(place),
            class.unwrap_or_default(),
            title.unwrap_or_default()
        ));
    }
    let mut order: Vec<usize> = (0..written.len()).collect();
    order.sort_by_key(|place| (place * stride % 101, *place));
    let text = order.iter().map(|place| written[*place].as_str()).collect::<Vec<_>>().join(",\n");
    let ids = (0..old.len()).map(|place| (old[place].clone(), new(place))).collect();
    Renumbered { text: format!("{{{text}}}"), ids }
}

fn all() -> Vec<Fixture> {
    let mut all = workflows(&fixtures("workflows"));
    match shared_workflows() {
        Some(shared) => all.extend(shared),
        None => println!("left out: ../shared/workflows is not here"),
    }
    // serde_json, which reads the answers here, knows neither half characters nor numbers beyond all measure.
    all.retain(|fixture| !matches!(fixture.name.as_str(), "lone_surrogates" | "number_literals"));
    all
}

#[test]
fn renumbered_workflows_are_the_same() {
    let mut nodes = 0;
    for fixture in all() {
        let workflow = Workflow::parse(&fixture.bytes).unwrap();
        for stride in [0, 7, 50] {
            let other = renumbered(&workflow, stride, None);
            let diff = compared(workflow.text(), &other.text);
            assert_eq!(diff["same"], true, "{}: {diff}", fixture.name);
            nodes += matched(&diff).len();
        }
    }
    println!("{nodes} renumbered nodes were matched");
    assert!(nodes > 300, "{nodes}");
}

#[test]
fn one_exchanged_value_of_a_renumbered_workflow_is_the_only_difference() {
    let (mut exchanged, mut told_apart) = (0, 0);
    for fixture in all() {
        let workflow = Workflow::parse(&fixture.bytes).unwrap();
        for (place, node) in workflow.nodes().iter().enumerate() {
            for (index, input) in workflow.inputs(node).iter().enumerate() {
                if input.value.raw().starts_with(['[', '{']) {
                    continue;
                }
                let other = renumbered(&workflow, 7, Some((place, index, "\"exchanged\"")));
                let diff = compared(workflow.text(), &other.text);
                let changed = diff["changed"].as_array().unwrap();
                assert_eq!(changed.len(), 1, "{}: {} {diff}", fixture.name, input.name.raw());
                assert_eq!(changed[0]["b"], "exchanged");
                for field in ["added", "removed", "renamed", "rewired"] {
                    assert_eq!(diff[field], json!([]), "{}: {}", fixture.name, input.name.raw());
                }
                exchanged += 1;
                let pairs = other.ids.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect::<Vec<_>>();
                told_apart += usize::from(matched(&diff) == pairs);
            }
        }
    }
    println!("{exchanged} values exchanged; {told_apart} times every node was matched with itself");
    assert!(exchanged > 300 && told_apart * 100 >= exchanged * 90, "{told_apart} of {exchanged}");
}

#[test]
fn thousands_of_equal_nodes_are_compared_in_good_time() {
    let node = |id: usize, from: usize| {
        format!(r#""{id}": {{"class_type": "Lora", "inputs": {{"name": "x", "model": ["{from}", 0]}}}}"#)
    };
    let chain = |start: usize| {
        let nodes: Vec<String> = (start..start + 20_000).map(|id| node(id, id.saturating_sub(1))).collect();
        format!("{{{}}}", nodes.join(","))
    };
    let began = cpu_time::ThreadTime::now();
    let diff = compared(&chain(1), &chain(500_000));
    assert_eq!(matched(&diff).len(), 20_000);
    let fan = |start: usize| {
        let nodes: Vec<String> = (start..start + 20_000).map(|id| node(id, 7)).collect();
        format!("{{\"7\": {{\"class_type\": \"A\"}}, {}}}", nodes.join(","))
    };
    assert_eq!(compared(&fan(10), &fan(500_000))["same"], true);
    // What this thread worked, so that a busy machine changes little.
    let taken = began.elapsed();
    assert!(taken.as_secs() < 20, "{taken:?}");
}

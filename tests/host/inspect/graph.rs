//! Order, depth, outputs and models of small graphs.

use super::{inspected, plain};
use crate::definitions::ours;

fn ids<'i>(inspection: &'i viewcomfy_wasm::inspect::Inspection<'_>, indices: &[usize]) -> Vec<&'i str> {
    indices.iter().map(|index| &*inspection.graph.nodes[*index].id).collect()
}

#[test]
fn each_node_comes_behind_those_that_feed_it() {
    let text = plain().to_string();
    let seen = inspected(&text, None);
    let order = ids(&seen, &seen.order);
    assert_eq!(order.len(), 7);
    for node in &seen.graph.nodes {
        let at = |id: &str| order.iter().position(|other| *other == id).unwrap();
        for link in node.inputs.iter().filter_map(|input| input.link()) {
            assert!(at(&link.id) < at(&node.id), "{} before {}", link.id, node.id);
        }
    }
    assert_eq!(seen.depth, 5);
    let depths: Vec<_> = seen.graph.nodes.iter().map(|node| (&*node.id, node.depth)).collect();
    assert_eq!(depths, [("3", 2), ("4", 0), ("5", 0), ("6", 1), ("7", 1), ("8", 3), ("9", 4)]);
}

#[test]
fn nodes_of_a_cycle_come_last() {
    let text = r#"{"1": {"inputs": {"x": ["2", 0]}}, "2": {"inputs": {"x": ["1", 0]}}, "3": {"inputs": {"x": ["2", 0]}},
        "4": {"inputs": {"x": ["5", 0]}}, "5": {"class_type": "A", "inputs": {"x": ["5", 0]}}}"#;
    let seen = inspected(text, None);
    assert_eq!(ids(&seen, &seen.order), ["5", "4", "1", "2", "3"]);
    assert_eq!(seen.depth, 2);
}

#[test]
fn outputs_are_told_by_definitions_or_by_names() {
    let text = r#"{"1": {"class_type": "SaveImage", "inputs": {}}, "2": {"class_type": "MyPreviewer", "inputs": {}},
        "3": {"class_type": "KSampler", "inputs": {}}, "4": {"class_type": "Mine", "inputs": {}},
        "5": {"class_type": "Theirs", "inputs": {"x": ["4", 0]}}}"#;
    let definitions = ours();
    let outputs = |definitions| {
        let seen = inspected(text, definitions);
        let outputs = seen.graph.nodes.iter().filter(|node| node.is_output);
        outputs.map(|node| node.id.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(outputs(None), ["1", "2", "5"]);
    assert_eq!(outputs(Some(&definitions)), ["1", "2", "5"]);
}

#[test]
fn outputs_count_what_they_feed() {
    let text = plain().to_string();
    let counts = |definitions| {
        let seen = inspected(&text, definitions);
        let loader = seen.graph.nodes.iter().find(|node| node.id == "4").unwrap();
        loader.outputs.iter().map(|output| (output.name.to_string(), output.links)).collect::<Vec<_>>()
    };
    let named = |names: [&str; 3]| names.map(str::to_owned).into_iter().zip([1, 2, 1]).collect::<Vec<_>>();
    assert_eq!(counts(None), named(["0", "1", "2"]));
    let definitions = ours();
    assert_eq!(counts(Some(&definitions)), named(["MODEL", "CLIP", "VAE"]));
    let hostile = r#"{"1": {"class_type": "A"}, "2": {"inputs": {"x": ["1", 4294967295]}}}"#;
    assert_eq!(inspected(hostile, None).graph.nodes[0].outputs.len(), 64);
}

#[test]
fn models_are_found_by_name_and_by_ending() {
    let text = r#"{"1": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "other.ckpt"}},
        "2": {"class_type": "UpscaleModelLoader", "inputs": {"model_name": "4x.pth"}},
        "3": {"class_type": "Mine", "inputs": {"whatever": "sub/x.GGUF", "note": "no model", "lora_name": "None"}},
        "4": {"class_type": "KlingImage2VideoNode", "inputs": {"model_name": "kling-v3"}},
        "5": {"class_type": "Theirs", "inputs": {"lora_name": "without_ending"}}}"#;
    let definitions = ours();
    let seen = inspected(text, Some(&definitions));
    let models: Vec<_> =
        seen.models.iter().map(|m| (&*m.name, m.node, m.folder.as_deref(), m.available)).collect();
    assert_eq!(
        models,
        [
            ("other.ckpt", 0, Some("checkpoints"), Some(false)),
            ("4x.pth", 1, Some("upscale_models"), None),
            ("sub/x.GGUF", 2, None, None),
            ("without_ending", 4, Some("loras"), None),
        ]
    );
}

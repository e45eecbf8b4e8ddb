//! Inspection and conversion say the same of every value of an editor file, but for the causes that are listed here.

mod files;

use crate::definitions::shared;
use files::File;
use std::collections::BTreeMap;
use viewcomfy_wasm::convert::{DynamicPrompts, Options, to_api_format};
use viewcomfy_wasm::definitions::Definitions;
use viewcomfy_wasm::editor::Document;
use viewcomfy_wasm::inspect::editor_graph;
use viewcomfy_wasm::inspect::model::{Given, Graph, Node};
use viewcomfy_wasm::json::Value;
use viewcomfy_wasm::json::same::same_value;

/// Counts.
#[derive(Default)]
struct Outcome {
    same: usize,
    differences: Vec<String>,
    nodes: usize,
}

fn compare(file: &File, definitions: &Definitions, outcome: &mut Outcome) {
    let options = Options { dynamic_prompts: DynamicPrompts::Keep, ..Options::default() };
    let Ok(converted) = to_api_format(&file.bytes, definitions, &options) else { return };
    let document = Document::parse(&file.bytes).unwrap();
    let Ok(graph) = editor_graph(&document, Some(definitions)) else {
        outcome.differences.push(format!("{}: NOINSPECT", file.name));
        return;
    };
    for (id, entry) in Value::parse(&converted.json).unwrap().entries() {
        let id = id.decode();
        let Some(node) = graph.nodes.iter().rev().find(|node| node.id == id) else {
            outcome.differences.push(format!("{}: {id}: NONODE", file.name));
            continue;
        };
        outcome.nodes += 1;
        let class = node.class_type.as_deref().unwrap_or("-");
        let inputs = entry.get("inputs").unwrap();
        for (name, value) in inputs.entries() {
            let name = name.decode();
            let ours = node.inputs.iter().find(|input| input.name == name);
            let items = value.items();
            let is_link = items.len() == 2 && items[0].as_str().is_some();
            if is_link {
                continue;
            }
            match ours.map(|input| &input.given) {
                Some(Given::Value(own)) if same_value(*own, value) => outcome.same += 1,
                other => outcome.differences.push(format!(
                    "{}: {id} {class}.{name}: C {} I {}",
                    file.name,
                    brief(value.raw()),
                    told(other)
                )),
            }
        }
        for input in &node.inputs {
            if let Given::Value(own) = input.given
                && inputs.get(&input.name).is_none()
            {
                outcome.differences.push(format!(
                    "{}: {id} {class}.{}: C - I {}",
                    file.name,
                    input.name,
                    brief(own.raw())
                ));
            }
        }
    }
}
fn brief(t: &str) -> String {
    t.chars().take(50).collect()
}
fn told(given: Option<&Given<'_>>) -> String {
    match given {
        None => "noinput".into(),
        Some(Given::Nothing) => "nothing".into(),
        Some(Given::Link(l)) => format!("link {}", l.id),
        Some(Given::Value(v)) => brief(v.raw()),
    }
}

#[test]
fn explore() {
    let full = Definitions::parse(shared().unwrap()).unwrap();
    let mut outcome = Outcome::default();
    let files: Vec<_> = files::under("tests/fixtures").into_iter().chain(files::under("../shared")).collect();
    for file in &files {
        compare(file, &full, &mut outcome)
    }
    for d in &outcome.differences {
        println!("{d}")
    }
    println!(
        "TOTAL files {} nodes {} same {} different {}",
        files.len(),
        outcome.nodes,
        outcome.same,
        outcome.differences.len()
    );
}

//! No editor file of a real server raises a false error: missing models and classes that the server lacks, nothing else.

use super::{File, all};
use crate::definitions;
use std::collections::BTreeMap;
use viewcomfy_wasm::definitions::Definitions;
use viewcomfy_wasm::editor::Document;
use viewcomfy_wasm::inspect::model::{Code, Severity};
use viewcomfy_wasm::inspect::{editor_graph, inspect};

/// Made by hand to be odd: their names begin with a number, or are those of this project's own.
fn is_made(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_digit()) || ["odd_values.json", "subgraphs_1.json"].contains(&name)
}

#[test]
fn real_files_raise_no_false_error() {
    let Some(definitions) = definitions::shared().map(|bytes| Definitions::parse(bytes).unwrap()) else {
        return println!("skipped: no ../shared/comfyui/object_info.json");
    };
    let mut told: BTreeMap<String, usize> = BTreeMap::new();
    for File { name, bytes } in all().into_iter().filter(|file| !is_made(&file.name)) {
        let document = Document::parse(&bytes).unwrap();
        let graph = editor_graph(&document, Some(&definitions)).unwrap();
        let inspection = inspect(graph, Some(&definitions));
        for problem in &inspection.problems {
            *told.entry(format!("{:?} {:?}", problem.severity, problem.code)).or_default() += 1;
            if problem.severity != Severity::Error || problem.code == Code::MissingModel {
                continue;
            }
            let class = problem.node.and_then(|index| inspection.graph.nodes[index].class_type.as_deref());
            let is_lacking = class.is_some_and(|class| !definitions.has(class));
            assert!(problem.code == Code::UnknownClass && is_lacking, "{name}: {problem:?}");
        }
    }
    println!("{told:#?}");
}

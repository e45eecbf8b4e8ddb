//! Nodes of the page: told as such, no classes of a server, connected by their names.

use crate::definitions::ours;
use crate::files::fixtures;
use std::fs;
use viewcomfy_wasm::definitions::Definitions;
use viewcomfy_wasm::editor::Document;
use viewcomfy_wasm::inspect::model::Code;
use viewcomfy_wasm::inspect::{editor_graph, inspect};

/// The nodes of the page, and all problems with their nodes.
fn inspected(text: &str, definitions: Option<&Definitions>) -> (Vec<String>, Vec<(Code, String)>) {
    let document = Document::parse(text.as_bytes()).unwrap();
    let inspection = inspect(editor_graph(&document, definitions).unwrap(), definitions);
    let nodes = &inspection.graph.nodes;
    let of_page = nodes.iter().filter(|node| node.editor_only).map(|node| node.id.to_string());
    let problems = inspection.problems.iter();
    let problems = problems.map(|problem| (problem.code, nodes[problem.node.unwrap()].id.to_string()));
    (of_page.collect(), problems.collect())
}

fn case(name: &str) -> String {
    fs::read_to_string(fixtures("cases").join(name)).unwrap()
}

#[test]
fn they_are_no_classes_of_a_server() {
    let definitions = ours();
    for (name, ids) in [
        ("10-label.json", vec!["8"]),
        ("conv_rgthree_reroute.json", vec!["10"]),
        ("conv_set_get.json", vec!["10", "11"]),
    ] {
        let (of_page, problems) = inspected(&case(name), Some(&definitions));
        assert_eq!(of_page, ids, "{name}");
        assert!(problems.iter().all(|(_, node)| !ids.contains(&node.as_str())), "{name}: {problems:?}");
    }
}

#[test]
fn what_a_name_leads_to_is_used() {
    let workflow = case("conv_set_get.json");
    assert_eq!(inspected(&workflow, None).1, []);
    let other = workflow.replacen(r#""widgets_values": ["pic"]"#, r#""widgets_values": ["other"]"#, 1);
    assert_eq!(inspected(&other, None).1, [(Code::UnusedNode, "1".to_owned())]);
    let wrong_pair = workflow.replacen("\"GetNode\"", "\"easy getNode\"", 1);
    assert_eq!(inspected(&wrong_pair, None).1, [(Code::UnusedNode, "1".to_owned())]);
}

//! Damaged, odd and huge workflows and definitions: no panic, no hang, JSON that can be read.

use super::{inspected, plain};
use crate::convert::hostile::in_time;
use crate::files::fixtures;
use std::fmt::Write;
use std::fs;
use viewcomfy_wasm::definitions::Definitions;
use viewcomfy_wasm::editor::Document;
use viewcomfy_wasm::inspect::recipe::Recipes;
use viewcomfy_wasm::inspect::{editor_graph, file_to_json, write};
use viewcomfy_wasm::json::Value;

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % most
    }
}

/// Pieces that mean something where they stand.
const PIECES: [&str; 16] = [
    "null",
    "[]",
    "{}",
    "-1",
    "1e999",
    "18446744073709551616",
    "\"\"",
    "[\"3\",0]",
    "[\"3\"]",
    "true",
    "\"COMFY_DYNAMICCOMBO_V3\"",
    "\"COMFY_AUTOGROW_V3\"",
    "\"COMBO\"",
    "{\"__value__\":[]}",
    "\"*\"",
    "\"\\ud800\"",
];

/// `json` with some of its values put in place of others, so that most of the outcomes are still JSON.
fn damaged(json: &str, dice: &mut Dice) -> String {
    let mut tokens: Vec<String> = Vec::new();
    let (mut inside, mut escaped) = (false, false);
    for c in json.chars() {
        let joins = inside || (c.is_alphanumeric() || matches!(c, '.' | '-' | '+'));
        let fresh = !joins
            || tokens
                .last()
                .is_none_or(|last| !inside && last.ends_with(|c: char| ",:[]{} \n\"".contains(c)));
        if fresh || (c == '"' && !inside) {
            tokens.push(String::new());
        }
        tokens.last_mut().unwrap().push(c);
        inside ^= c == '"' && !escaped;
        escaped = inside && c == '\\' && !escaped;
    }
    for _ in 0..=dice.below(4) {
        let at = dice.below(tokens.len());
        if tokens[at].starts_with(|c: char| c == '"' || c.is_alphanumeric()) {
            tokens[at] = match dice.below(3) {
                0 => tokens[dice.below(tokens.len())].clone(),
                _ => PIECES[dice.below(PIECES.len())].to_owned(),
            };
        }
    }
    tokens.concat()
}

#[test]
fn damage_is_refused_or_inspected() {
    let object_info = fs::read_to_string(fixtures("definitions").join("object_info.json")).unwrap();
    let workflow = plain().to_string();
    let mut dice = Dice(11);
    let (mut read, mut inspections) = (0, 0);
    for _ in 0..1000 {
        let definitions = Definitions::parse(damaged(&object_info, &mut dice).into());
        read += usize::from(definitions.is_ok());
        let text = damaged(&workflow, &mut dice);
        if let Ok(json) = file_to_json(text.as_bytes(), definitions.as_ref().ok()) {
            inspections += 1;
            assert!(Value::parse(&json).is_ok(), "{text}\n{json}");
        }
    }
    // Otherwise nothing would have been looked at.
    assert!(read > 300 && inspections > 300, "{read} {inspections}");
}

#[test]
fn huge_graphs_take_time_in_proportion() {
    const NODES: usize = 100_000;
    let mut chain = String::from("{");
    for id in 0..NODES {
        let comma = if id == 0 { "" } else { "," };
        // Each reads from the one before; the first from the last.
        let from = (id + NODES - 1) % NODES;
        write!(chain, r#"{comma}"{id}":{{"class_type":"A","inputs":{{"x":["{from}",0],"y":["{from}",1]}}}}"#)
            .unwrap();
    }
    chain.push('}');
    // Of a class in which no run ends, so that each node is one that nothing needs.
    let preparing = chain.replace(r#""A""#, r#""VAEDecode""#);
    let cycle = inspected(&preparing, None);
    assert_eq!((cycle.order.len(), cycle.depth, cycle.problems.len()), (NODES, 1, NODES + 2));
    let straight = chain.replacen(&format!(r#"["{}",0]"#, NODES - 1), "0", 1);
    let straight = straight.replacen(&format!(r#"["{}",1]"#, NODES - 1), "0", 1);
    let straight = inspected(&straight, None);
    assert_eq!((straight.depth, straight.problems.len()), (NODES, 0));
    assert!(write::to_json(&straight, &Recipes::default()).len() > NODES);
}

#[test]
fn one_node_may_have_many_inputs() {
    let inputs: Vec<_> = (0..100_000).map(|index| format!(r#""images.image{index}": ["1", 0]"#)).collect();
    let text = format!(
        r#"{{"1": {{"class_type": "LoadImage", "inputs": {{"image": "example.png"}}}},
        "2": {{"class_type": "BatchImagesNode", "inputs": {{{}}}}}, "3": {{"class_type": "PreviewAny", "inputs": {{"source": ["2", 0]}}}}}}"#,
        inputs.join(",")
    );
    let definitions = crate::definitions::ours();
    // Fifty of them belong to the class.
    assert_eq!(inspected(&text, Some(&definitions)).problems.len(), 100_000 - 50);
}

#[test]
fn an_app_may_have_very_many_inputs() {
    const NODES: usize = 80_000;
    let ids: Vec<_> = (0..NODES).map(|id| id.to_string()).collect();
    let primitive = format!(
        r#"{{"id": "p", "type": "PrimitiveNode", "outputs": [{{"name": "x", "type": "INT", "links": [{}]}}]}}"#,
        ids.join(",")
    );
    let node = |id: &String| {
        format!(
            r#"{{"id": {id}, "type": "A", "inputs": [{{"name": "x", "type": "INT", "link": {id}, "widget": {{"name": "x"}}}}]}}"#
        )
    };
    let nodes: Vec<_> = ids.iter().map(node).chain([primitive]).collect();
    let links: Vec<_> = ids.iter().map(|id| format!(r#"[{id}, "p", 0, {id}, 0, "INT"]"#)).collect();
    let file = format!(
        r#"{{"nodes": [{}], "links": [{}], "extra": {{"linearData": {{"inputs": [["p", "value"]]}}}}}}"#,
        nodes.join(","),
        links.join(",")
    );
    let document = Document::parse(file.as_bytes()).unwrap();
    let graph = in_time("an app", || editor_graph(&document, None).unwrap());
    assert_eq!(graph.app.map(|app| app.inputs.len()), Some(NODES));
}

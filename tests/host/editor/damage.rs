//! Damaged and hostile files: an error with a reason or a graph, never a panic, never without bound.

use super::all;
use super::opened::DEFINITIONS;
use serde_json::{Value, json};
use std::sync::LazyLock;
use viewcomfy_wasm::definitions::Definitions;
use viewcomfy_wasm::editor::Document;
use viewcomfy_wasm::inspect::{editor_graph, inspect};

/// What reading and opening a file leads to: how many nodes, or why not.
fn outcome(file: &[u8]) -> Result<usize, String> {
    let message = |error: viewcomfy_wasm::Error| {
        assert_eq!(error.code().as_str(), "invalid_workflow");
        error.to_string()
    };
    static KNOWN: LazyLock<Definitions> = LazyLock::new(|| Definitions::parse(DEFINITIONS.into()).unwrap());
    let definitions = &*KNOWN;
    let document = Document::parse(file).map_err(message)?;
    let bare = editor_graph(&document, None).map_err(message)?.nodes.len();
    let graph = editor_graph(&document, Some(definitions)).map_err(message)?;
    assert_eq!(graph.nodes.len(), bare);
    Ok(inspect(graph, Some(definitions)).graph.nodes.len())
}

fn refused(file: &Value, word: &str) {
    let error = outcome(file.to_string().as_bytes()).unwrap_err();
    assert!(error.contains(word), "{error}");
}

fn instance(id: usize, of: &str) -> Value {
    json!({"id": id, "type": of, "inputs": [], "outputs": []})
}

fn definition(id: &str, nodes: &[Value]) -> Value {
    json!({"id": id, "name": id, "nodes": nodes, "links": [], "inputs": [], "outputs": []})
}

fn file(nodes: &[Value], definitions: &[Value]) -> Value {
    json!({"nodes": nodes, "links": [], "definitions": {"subgraphs": definitions}})
}

#[test]
fn what_is_no_editor_file_is_refused() {
    for (text, word) in [
        ("", "not valid JSON"),
        ("{\n  \"nodes\": [", "line 2"),
        ("[]", "not a workflow of ComfyUI's editor"),
        ("{\"nodes\": {}}", "not a workflow of ComfyUI's editor"),
        ("{\"nodes\": [1]}", "not an object but 1"),
        ("{\"nodes\": [null]}", "not an object but null"),
    ] {
        let error = outcome(text.as_bytes()).unwrap_err();
        assert!(error.contains(word), "{text}: {error}");
    }
    assert_eq!(outcome(b"{\"nodes\": []}"), Ok(0));
    assert_eq!(outcome(b"\xef\xbb\xbf{\"prompt\": {\"nodes\": [{}], \"links\": []}}"), Ok(1));
    assert!(outcome(b"{\"nodes\": [\"\xff\"]}").unwrap_err().contains("UTF-8"));
}

#[test]
fn subgraphs_that_contain_themselves_are_refused() {
    refused(&file(&[instance(1, "a")], &[definition("a", &[instance(2, "a")])]), "\"a\" contains itself");
    let circle = [definition("a", &[instance(2, "b")]), definition("b", &[instance(3, "a")])];
    refused(&file(&[instance(1, "a")], &circle), "\"a\" contains itself");
    // One that nobody uses does no harm.
    assert_eq!(outcome(file(&[], &circle).to_string().as_bytes()), Ok(0));
}

#[test]
fn shared_subgraphs_may_not_grow_without_bound() {
    let doubled = |level: usize| {
        let inner = format!("s{}", level + 1);
        definition(&format!("s{level}"), &[instance(1, &inner), instance(2, &inner)])
    };
    let mut levels: Vec<Value> = (0..40).map(doubled).collect();
    levels.push(definition("s40", &[]));
    refused(&file(&[instance(1, "s0")], &levels), "more than 100000 nodes");
    // Twelve levels are 8,191 nodes, which is unusual and harmless.
    assert_eq!(outcome(file(&[instance(1, "s28")], &levels).to_string().as_bytes()), Ok(8191));
}

#[test]
fn subgraphs_may_not_stand_in_each_other_without_bound() {
    let mut chain: Vec<Value> = (0..5000)
        .map(|level| definition(&format!("c{level}"), &[instance(1, &format!("c{}", level + 1))]))
        .collect();
    chain.push(definition("c5000", &[]));
    refused(&file(&[instance(1, "c0")], &chain), "100 deep");
    assert_eq!(outcome(file(&[instance(1, "c4950")], &chain).to_string().as_bytes()), Ok(51));
}

#[test]
fn long_ids_may_not_fill_the_memory() {
    let inner: Vec<Value> = (0..1000).map(|id| instance(id, "x")).collect();
    let mut long = instance(1, "a");
    long["id"] = "i".repeat(100_000).into();
    refused(&file(&[long], &[definition("a", &inner)]), "inputs and outputs");
}

#[test]
fn too_many_of_anything_are_refused() {
    let many = |item: &str, count: usize| vec![item; count].join(",");
    let nodes = format!("{{\"nodes\": [{}], \"links\": []}}", many("{}", 100_001));
    assert!(outcome(nodes.as_bytes()).unwrap_err().contains("more than 100000 nodes"));
    let links = format!("{{\"nodes\": [], \"links\": [{}]}}", many("0", 100_001));
    assert!(outcome(links.as_bytes()).unwrap_err().contains("more than 100000 links"));
    let slots = format!("{{\"nodes\": [{{\"inputs\": [{}]}}]}}", many("0", 1_000_001));
    assert!(outcome(slots.as_bytes()).unwrap_err().contains("more than 1000000 inputs"));
}

#[test]
fn links_in_circles_through_subgraphs_come_from_nowhere() {
    let through = json!({"id": "t", "name": "t", "nodes": [], "links": [{"id": 1, "origin_id": -10, "origin_slot": 0,
        "target_id": -20, "target_slot": 0, "type": "X"}], "inputs": [{"name": "x", "linkIds": [1]}],
        "outputs": [{"name": "x", "linkIds": [1]}]});
    let node = |id: usize, link: usize| json!({"id": id, "type": "t", "inputs": [{"name": "x", "link": link}], "outputs": [{"name": "x"}]});
    let mut file = file(&[node(1, 2), node(2, 1)], &[through]);
    file["links"] = json!([[1, 1, 0, 2, 0, "X"], [2, 2, 0, 1, 0, "X"]]);
    assert_eq!(outcome(file.to_string().as_bytes()), Ok(2));
}

/// A generator of numbers that are the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound.max(1)
    }
}

/// Values that stand in the wrong places of real files.
const ODD: [&str; 14] = [
    "null",
    "-1",
    "-10",
    "\"-20\"",
    "1e400",
    "18446744073709551616",
    "\"\"",
    "[]",
    "{}",
    "[[]]",
    "true",
    "\"Reroute\"",
    "{\"0\":1}",
    "[null,{}]",
];

/// Changes bytes, or puts one value of the file, or an odd one, in the place of another.
fn mutated(file: &[u8], others: &[String], random: &mut Random) -> Vec<u8> {
    let mut bytes = file.to_vec();
    for _ in 0..=random.below(3) {
        if bytes.is_empty() {
            break;
        }
        let at = random.below(bytes.len());
        match random.below(12) {
            0 => bytes[at] = random.below(256) as u8,
            1 => drop(bytes.drain(at..(at + random.below(40)).min(bytes.len()))),
            2 => bytes.truncate(at),
            _ => {
                // From the colon before to the comma behind is one value, more or less.
                let start = bytes[..at].iter().rposition(|byte| *byte == b':').map_or(at, |colon| colon + 1);
                let end = bytes[start..].iter().position(|byte| matches!(byte, b',' | b'}' | b']'));
                let value = match random.below(2) {
                    0 => ODD[random.below(ODD.len())],
                    _ => &others[random.below(others.len())],
                };
                bytes.splice(start..start + end.unwrap_or(0), value.bytes());
            }
        }
    }
    bytes
}

#[test]
fn damaged_files_are_read_or_refused() {
    let cases: usize =
        std::env::var("EDITOR_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(20_000);
    let files: Vec<Vec<u8>> =
        all().into_iter().map(|file| file.bytes).filter(|bytes| bytes.len() < 12_000).collect();
    let values: Vec<String> = files
        .iter()
        .flat_map(|bytes| {
            let text = String::from_utf8_lossy(bytes).into_owned();
            text.split([':', ',', '\n']).map(|piece| piece.trim().to_owned()).collect::<Vec<_>>()
        })
        .filter(|piece| serde_json::from_str::<Value>(piece).is_ok())
        .collect();
    let (mut random, mut read) = (Random(11), 0);
    for case in 0..cases {
        let bytes = mutated(&files[case % files.len()], &values, &mut random);
        read += usize::from(outcome(&bytes).is_ok());
    }
    println!("{cases} damaged files of {}: {read} read all the same", files.len());
    assert!(read > cases / 10 && read < cases);
}

#[test]
fn a_long_list_of_proxied_widgets_is_gone_through_once() {
    let entries = vec![json!(["-1", "none"]); 50_000];
    let ports = vec![json!({"id": "i", "name": "x", "linkIds": []}); 5_000];
    let mut host = instance(1, "s");
    host["properties"] = json!({"proxyWidgets": entries});
    let mut subgraph = definition("s", &[]);
    subgraph["inputs"] = json!(ports);
    assert_eq!(outcome(file(&[host], &[subgraph]).to_string().as_bytes()), Ok(1));
}

//! What is read and opened of every file, against counts made with serde_json, and against what ComfyUI exported.

use super::{File, all};
use serde_json::Value;
use std::collections::HashMap;
use std::fs;
use std::path::Path;
use viewcomfy_wasm::definitions::Definitions;
use viewcomfy_wasm::editor::{Document, Graph, Input};
use viewcomfy_wasm::inspect::editor_graph;
use viewcomfy_wasm::inspect::model::{Given, Mode, Node};

/// Nodes, links, linked inputs and groups of one graph.
type Counts = [usize; 4];

fn list(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

fn counted(graph: &Value) -> Counts {
    let nodes = list(&graph["nodes"]);
    let linked = nodes.iter().flat_map(|node| list(&node["inputs"])).filter(|input| !input["link"].is_null());
    // What is not a link, and what has no position, is passed over.
    let links = list(&graph["links"]).iter().filter(|link| !link.is_null()).count();
    let groups = list(&graph["groups"]).iter().filter(|group| group["bounding"].is_array()).count();
    [nodes.len(), links, linked.count(), groups]
}

fn read(graph: &Graph<'_>) -> Counts {
    let is_linked = |input: &&Input<'_>| input.link.is_some() || input.lost_link.is_some();
    let linked = graph.nodes.iter().flat_map(|node| &node.inputs).filter(is_linked);
    [graph.nodes.len(), graph.links.len(), linked.count(), graph.groups.len()]
}

#[test]
fn every_node_link_and_group_of_every_file_is_read() {
    let (mut total, mut files, mut subgraphs) = ([0; 4], 0, 0);
    for File { name, bytes } in all() {
        let json: Value = serde_json::from_slice(&bytes).unwrap();
        let document = Document::parse(&bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        let definitions = list(&json["definitions"]["subgraphs"]);
        assert_eq!(document.subgraphs.len(), definitions.len(), "{name}");
        let graphs = document.subgraphs.iter().map(|subgraph| &subgraph.graph);
        for (graph, json) in
            std::iter::once(&document.root).chain(graphs).zip([&json].into_iter().chain(&definitions))
        {
            assert_eq!(read(graph), counted(json), "{name}");
            total = std::array::from_fn(|index| total[index] + read(graph)[index]);
        }
        files += 1;
        subgraphs += definitions.len();
    }
    let [nodes, links, linked, groups] = total;
    println!(
        "{files} files: {nodes} nodes, {links} links, {linked} linked inputs, {groups} groups, {subgraphs} subgraphs"
    );
    assert!(nodes > 20 && links > 15);
}

/// A file taken apart with serde_json: its graphs, and what each node's id stands for.
struct Plain<'j> {
    root: &'j Value,
    definitions: HashMap<&'j str, &'j Value>,
}

impl<'j> Plain<'j> {
    fn new(root: &'j Value) -> Self {
        let definitions = root["definitions"]["subgraphs"].as_array().into_iter().flatten();
        Self { root, definitions: definitions.map(|each| (each["id"].as_str().unwrap(), each)).collect() }
    }

    /// Ids of all nodes with subgraphs opened, in order.
    fn ids(&self, graph: &Value, prefix: &str, into: &mut Vec<String>) {
        for node in graph["nodes"].as_array().unwrap() {
            let id = node["id"].as_str().map_or_else(|| node["id"].to_string(), str::to_owned);
            into.push(format!("{prefix}{id}"));
            let class = node["type"].as_str().unwrap_or_default();
            if let Some(inside) = self.definitions.get(class) {
                self.ids(inside, &format!("{prefix}{id}:"), into);
            }
            let group = class.strip_prefix("workflow>").or_else(|| class.strip_prefix("workflow/"));
            if let Some(inside) = group.map(|name| &self.root["extra"]["groupNodes"][name]) {
                into.extend((0..list(&inside["nodes"]).len()).map(|index| format!("{prefix}{id}:{index}")));
            }
        }
    }
}

#[test]
fn subgraphs_are_opened_where_they_stand() {
    let (mut nodes, mut inside) = (0, 0);
    for File { name, bytes } in all() {
        let json: Value = serde_json::from_slice(&bytes).unwrap();
        let plain = Plain::new(&json);
        let mut expected = Vec::new();
        plain.ids(plain.root, "", &mut expected);
        let document = Document::parse(&bytes).unwrap();
        let graph = editor_graph(&document, None).unwrap_or_else(|error| panic!("{name}: {error}"));
        let ids: Vec<_> = graph.nodes.iter().map(|node| node.id.clone().into_owned()).collect();
        assert_eq!(ids, expected, "{name}");
        for node in graph.nodes.iter() {
            let parent = node.parent.map(|index| &graph.nodes[index].id);
            assert_eq!(parent.map(|id| &**id), node.id.rsplit_once(':').map(|(parent, _)| parent), "{name}");
        }
        nodes += ids.len();
        inside += graph.nodes.iter().filter(|node| node.parent.is_some()).count();
    }
    println!("{nodes} nodes, {inside} of them in subgraphs");
    assert!(inside > 3);
}

/// What ComfyUI's own export has for a file, where it is beside it.
fn exported(name: &str) -> Option<Value> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/comfyui/convert");
    let name = name.replace(".ui.json", ".api.json");
    let found =
        ["embedded", "handmade", "templates"].into_iter().map(|directory| here.join(directory).join(&name));
    serde_json::from_str(&fs::read_to_string(found.into_iter().find(|path| path.is_file())?).unwrap()).ok()
}

/// Links followed as they run: over reroutes, and not over what does not run.
fn origin<'n>(nodes: &'n [Node<'n>], given: &Given<'_>) -> Option<(&'n str, usize)> {
    let Given::Link(link) = given else { return None };
    let (mut node, mut output) = (&nodes[link.node?], link.output?);
    while node.class_type.as_deref() == Some("Reroute") {
        let next = node.inputs.first()?.link()?;
        (node, output) = (&nodes[next.node?], next.output?);
    }
    (node.mode == Mode::Active && !node.editor_only).then_some((&*node.id, output))
}

#[test]
fn links_and_values_are_those_of_the_export() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/comfyui/object_info.json");
    let Ok(object_info) = fs::read(shared) else {
        return println!("left out: ../shared/comfyui is not here");
    };
    let definitions = Definitions::parse(object_info).unwrap();
    let (mut links, mut values, mut same, mut files) = (0, 0, 0, 0);
    let (mut odd, mut wrong): (HashMap<String, usize>, _) = (HashMap::new(), Vec::new());
    for File { name, bytes } in all() {
        let Some(export) = exported(&name) else { continue };
        let document = Document::parse(&bytes).unwrap();
        let graph = editor_graph(&document, Some(&definitions)).unwrap();
        files += 1;
        for (id, exported) in export.as_object().unwrap() {
            let Some(node) = graph.nodes.iter().find(|node| *node.id == *id) else { continue };
            let class = exported["class_type"].as_str().unwrap_or_default();
            if node.class_type.as_deref() != Some(class) {
                continue;
            }
            for (input, expected) in exported["inputs"].as_object().unwrap() {
                let Some(ours) = node.inputs.iter().rev().find(|ours| ours.name == *input) else { continue };
                if let Some([from, slot]) = expected.as_array().map(Vec::as_slice) {
                    let from = from.as_str().unwrap();
                    // An id that two graphs have is given anew by the editor, so that what it exports has another.
                    let is_known = graph.nodes.iter().any(|node| node.id == from);
                    if let Some(ours) = origin(&graph.nodes, &ours.given).filter(|_| is_known) {
                        links += 1;
                        if ours != (from, slot.as_u64().unwrap() as usize) {
                            wrong.push(format!("{name}: {id} {input}: {ours:?} not {from}:{slot}"));
                        }
                    }
                } else if let Given::Value(value) = ours.given {
                    let value: Value = serde_json::from_str(value.raw()).unwrap();
                    values += 1;
                    let is_same = value == *expected
                        || value.as_f64().zip(expected.as_f64()).is_some_and(|(a, b)| a == b);
                    same += usize::from(is_same);
                    if !is_same {
                        *odd.entry(format!("{class}.{input}")).or_default() += 1;
                    }
                }
            }
        }
    }
    let mut odd: Vec<_> = odd.into_iter().collect();
    odd.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    println!(
        "{files} files: {links} links as exported, {same} of {values} values; others: {:?}",
        &odd[..odd.len().min(40)]
    );
    // Of two links to one output of a subgraph the page of today takes the other one.
    wrong.retain(|wrong: &String| !(wrong.contains(r#"("126:96", 0) not 126:130:0"#)));
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(links > 3_000 && same * 100 >= values * 98, "{links} links, {same} of {values} values");
}

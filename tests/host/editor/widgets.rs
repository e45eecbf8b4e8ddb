//! The values of widgets in subgraphs, and names that a file has beside its list.

use super::opened::DEFINITIONS;
use serde_json::{Value as Json, json};
use viewcomfy_wasm::definitions::Definitions;
use viewcomfy_wasm::editor::Document;
use viewcomfy_wasm::inspect::editor_graph;

/// The value of an input, as JSON text; empty where there is none.
fn value(file: &Json, definitions: Option<&Definitions>, node: &str, input: &str) -> String {
    let text = file.to_string();
    let document = Document::parse(text.as_bytes()).unwrap();
    let graph = editor_graph(&document, definitions).unwrap();
    let node = graph.nodes.iter().find(|known| known.id == node).unwrap();
    let input = node.inputs.iter().find(|known| known.name == input);
    input.and_then(|input| input.value()).map_or(String::new(), |value| value.raw().to_owned())
}

fn widget(name: &str, link: Option<u32>) -> Json {
    json!({"name": name, "type": "INT", "link": link, "widget": {"name": name}})
}

/// An instance `1` of a subgraph whose one input leads to the widget of node `2`, and to a mere socket of node `3`.
fn instance(host: &Json) -> Json {
    let mut node = json!({"id": 1, "type": "s", "inputs": [widget("size", None)]});
    node.as_object_mut().unwrap().extend(host.as_object().unwrap().clone());
    let links = [2, 3].map(|id| {
        json!({"id": id, "origin_id": -10, "origin_slot": 0, "target_id": id, "target_slot": 0, "type": "INT"})
    });
    json!({"nodes": [node], "links": [], "definitions": {"subgraphs": [{
        "id": "s", "name": "s", "links": links, "outputs": [],
        "inputs": [{"id": "i", "name": "size", "type": "INT", "linkIds": [2, 3]}],
        "nodes": [
            {"id": 2, "type": "Own", "inputs": [widget("width", Some(2)), widget("steps", None)], "widgets_values": [64, 20]},
            {"id": 3, "type": "Show", "inputs": [{"name": "any", "type": "*", "link": 3}]}]}]}})
}

#[test]
fn all_that_a_promoted_input_leads_to_has_its_value() {
    let of = |host: Json, node| {
        let input = if node == "1:2" { "width" } else { "any" };
        value(&instance(&host), None, node, input)
    };
    let own = json!({"widgets_values": [9]});
    assert_eq!((of(own.clone(), "1:2"), of(own, "1:3")), ("9".to_owned(), "9".to_owned()));
    // It begins as that of the first widget inside.
    assert_eq!((of(json!({}), "1:2"), of(json!({}), "1:3")), ("64".to_owned(), "64".to_owned()));
}

#[test]
fn listed_widgets_are_those_of_the_instance() {
    let of = |entry: Json, node: &str, input: &str| {
        let host = json!({"properties": {"proxyWidgets": [entry]}, "widgets_values": [7]});
        value(&instance(&host), None, node, input)
    };
    for entry in [json!(["2", "width"]), json!([2, "width"]), json!(["-1", "size"]), json!(["2", "5: width"])]
    {
        assert_eq!(of(entry.clone(), "1", "size"), "7", "{entry}");
        assert_eq!(of(entry.clone(), "1:2", "width"), "7", "{entry}");
        assert_eq!(of(entry.clone(), "1:3", "any"), "7", "{entry}");
    }
    assert_eq!(of(json!(["2", "steps"]), "1:2", "steps"), "7");
    assert_eq!(of(json!(["2", "8: steps"]), "1:2", "steps"), "7");
}

#[test]
fn names_beside_the_list_count_where_the_class_is_not_known() {
    let definitions = Definitions::parse(DEFINITIONS.into()).unwrap();
    let file = |class: &str| {
        json!({"nodes": [{"id": 1, "type": class, "inputs": [], "widgets_values": [5, "fixed", 20],
            "widgets_values_named": {"seed": 1, "control_after_generate": "fixed", "steps": 2}}], "links": []})
    };
    let of = |class: &str, input: &str| value(&file(class), Some(&definitions), "1", input);
    assert_eq!((of("KSampler", "seed"), of("KSampler", "steps")), ("5".to_owned(), "20".to_owned()));
    assert_eq!(of("KSampler", "control_after_generate"), "");
    assert_eq!((of("Foreign", "seed"), of("Foreign", "steps")), ("1".to_owned(), "2".to_owned()));
}

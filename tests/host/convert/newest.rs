//! What ComfyUI's page does since 1.58: links by where they lead, ids used twice, what is said of both, packs in `_meta`.

use super::{BUNDLED, OURS, convert, file, inputs, keys, node};
use crate::files::fixtures;
use std::fs;
use viewcomfy_wasm::convert::{Converted, WarningCode};
use viewcomfy_wasm::json::Value;

fn fixture(name: &str) -> Converted {
    let path = fixtures("convert/newest").join(format!("{name}.ui.json"));
    convert(&fs::read_to_string(path).unwrap(), &BUNDLED).unwrap()
}

/// Code, node and input of each warning.
fn told(converted: &Converted) -> Vec<(WarningCode, Option<&str>, Option<&str>)> {
    let warnings = converted.warnings.iter();
    warnings.map(|warning| (warning.code, warning.node.as_deref(), warning.input.as_deref())).collect()
}

#[test]
fn a_lost_link_is_told_where_it_is_named() {
    let lost = |node, input| (WarningCode::LostLink, Some(node), Some(input));
    assert_eq!(told(&fixture("02_link_that_leads_elsewhere")), [lost("4", "images")]);
    assert_eq!(told(&fixture("03_lost_link_of_a_widget")), [lost("1", "width")]);
    let missing = (WarningCode::MissingInput, Some("3"), Some("images"));
    assert_eq!(told(&fixture("04_lost_link_of_a_reroute")), [lost("2", ""), missing]);
    assert_eq!(told(&fixture("17_one_link_for_two_inputs")), [lost("2", "image2")]);
    for name in ["01_link_that_no_input_names", "16_inputs_absent", "18_two_links_for_one_input"] {
        assert_eq!(told(&fixture(name)), [], "{name}");
    }
    let muted = r#"{"id": 4, "type": "Through", "mode": 2, "inputs": [{"name": "image", "type": "IMAGE", "link": 9}]}"#;
    assert_eq!(convert(&file(muted, "", ""), &OURS).unwrap().warnings, []);
}

#[test]
fn a_lost_link_inside_a_subgraph_is_told_for_each_instance() {
    let inside = r#"{"id": "s", "nodes": [{"id": 4, "type": "SaveImage", "inputs": [{"name": "images", "type": "IMAGE", "link": 9}]}], "links": []}"#;
    let nodes = r#"{"id": 20, "type": "s"}, {"id": 21, "type": "s"}"#;
    let more = format!(r#", "definitions": {{"subgraphs": [{inside}]}}"#);
    let converted = convert(&file(nodes, "", &more), &OURS).unwrap();
    let nodes: Vec<_> = told(&converted).into_iter().map(|(_, node, _)| node.unwrap()).collect();
    assert_eq!(nodes, ["20:4", "21:4"]);
}

#[test]
fn the_later_of_two_nodes_with_one_id_gets_the_next_number() {
    let converted = fixture("05_repeated_id_with_links");
    assert_eq!(keys(&converted.json), ["1", "2", "3", "4", "5"]);
    let repeated = (WarningCode::RepeatedId, Some("5"), None);
    let lost = (WarningCode::LostLink, Some("5"), Some("images"));
    let missing = (WarningCode::MissingInput, Some("4"), Some("images"));
    assert_eq!(told(&converted), [repeated, lost, missing]);
    let three = [node(7, "Picture", "[1]"), node(7, "Picture", "[2]"), node(7, "Picture", "[3]")].join(",");
    let json = convert(&file(&three, "", r#", "last_node_id": 9"#), &OURS).unwrap().json;
    assert_eq!(keys(&json), ["7", "10", "11"]);
    assert_eq!(inputs(&json, "11"), r#"{"width":3}"#);
}

#[test]
fn in_a_subgraph_the_later_one_is_left_out() {
    let converted = fixture("06_repeated_id_in_a_subgraph");
    assert_eq!(told(&converted), [(WarningCode::RepeatedId, None, None)]);
    assert!(converted.warnings[0].message.contains("\"12\""), "{}", converted.warnings[0].message);
}

#[test]
fn the_file_s_word_on_packs_goes_along() {
    let meta = |properties: &str| {
        let node = format!(r#"{{"id": 4, "type": "Picture", "properties": {properties}}}"#);
        let json = convert(&file(&node, "", ""), &OURS).unwrap().json;
        let meta = Value::parse(&json).unwrap().get("4").and_then(|entry| entry.get("_meta")).unwrap();
        super::one_line(meta)
    };
    let titled = |more: &str| format!(r#"{{"title":"Picture"{more}}}"#);
    let core = meta(r#"{"cnr_id": "comfy-core", "ver": "v0.3.40"}"#);
    assert_eq!(core, titled(r#","cnr_id":"comfy-core","ver":"0.3.40""#));
    assert_eq!(meta(r#"{"aux_id": "a/b", "ver": "0123abc"}"#), titled(r#","aux_id":"a/b","ver":"0123abc""#));
    assert_eq!(meta(r#"{"aux_id": "a/b", "ver": "unknown"}"#), titled(r#","aux_id":"a/b","ver":"unknown""#));
    assert_eq!(meta(r#"{"aux_id": "a/b", "ver": "abc"}"#), titled(r#","aux_id":"a/b""#));
    assert_eq!(meta(r#"{"cnr_id": 5, "ver": null}"#), titled(""));
}

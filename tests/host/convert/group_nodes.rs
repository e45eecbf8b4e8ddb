//! Links into instances of group nodes: which input inside gets them, and what inspection says of that.

use super::{BUNDLED, convert, file};
use crate::files::fixtures;
use serde_json::Value as Json;
use std::fs;
use viewcomfy_wasm::convert::WarningCode;
use viewcomfy_wasm::definitions::Definitions;
use viewcomfy_wasm::editor::Document;
use viewcomfy_wasm::inspect::model::Given;
use viewcomfy_wasm::inspect::{editor_graph, file_to_json};

fn fixture(name: &str) -> String {
    fs::read_to_string(fixtures("convert/newest").join(format!("{name}.ui.json"))).unwrap()
}

/// The inputs of the instance whose links do not get where they were drawn to.
fn lost(text: &str) -> Vec<String> {
    let warnings = convert(text, &BUNDLED).unwrap().warnings.into_iter();
    let lost = warnings.filter(|warning| warning.code == WarningCode::LostLink);
    lost.filter_map(|warning| warning.input).collect()
}

#[test]
fn a_link_that_gets_elsewhere_is_told() {
    for name in ["27_group_plain_in_another_order", "29_group_widgets_only", "30_group_plain_and_widgets"] {
        assert_eq!(lost(&fixture(name)), [""; 0], "{name}");
    }
    assert_eq!(lost(&fixture("31_group_widgets_behind_others")), ["width", "height"]);
    // Each input inside gets the link of another socket, or none.
    let shifted = ["width", "batch_size", "height", "color"];
    assert_eq!(lost(&fixture("32_group_links_shifted")), shifted);
    assert_eq!(lost(&fixture("33_group_link_of_another_type")), ["upscale_method", "scale_by"]);
    assert_eq!(lost(&fixture("41_group_socket_of_another_name")), ["first", "second"]);
}

/// What each input of a node has, as `input<origin` or `input=value`.
fn given(text: &str, id: &str, known: Option<&Definitions>) -> Vec<String> {
    let document = Document::parse(text.as_bytes()).unwrap();
    let graph = editor_graph(&document, known).unwrap();
    let node = graph.nodes.iter().find(|node| node.id == id).unwrap();
    let inputs = node.inputs.iter().map(|input| match &input.given {
        Given::Link(link) => format!("{}<{}", input.name, link.id),
        Given::Value(value) => format!("{}={}", input.name, value.raw()),
        _ => format!("{}-", input.name),
    });
    inputs.collect()
}

#[test]
fn inspection_says_the_same() {
    let known = Some(&*BUNDLED);
    let widgets = ["width<2", "height<3", "batch_size=1", "color<4"];
    assert_eq!(given(&fixture("29_group_widgets_only"), "1:0", known), widgets);
    let shifted = given(&fixture("32_group_links_shifted"), "1:0", known);
    assert_eq!(shifted, ["height<2", "color<3", "width=41", "batch_size=1"]);
    let plain = given(&fixture("27_group_plain_in_another_order"), "1:0", known);
    assert_eq!(plain[..2], ["image1<3", "image2<2"]);
    assert_eq!(given(&fixture("41_group_socket_of_another_name"), "1:0", known)[..2], ["image1-", "image2-"]);
}

/// Without the classes nobody knows which sockets the editor puts in between: those of the file count in their order.
#[test]
fn without_the_classes_sockets_have_the_order_of_the_file() {
    let widgets = ["width<2", "height<3", "batch_size=1", "color<4"];
    assert_eq!(given(&fixture("29_group_widgets_only"), "1:0", None), widgets);
    let text = fixture("30_group_plain_and_widgets").replace("ImageScaleBy", "NoSuchClass");
    assert_eq!(given(&text, "1:0", Some(&BUNDLED)), ["image<2", "upscale_method=\"area\"", "scale_by<3"]);
    let json = convert(&text, &BUNDLED).unwrap().json;
    assert!(super::inputs(&json, "6:5").contains(r#""scale_by":["3",0]"#), "{json}");
    assert_eq!(lost(&text), [""; 0]);
}

#[test]
fn a_link_into_a_group_is_no_error() {
    for name in ["29_group_widgets_only", "32_group_links_shifted", "36_group_hidden", "37_group_renamed"] {
        for known in [None, Some(&*BUNDLED)] {
            let rows = file_to_json(fixture(name).as_bytes(), known).unwrap();
            let rows: Json = serde_json::from_str(&rows).unwrap();
            let problems = rows["problems"].as_array().unwrap();
            let links = problems.iter().filter(|problem| problem[0].as_str().unwrap().contains("link"));
            assert_eq!(links.count(), 0, "{name}: {rows}");
        }
    }
}

/// A file may list fewer sockets than the group has, and links that lead nowhere.
#[test]
fn sockets_that_the_instance_lacks_are_left_out() {
    let group = r#", "extra": {"groupNodes": {"G": {"nodes": [{"type": "EmptyImage", "inputs": [
        {"name": "width", "type": "INT", "widget": {"name": "width"}},
        {"name": "color", "type": "INT", "widget": {"name": "color"}}], "widgets_values": [1, 2, 3, 4]}], "links": []}}}"#;
    let host = r#"{"id": 3, "type": "workflow>G", "inputs": [{"name": "color", "type": "INT", "link": 9}],
        "widgets_values": [2, 3, 1, 4]}"#;
    let text = file(host, "", group);
    let json = convert(&text, &BUNDLED).unwrap().json;
    let all = r#"{"width":1,"height":2,"batch_size":3,"color":4}"#;
    assert!(json.replace([' ', '\n'], "").contains(all), "{json}");
    assert_eq!(lost(&text), ["color"]);
    assert_eq!(given(&text, "3:0", Some(&BUNDLED))[..2], ["width=1", "color=4"]);
}

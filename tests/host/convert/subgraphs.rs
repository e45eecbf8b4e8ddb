//! Subgraphs and group nodes: ids, promoted values, ports.

use super::{OURS, convert, file, inputs, keys, node, refusal};

const MAX: &str = "18446744073709551615";

/// `definitions` with these subgraphs.
fn subgraphs(definitions: &[String]) -> String {
    format!(r#", "definitions": {{"subgraphs": [{}]}}"#, definitions.join(","))
}

/// A subgraph with an input that leads to the seed inside.
fn with_seed() -> String {
    let seed = format!(
        r#"{{"id": 1, "type": "Seeds", "inputs": [{{"name": "seed", "type": "INT", "link": 5, "widget": {{"name": "seed"}}}}], "widgets_values": [{MAX}, "fixed", 20]}}"#
    );
    format!(
        r#"{{"id": "s", "inputs": [{{"id": "i", "name": "seed", "type": "INT", "linkIds": [5]}}], "outputs": [], "nodes": [{seed}],
            "links": [{{"id": 5, "origin_id": -10, "origin_slot": 0, "target_id": 1, "target_slot": 0, "type": "INT"}}]}}"#
    )
}

fn host(id: u32, values: &str) -> String {
    let slot = r#"{"name": "seed", "type": "INT", "link": null, "widget": {"name": "seed"}}"#;
    format!(r#"{{"id": {id}, "type": "s", "inputs": [{slot}], "outputs": []{values}}}"#)
}

#[test]
fn a_promoted_seed_keeps_its_digits_and_each_instance_its_own() {
    let values = |value: &str| format!(r#", "widgets_values": [{value}]"#);
    let hosts = [host(11, &values("18446744073709551614")), host(12, ""), host(13, &values("7"))].join(",");
    let json = convert(&file(&hosts, "", &subgraphs(&[with_seed()])), &OURS).unwrap().json;
    assert_eq!(keys(&json), ["11:1", "12:1", "13:1"]);
    assert_eq!(inputs(&json, "11:1"), r#"{"seed":18446744073709551614,"steps":20}"#);
    assert_eq!(inputs(&json, "12:1"), format!(r#"{{"seed":{MAX},"steps":20}}"#));
    assert_eq!(inputs(&json, "13:1"), r#"{"seed":7,"steps":20}"#);
}

#[test]
fn an_id_that_is_taken_becomes_the_next_free_number() {
    let inside = |id: &str| {
        format!(
            r#"{{"id": "{id}", "nodes": [{}, {}], "links": [], "inputs": [], "outputs": []}}"#,
            node(1, "Picture", "[1]"),
            node(2, "Picture", "[2]")
        )
    };
    let nodes = [node(1, "Picture", "[0]"), r#"{"id": 40, "type": "a"}, {"id": 41, "type": "b"}"#.to_owned()]
        .join(",");
    let more = format!(r#", "last_node_id": 90{}"#, subgraphs(&[inside("a"), inside("b")]));
    let json = convert(&file(&nodes, "", &more), &OURS).unwrap().json;
    assert_eq!(keys(&json), ["1", "40:91", "40:2", "41:92", "41:93"]);
    assert_eq!(inputs(&json, "41:93"), r#"{"width":2}"#);
}

#[test]
fn a_group_node_is_opened_with_new_ids() {
    let group = r#", "last_node_id": 5, "extra": {"groupNodes": {"Two": {
        "nodes": [
            {"type": "Picture", "index": 0, "inputs": [], "outputs": [{"name": "IMAGE", "type": "IMAGE", "links": []}], "widgets_values": [1]},
            {"type": "Through", "index": 1, "inputs": [{"name": "image", "type": "IMAGE", "link": null}], "outputs": []}],
        "links": [[0, 0, 1, 0, 0, "IMAGE"]], "external": []}}}"#;
    let host = r#"{"id": 3, "type": "workflow>Two", "inputs": [], "outputs": [], "widgets_values": [64]}"#;
    let json = convert(&file(host, "", group), &OURS).unwrap().json;
    assert_eq!(keys(&json), ["8:6", "8:7"]);
    assert_eq!(inputs(&json, "8:6"), r#"{"width":64}"#);
    assert_eq!(inputs(&json, "8:7"), r#"{"image":["8:6",0]}"#);
}

#[test]
fn unknown_nodes_in_a_group_have_the_values_of_its_instance() {
    let group = r#", "last_node_id": 5, "extra": {"groupNodes": {"One": {
        "nodes": [{"type": "Foreign", "index": 0, "inputs": [], "outputs": [], "widgets_values": [1]}],
        "links": [], "external": []}}}"#;
    let host = r#"{"id": 3, "type": "workflow>One", "inputs": [], "outputs": [], "widgets_values": [64]}"#;
    let json = convert(&file(host, "", group), &OURS).unwrap().json;
    assert_eq!(inputs(&json, "7:6"), r#"{"UNKNOWN":64}"#);
}

/// A group node of which people chose what it shows: the picture although it is linked inside, of the first `Through` no
/// IMAGE and no mask. The reroute between them has no slots, whatever is chosen.
pub const CHOSEN: &str = r#""nodes": [
    {"type": "Picture", "inputs": [], "outputs": [{"name": "IMAGE", "type": "IMAGE"}], "widgets_values": [64]},
    {"type": "Reroute", "inputs": [{"name": "", "type": "*"}], "outputs": [{"name": "", "type": "IMAGE"}]},
    {"type": "Through", "inputs": [{"name": "image", "type": "IMAGE"}, {"name": "mask", "type": "MASK"}],
        "outputs": [{"name": "IMAGE", "type": "IMAGE"}, {"name": "MASK", "type": "MASK"}]},
    {"type": "Through", "inputs": [{"name": "image", "type": "IMAGE"}, {"name": "mask", "type": "MASK"}],
        "outputs": [{"name": "IMAGE", "type": "IMAGE"}, {"name": "MASK", "type": "MASK"}]}],
    "links": [[0, 0, 1, 0, 0, "IMAGE"], [1, 0, 2, 0, 0, "IMAGE"]], "external": [], "config": {
        "0": {"output": {"0": {"visible": true}}},
        "1": {"output": {"0": {"visible": true}}},
        "2": {"input": {"mask": {"visible": false}}, "output": {"0": {"visible": false}}},
        "3": {"input": {"image": {"visible": true}}}}"#;

/// A file in which its first output is saved, and its third one leads back to its first input through another node.
pub fn chosen(config: &str) -> String {
    let socket = |name: &str, kind: &str, link: &str| {
        format!(r#"{{"name": "{name}", "type": "{kind}", "link": {link}}}"#)
    };
    let host = format!(
        r#"{{"id": 3, "type": "workflow>Chosen", "inputs": [{}, {}], "outputs": [
            {{"name": "IMAGE", "type": "IMAGE", "links": [2, 3]}}, {{"name": "MASK", "type": "MASK", "links": []}},
            {{"name": "IMAGE", "type": "IMAGE", "links": [4]}}], "widgets_values": [64]}}"#,
        socket("image", "IMAGE", "1"),
        socket("mask", "MASK", "null"),
    );
    let through = format!(
        r#"{{"id": 1, "type": "Through", "inputs": [{}], "outputs": [{{"name": "IMAGE", "type": "IMAGE", "links": [1]}}]}}"#,
        socket("image", "IMAGE", "2")
    );
    let save = |id: u32, link: &str| {
        let images = socket("images", "IMAGE", link);
        format!(
            r#"{{"id": {id}, "type": "SaveImage", "inputs": [{images}], "outputs": [], "widgets_values": ["out"]}}"#
        )
    };
    let links = r#"[1, 1, 0, 3, 0, "IMAGE"], [2, 3, 0, 1, 0, "IMAGE"], [3, 3, 0, 4, 0, "IMAGE"], [4, 3, 2, 5, 0, "IMAGE"]"#;
    let nodes = [through, host, save(4, "3"), save(5, "4")].join(",");
    file(
        &nodes,
        links,
        &format!(r#", "last_node_id": 5, "extra": {{"groupNodes": {{"Chosen": {{{config}}}}}}}"#),
    )
}

#[test]
fn a_group_node_has_the_slots_that_people_chose() {
    let json = convert(&chosen(CHOSEN), &OURS).unwrap().json;
    let of = |id: &str| inputs(&json, id);
    assert_eq!(keys(&json), ["1", "4", "5", "10:6", "10:8", "10:9"]);
    assert_eq!(of("1"), r#"{"image":["10:6",0]}"#);
    assert_eq!(of("4"), r#"{"filename_prefix":"out","images":["10:6",0]}"#);
    assert_eq!(of("5"), r#"{"filename_prefix":"out","images":["10:9",0]}"#);
    assert_eq!(of("10:8"), r#"{"image":["10:6",0]}"#);
    assert_eq!(of("10:9"), r#"{"image":["1",0]}"#);
}

/// An instance of a group node with these values. Its list has the widgets without a socket before those with one, and none
/// of what the group links or the page keeps.
pub fn drawn(values: &str) -> String {
    let group = r#", "last_node_id": 5, "extra": {"groupNodes": {"Drawn": {"nodes": [
        {"type": "Note", "inputs": [], "outputs": [], "widgets_values": ["how to draw"]},
        {"type": "Picture", "inputs": [{"name": "width", "type": "INT", "widget": {"name": "width"}}], "outputs": [],
            "widgets_values": [1]},
        {"type": "Seeds", "inputs": [], "outputs": [{"name": "INT", "type": "INT"}], "widgets_values": [5, "fixed", 20]},
        {"type": "Seeds", "inputs": [{"name": "seed", "type": "INT", "widget": {"name": "seed"}}], "outputs": [],
            "widgets_values": [6, "fixed", 30]}],
        "links": [[2, 0, 3, 0, 0, "INT"]]}}}"#;
    let host = format!(
        r#"{{"id": 3, "type": "workflow>Drawn", "inputs": [], "outputs": [], "widgets_values": {values}}}"#
    );
    file(&host, "", group)
}

#[test]
fn values_in_a_group_go_to_the_widgets_that_its_instance_has() {
    let json = convert(&drawn(r#"[11, "randomize", 12, 33, 64]"#), &OURS).unwrap().json;
    assert_eq!(inputs(&json, "10:7"), r#"{"width":64}"#);
    assert_eq!(inputs(&json, "10:8"), r#"{"seed":11,"steps":12}"#);
    assert_eq!(inputs(&json, "10:9"), r#"{"seed":["10:8",0],"steps":33}"#);
}

/// People make sockets of widgets in any order; the list has the values in that of the sockets.
#[test]
fn values_in_a_group_go_to_the_widgets_of_a_class_in_its_order() {
    let group = r#", "last_node_id": 5, "extra": {"groupNodes": {"Turned": {"nodes": [
        {"type": "Seeds", "inputs": [{"name": "steps", "type": "INT", "widget": {"name": "steps"}},
            {"name": "seed", "type": "INT", "widget": {"name": "seed"}}], "outputs": [],
            "widgets_values": [6, "fixed", 30]}], "links": []}}}"#;
    let host = r#"{"id": 3, "type": "workflow>Turned", "inputs": [], "outputs": [],
        "widgets_values": [33, 12, "randomize"]}"#;
    let json = convert(&file(host, "", group), &OURS).unwrap().json;
    assert_eq!(inputs(&json, "7:6"), r#"{"seed":12,"steps":33}"#);
}

#[test]
fn a_subgraph_inside_itself_is_refused() {
    let own = r#"{"id": "s", "nodes": [{"id": 1, "type": "s"}], "links": []}"#;
    let result = convert(&file(r#"{"id": 7, "type": "s"}"#, "", &subgraphs(&[own.to_owned()])), &OURS);
    assert_eq!(refusal(result), ("recursive_subgraph", Some("7:1".to_owned()), None));
    let pair = |id: &str, other: &str| {
        format!(r#"{{"id": "{id}", "nodes": [{{"id": 1, "type": "{other}"}}], "links": []}}"#)
    };
    let more = subgraphs(&[pair("a", "b"), pair("b", "a")]);
    let (reason, node, _) = refusal(convert(&file(r#"{"id": 7, "type": "a"}"#, "", &more), &OURS));
    assert_eq!(reason, "recursive_subgraph");
    assert!(node.unwrap().starts_with("7:"));
}

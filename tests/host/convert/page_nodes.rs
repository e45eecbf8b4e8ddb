//! Nodes that exist in the page alone never reach the prompt; what leads through them does.

use super::custom_nodes::case;
use super::{OURS, convert, file, inputs, keys, node, refusal};
use viewcomfy_wasm::convert::{Converted, WarningCode};

#[test]
fn what_only_people_see_is_left_out() {
    let converted = case("10-label.json");
    assert_eq!(keys(&converted.json), ["1", "3"]);
    assert_eq!(converted.warnings, []);
    for class in ["Fast Groups Bypasser (rgthree)", "Note Plus (mtb)", "easy bookmark", "ComfyDeploy"] {
        let nodes = [node(1, class, r#"["a", 1]"#), node(2, "Picture", "[8]")].join(",");
        let converted = convert(&file(&nodes, "", ""), &OURS).unwrap();
        assert_eq!(
            (keys(&converted.json), converted.warnings),
            (vec!["2".to_owned()], Vec::new()),
            "{class}"
        );
    }
}

#[test]
fn a_preset_leaves_its_target_the_saved_value() {
    let preset = r#"{"id": 1, "type": "PresetText|pysssss", "widgets_values": ["name"], "outputs": [{"name": "text", "type": "STRING", "links": [1]}]}"#;
    let prompt = r#"{"id": 2, "type": "Prompt", "widgets_values": ["a fox", "b"], "inputs": [{"name": "text", "type": "STRING", "link": 1, "widget": {"name": "text"}}]}"#;
    let workflow = file(&format!("{preset},{prompt}"), r#"[1, 1, 0, 2, 0, "STRING"]"#, "");
    let json = convert(&workflow, &OURS).unwrap().json;
    assert_eq!(keys(&json), ["2"]);
    assert_eq!(inputs(&json, "2"), r#"{"text":"a fox","plain":"b"}"#);
}

#[test]
fn reroutes_of_packs_hand_on() {
    let converted = case("conv_rgthree_reroute.json");
    assert_eq!(keys(&converted.json), ["1", "2"]);
    assert_eq!(inputs(&converted.json, "2"), r#"{"filename_prefix":"x","images":["1",0]}"#);
    assert_eq!(converted.warnings, []);
    let chain =
        [source(1), through(2, "mxReroute", 1, 2, 0), through(3, "Reroute (rgthree)", 2, 3, 0), save(4, 3)];
    let links = "[1,1,0,2,0,\"*\"],[2,2,0,3,0,\"*\"],[3,3,0,4,0,\"*\"]";
    let json = convert(&file(&chain.join(","), links, ""), &OURS).unwrap().json;
    assert_eq!(inputs(&json, "4"), r#"{"filename_prefix":"out","images":["1",0]}"#);
    let chain = [source(1), through(2, "mxReroute", 1, 2, 2), save(4, 2)];
    let json =
        convert(&file(&chain.join(","), "[1,1,0,2,0,\"*\"],[2,2,0,4,0,\"*\"]", ""), &OURS).unwrap().json;
    assert_eq!(inputs(&json, "4"), r#"{"filename_prefix":"out"}"#);
}

#[test]
fn names_connect_set_and_get() {
    let converted = case("conv_set_get.json");
    assert_eq!(keys(&converted.json), ["1", "2"]);
    assert_eq!(inputs(&converted.json, "2"), r#"{"filename_prefix":"x","images":["1",0]}"#);
    assert_eq!(converted.warnings, []);

    const NOTHING: &str = r#"{"filename_prefix":"out"}"#;
    const LINKED: &str = r#"{"filename_prefix":"out","images":["1",0]}"#;
    let result = |set: (&str, &str, u32), get: (&str, &str)| tunnel(set, get);
    assert_eq!(result(("SetNode", "\"a\"", 0), ("GetNode", "\"a\"")), LINKED);
    assert_eq!(result(("SetNode", "\"a\"", 4), ("GetNode", "\"a\"")), LINKED);
    assert_eq!(result(("easy setNode", "\"\\u0061\"", 0), ("easy getNode", "\"a\"")), LINKED);
    assert_eq!(result(("SetNode", "\"a\"", 2), ("GetNode", "\"a\"")), NOTHING);
    assert_eq!(result(("SetNode", "\"a\"", 0), ("GetNode", "\"b\"")), NOTHING);
    assert_eq!(result(("SetNode", "\"a\"", 0), ("easy getNode", "\"a\"")), NOTHING);
    assert_eq!(result(("easy setNode", "\"a\"", 0), ("GetNode", "\"a\"")), NOTHING);
    assert_eq!(result(("SetNode", "\"\"", 0), ("GetNode", "\"\"")), NOTHING);
    assert_eq!(result(("SetNode", "5", 0), ("GetNode", "5")), NOTHING);
}

#[test]
fn a_set_node_hands_on_what_it_names() {
    let chain = [source(1), through(2, "SetNode", 1, 2, 0), save(4, 2)];
    let json =
        convert(&file(&chain.join(","), "[1,1,0,2,0,\"*\"],[2,2,0,4,0,\"*\"]", ""), &OURS).unwrap().json;
    assert_eq!(inputs(&json, "4"), r#"{"filename_prefix":"out","images":["1",0]}"#);
}

#[test]
fn a_name_that_stands_for_itself_is_refused() {
    let get = getter("GetNode", "\"a\"", 2);
    let set = setter("SetNode", "\"a\"", 2, 0);
    let links = "[2,11,0,10,0,\"*\"],[3,11,0,4,0,\"*\"]";
    let workflow = file(&[get, set, save(4, 3)].join(","), links, "");
    let at = ("bypass_cycle", Some("4".to_owned()), Some("images".to_owned()));
    assert_eq!(refusal(convert(&workflow, &OURS)), at);
}

#[test]
fn a_name_is_looked_for_outwards() {
    let images = |class: &str, set: &str| {
        let inside = format!(
            r#"{{"id": "s", "name": "s", "nodes": [{}, {}], "inputs": [], "outputs": [],
                "links": [{{"id": 2, "origin_id": 11, "origin_slot": 0, "target_id": 4, "target_slot": 0, "type": "IMAGE"}}]}}"#,
            getter(class, "\"a\"", 2),
            save(4, 2)
        );
        let nodes = [source(1), setter(set, "\"a\"", 1, 0), node(20, "s", "[]")].join(",");
        let more = format!(r#", "definitions": {{"subgraphs": [{inside}]}}"#);
        let converted: Converted = convert(&file(&nodes, "[1,1,0,10,0,\"*\"]", &more), &OURS).unwrap();
        assert_eq!(keys(&converted.json), ["1", "20:4"]);
        inputs(&converted.json, "20:4")
    };
    assert_eq!(images("GetNode", "SetNode"), r#"{"filename_prefix":"out","images":["1",0]}"#);
    assert_eq!(images("easy getNode", "easy setNode"), r#"{"filename_prefix":"out"}"#);
}

/// The inputs of a node that gets what another one set.
fn tunnel((set, set_name, mode): (&str, &str, u32), (get, get_name): (&str, &str)) -> String {
    let nodes = [source(1), setter(set, set_name, 1, mode), getter(get, get_name, 2), save(4, 2)].join(",");
    let links = "[1,1,0,10,0,\"*\"],[2,11,0,4,0,\"*\"]";
    let converted = convert(&file(&nodes, links, ""), &OURS).unwrap();
    let found = inputs(&converted.json, "4");
    let codes: Vec<_> = converted.warnings.iter().map(|warning| warning.code).collect();
    let expected = if found.contains("images") { vec![] } else { vec![WarningCode::MissingInput] };
    assert_eq!((keys(&converted.json), codes), (vec!["1".to_owned(), "4".to_owned()], expected));
    found
}

fn source(link: u32) -> String {
    format!(
        r#"{{"id": 1, "type": "Picture", "outputs": [{{"name": "i", "type": "IMAGE", "links": [{link}]}}], "widgets_values": [8]}}"#
    )
}

fn save(id: u32, link: u32) -> String {
    format!(
        r#"{{"id": {id}, "type": "SaveImage", "inputs": [{{"name": "images", "type": "IMAGE", "link": {link}}}]}}"#
    )
}

fn setter(class: &str, name: &str, link: u32, mode: u32) -> String {
    format!(
        r#"{{"id": 10, "type": "{class}", "mode": {mode}, "inputs": [{{"name": "IMAGE", "type": "IMAGE", "link": {link}}}], "widgets_values": [{name}]}}"#
    )
}

fn getter(class: &str, name: &str, link: u32) -> String {
    format!(
        r#"{{"id": 11, "type": "{class}", "outputs": [{{"name": "IMAGE", "type": "IMAGE", "links": [{link}]}}], "widgets_values": [{name}]}}"#
    )
}

/// A node with one input and one output.
fn through(id: u32, class: &str, from: u32, to: u32, mode: u32) -> String {
    format!(
        r#"{{"id": {id}, "type": "{class}", "mode": {mode}, "inputs": [{{"name": "", "type": "*", "link": {from}}}], "outputs": [{{"name": "", "type": "*", "links": [{to}]}}], "widgets_values": ["a"]}}"#
    )
}

#[test]
fn a_name_that_nobody_types_connects_nothing() {
    let name = |length: usize| format!("\"{}\"", "a".repeat(length));
    let nothing = r#"{"filename_prefix":"out"}"#;
    assert_eq!(tunnel(("SetNode", &name(100_000), 0), ("GetNode", &name(100_000))), nothing);
    let linked = r#"{"filename_prefix":"out","images":["1",0]}"#;
    assert_eq!(tunnel(("SetNode", &name(300), 0), ("GetNode", &name(300))), linked);
}

/// The inputs of a picture's saver in a file that lists links of an "Anything Everywhere" node.
fn everywhere(links: &str, save: &str) -> String {
    let node = r#"{"id": 7, "type": "Anything Everywhere", "inputs": [{"name": "anything", "type": "IMAGE", "link": 1}]}"#;
    let nodes = [source(1), node.to_owned(), super::node(9, "Picture", "[9]"), save.to_owned()].join(",");
    let more = format!(r#", "extra": {{"ue_links": {links}}}"#);
    let own = if save.contains(r#""link": 2"#) { r#", [2, 9, 0, 4, 0, "IMAGE"]"# } else { "" };
    let links = format!(r#"[1, 1, 0, 7, 0, "IMAGE"]{own}"#);
    let json = convert(&file(&nodes, &links, &more), &OURS).unwrap().json;
    assert_eq!(keys(&json), ["1", "4", "7", "9"]);
    assert_eq!(inputs(&json, "7"), r#"{"anything":["1",0]}"#);
    inputs(&json, "4")
}

#[test]
fn links_that_a_pack_lists_are_made() {
    let open =
        r#"{"id": 4, "type": "SaveImage", "inputs": [{"name": "images", "type": "IMAGE", "link": null}]}"#;
    let link = |from: &str, to: &str| {
        format!(
            r#"[{{"downstream": {to}, "downstream_slot": 0, "upstream": {from}, "upstream_slot": 0, "controller": 7, "type": "IMAGE"}}]"#
        )
    };
    const NOTHING: &str = r#"{"filename_prefix":"out"}"#;
    assert_eq!(everywhere(&link("1", "4"), open), r#"{"filename_prefix":"out","images":["1",0]}"#);
    assert_eq!(everywhere(&link("\"1\"", "4"), open), r#"{"filename_prefix":"out","images":["1",0]}"#);
    for links in [&link("77", "4"), &link("1", "77"), "[]", "{}", "[null, 5, {}]"] {
        assert_eq!(everywhere(links, open), NOTHING, "{links}");
    }
    assert_eq!(everywhere(&link("1", "4"), &save(4, 2)), r#"{"filename_prefix":"out","images":["9",0]}"#);
}

#[test]
fn what_does_not_run_hands_on_through_reroutes_too() {
    let result = |mode: u32, reroute: &str| {
        let middle = format!(
            r#"{{"id": 2, "type": "Through", "mode": {mode}, "inputs": [{{"name": "mask", "type": "MASK", "link": 5}}, {{"name": "image", "type": "IMAGE", "link": 1}}],
                "outputs": [{{"name": "i", "type": "IMAGE", "links": [2]}}]}}"#
        );
        let mask = r#"{"id": 8, "type": "Through", "outputs": [{"name": "i", "type": "IMAGE", "links": []}, {"name": "m", "type": "MASK", "links": [5]}]}"#;
        let nodes = [source(1), mask.to_owned(), middle, through(3, reroute, 2, 3, 0), save(4, 3)].join(",");
        let links = r#"[1,1,0,2,1,"IMAGE"],[5,8,1,2,0,"MASK"],[2,2,0,3,0,"*"],[3,3,0,4,0,"*"]"#;
        inputs(&convert(&file(&nodes, links, ""), &OURS).unwrap().json, "4")
    };
    for reroute in ["Reroute", "Reroute (rgthree)", "SetNode"] {
        assert_eq!(result(0, reroute), r#"{"filename_prefix":"out","images":["2",0]}"#, "{reroute}");
        assert_eq!(result(4, reroute), r#"{"filename_prefix":"out","images":["1",0]}"#, "{reroute}");
        assert_eq!(result(2, reroute), r#"{"filename_prefix":"out"}"#, "{reroute}");
    }
}

#[test]
fn what_does_not_run_hands_on_into_subgraphs_too() {
    let result = |mode: u32| {
        let inside = format!(
            r#"{{"id": "s", "name": "s", "nodes": [{}], "inputs": [{{"name": "images", "type": "IMAGE", "linkIds": [2]}}], "outputs": [],
                "links": [{{"id": 2, "origin_id": -10, "origin_slot": 0, "target_id": 4, "target_slot": 0, "type": "IMAGE"}}]}}"#,
            save(4, 2)
        );
        let instance =
            r#"{"id": 20, "type": "s", "inputs": [{"name": "images", "type": "IMAGE", "link": 3}]}"#;
        let middle = format!(
            r#"{{"id": 2, "type": "Through", "mode": {mode}, "inputs": [{{"name": "image", "type": "IMAGE", "link": 1}}],
                "outputs": [{{"name": "i", "type": "IMAGE", "links": [3]}}]}}"#
        );
        let nodes = [source(1), middle, instance.to_owned()].join(",");
        let more = format!(r#", "definitions": {{"subgraphs": [{inside}]}}"#);
        let links = r#"[1,1,0,2,0,"IMAGE"],[3,2,0,20,0,"IMAGE"]"#;
        inputs(&convert(&file(&nodes, links, &more), &OURS).unwrap().json, "20:4")
    };
    assert_eq!(result(0), r#"{"filename_prefix":"out","images":["2",0]}"#);
    assert_eq!(result(4), r#"{"filename_prefix":"out","images":["1",0]}"#);
    assert_eq!(result(2), r#"{"filename_prefix":"out"}"#);
}

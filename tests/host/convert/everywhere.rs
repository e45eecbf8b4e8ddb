//! "Anything Everywhere" without a list of its links in the file: they are found as the pack finds them.

use super::{OURS, convert, file, inputs, keys};
use viewcomfy_wasm::convert::{Converted, WarningCode};
use viewcomfy_wasm::definitions::Definitions;

/// Pictures 1 and 2, an "Anything Everywhere" node 7 for the first, and what else a test has.
fn sent(more: &[String]) -> Converted {
    with(&sender(7, "Anything Everywhere", "anything", 1, ""), more, "")
}

fn with(sender: &str, more: &[String], extra: &str) -> Converted {
    let picture = |id: u32, link: u32| {
        format!(
            r#"{{"id": {id}, "type": "Picture", "outputs": [{{"name": "i", "type": "IMAGE", "links": [{link}]}}], "widgets_values": [{id}]}}"#
        )
    };
    let mut nodes = vec![picture(1, 1), picture(2, 2), sender.to_owned()];
    nodes.extend_from_slice(more);
    let links = r#"[1, 1, 0, 7, 0, "IMAGE"], [2, 2, 0, 8, 0, "IMAGE"], [3, 2, 0, 7, 1, "IMAGE"]"#;
    convert(&file(&nodes.join(","), links, extra), &OURS).unwrap()
}

/// A node that sends what link has.
fn sender(id: u32, class: &str, input: &str, link: u32, more: &str) -> String {
    format!(
        r#"{{"id": {id}, "type": "{class}", "inputs": [{{"name": "{input}", "type": "*", "link": {link}}}]{more}}}"#
    )
}

fn save(id: u32, more: &str) -> String {
    format!(
        r#"{{"id": {id}, "type": "SaveImage", "inputs": [{{"name": "images", "type": "IMAGE", "link": null}}]{more}}}"#
    )
}

/// `ue_properties` of version 7 and later.
fn since_7(more: &str) -> String {
    format!(r#", "properties": {{"ue_properties": {{"version": "7.0"{more}}}}}"#)
}

fn image(converted: &Converted, id: &str) -> String {
    inputs(&converted.json, id)
}

const FIRST: &str = r#"{"filename_prefix":"out","images":["1",0]}"#;
const SECOND: &str = r#"{"filename_prefix":"out","images":["2",0]}"#;
const NOTHING: &str = r#"{"filename_prefix":"out"}"#;

fn is_unclear(converted: &Converted) -> bool {
    converted.warnings.iter().any(|warning| warning.code == WarningCode::UnknownLinks)
}

#[test]
fn open_inputs_of_the_same_type_get_it() {
    let through =
        r#"{"id": 5, "type": "Through", "inputs": [{"name": "image", "type": "IMAGE", "link": null}]}"#;
    let converted = sent(&[save(4, ""), through.to_owned()]);
    assert_eq!(keys(&converted.json), ["1", "2", "4", "5", "7"]);
    assert_eq!(image(&converted, "4"), FIRST);
    assert_eq!(inputs(&converted.json, "5"), r#"{"image":["1",0]}"#);
    assert_eq!(inputs(&converted.json, "7"), r#"{"anything":["1",0]}"#);
    assert!(!is_unclear(&converted));
    // What its class has and the file does not list is an input, too.
    let bare = r#"{"id": 4, "type": "SaveImage"}"#.to_owned();
    assert_eq!(image(&sent(&[bare]), "4"), FIRST);
}

#[test]
fn what_somebody_excluded_gets_nothing() {
    let refused = [
        r#", "properties": {"rejects_ue_links": true}"#.to_owned(),
        since_7(r#", "input_ue_unconnectable": {"images": true}"#),
    ];
    for more in refused {
        assert_eq!(image(&sent(&[save(4, &more)]), "4"), NOTHING, "{more}");
    }
    for mode in [2, 4] {
        let silent = sender(7, "Anything Everywhere", "anything", 1, &format!(r#", "mode": {mode}"#));
        assert_eq!(image(&with(&silent, &[save(4, "")], ""), "4"), NOTHING);
    }
}

#[test]
fn a_widget_gets_it_where_somebody_said_so() {
    let integer = r#"{"id": 3, "type": "Seeds", "outputs": [{"name": "n", "type": "INT", "links": [9]}]}"#;
    let everywhere = sender(7, "Anything Everywhere", "anything", 9, "");
    let result = |socket: &str, properties: &str, extra: &str| {
        let picture = format!(r#"{{"id": 4, "type": "Picture", "inputs": [{socket}]{properties}}}"#);
        let nodes = [integer, &everywhere, &picture].join(",");
        inputs(&convert(&file(&nodes, r#"[9, 3, 0, 7, 0, "INT"]"#, extra), &OURS).unwrap().json, "4")
    };
    let socket = r#"{"name": "width", "type": "INT", "link": null, "widget": {"name": "width"}}"#;
    let today = r#", "extra": {"frontendVersion": "1.20.0"}"#;
    let old = r#", "extra": {"frontendVersion": "1.15.2"}"#;
    assert_eq!(
        result(socket, &since_7(r#", "widget_ue_connectable": {"width": true}"#), today),
        r#"{"width":["3",0]}"#
    );
    let before_7 = r#", "properties": {"widget_ue_connectable": {"width": true}}"#;
    assert_eq!(result(socket, before_7, today), r#"{"width":["3",0]}"#);
    assert_eq!(result(socket, "", today), r#"{"width":8}"#);
    assert_eq!(result(socket, &since_7(r#", "widget_ue_connectable": {}"#), old), r#"{"width":8}"#);
    assert_eq!(result(socket, "", old), r#"{"width":["3",0]}"#);
    assert_eq!(result("", "", old), r#"{"width":8}"#);
}

#[test]
fn older_files_have_their_patterns_in_widgets() {
    let result = |values: &str, title: &str| {
        let asking =
            sender(7, "Anything Everywhere?", "anything", 1, &format!(r#", "widgets_values": {values}"#));
        with(&asking, &[save(4, &format!(r#", "title": "{title}""#))], "")
    };
    assert_eq!(image(&result(r#"["Final", ".*", ".*"]"#, "Final picture"), "4"), FIRST);
    assert_eq!(image(&result(r#"["^Final$", ".*", ".*"]"#, "Final picture"), "4"), NOTHING);
    assert_eq!(image(&result(r#"[".*", "^im", ""]"#, "a"), "4"), FIRST);
    assert_eq!(image(&result(r#"[".*", "mask|alpha"]"#, "a"), "4"), NOTHING);
    let odd = result(r#"["[ab]+", ".*", ".*"]"#, "a");
    assert_eq!(image(&odd, "4"), NOTHING);
    let warning = odd.warnings.iter().find(|warning| warning.code == WarningCode::UnknownLinks).unwrap();
    assert_eq!(warning.node.as_deref(), Some("7"));
    assert!(warning.message.contains("[ab]+"), "{}", warning.message);
}

#[test]
fn newer_files_have_them_in_properties() {
    let result = |settings: &str| {
        let everywhere = sender(7, "Anything Everywhere", "anything", 1, &since_7(settings));
        image(&with(&everywhere, &[save(4, r#", "title": "Final""#)], ""), "4")
    };
    assert_eq!(result(r#", "title_regex": "Final""#), FIRST);
    assert_eq!(result(r#", "title_regex": "Final", "title_regex_invert": true"#), NOTHING);
    assert_eq!(result(r#", "input_regex": "mask""#), NOTHING);
    assert_eq!(result(r#", "input_regex": "mask", "input_regex_invert": true"#), FIRST);
    assert_eq!(result(r#", "group_regex": "Here""#), NOTHING);
}

#[test]
fn the_highest_priority_wins_and_of_equal_ones_none() {
    let result = |first: &str, second: &str, settings: [&str; 2]| {
        let [first, second] = [(7, first, 1, settings[0]), (8, second, 2, settings[1])]
            .map(|(id, class, link, more)| sender(id, class, "anything", link, more));
        with(&first, &[second, save(4, "")], "")
    };
    let plain = "Anything Everywhere";
    assert_eq!(image(&result(plain, "Anything Everywhere?", ["", ""]), "4"), SECOND);
    assert_eq!(image(&result("Anything Everywhere3", plain, ["", ""]), "4"), FIRST);
    let set = since_7(r#", "priority": 30"#);
    assert_eq!(image(&result(plain, plain, [&since_7(""), &set]), "4"), SECOND);
    let patterned = since_7(r#", "input_regex": "image""#);
    assert_eq!(image(&result(plain, plain, [&patterned, &since_7("")]), "4"), FIRST);
    let tied = result(plain, plain, ["", ""]);
    assert_eq!(image(&tied, "4"), NOTHING);
    assert!(is_unclear(&tied), "{:?}", tied.warnings);
}

#[test]
fn frames_and_colours_limit_it() {
    let place = |x: u32, color: &str| format!(r#", "pos": [{x}, 100], "size": [50, 50], "color": "{color}""#);
    let result = |settings: &str, save_at: String| {
        let here = place(10, "red").replacen(", ", "", 1);
        let properties = since_7(settings);
        let everywhere = sender(7, "Anything Everywhere", "anything", 1, &format!(", {here}{properties}"));
        let groups = r#", "groups": [{"title": "Here", "bounding": [0, 0, 200, 400]}, {"title": "There", "bounding": [500, 0, 200, 400]}]"#;
        image(&with(&everywhere, &[save(4, &save_at)], groups), "4")
    };
    let (near, far) = (|| place(100, "red"), || place(600, "blue"));
    assert_eq!(result(r#", "group_restricted": 1"#, near()), FIRST);
    assert_eq!(result(r#", "group_restricted": 1"#, far()), NOTHING);
    assert_eq!(result(r#", "group_restricted": 2"#, far()), FIRST);
    assert_eq!(result(r#", "group_restricted": 2"#, near()), NOTHING);
    assert_eq!(result(r#", "group_regex": "^There""#, far()), FIRST);
    assert_eq!(result(r#", "group_regex": "^There""#, near()), NOTHING);
    assert_eq!(result(r#", "color_restricted": 1"#, near()), FIRST);
    assert_eq!(result(r#", "color_restricted": 1"#, far()), NOTHING);
    assert_eq!(result(r#", "color_restricted": 2"#, far()), FIRST);
}

#[test]
fn two_of_one_type_are_told_apart_by_name() {
    let result = |settings: &str, names: [&str; 2]| {
        let input =
            |name: &str, link: u32| format!(r#"{{"name": "{name}", "type": "IMAGE", "link": {link}}}"#);
        let two = format!(
            r#"{{"id": 7, "type": "Anything Everywhere", "inputs": [{}, {}]{}}}"#,
            input(names[0], 1),
            input(names[1], 3),
            since_7(settings)
        );
        with(&two, &[save(4, "")], "")
    };
    assert_eq!(image(&result("", ["images", "other"]), "4"), FIRST);
    assert_eq!(image(&result("", ["other", "images"]), "4"), SECOND);
    assert_eq!(image(&result("", ["image", "other"]), "4"), NOTHING);
    assert_eq!(image(&result(r#", "repeated_type_rule": 1"#, ["image", "other"]), "4"), FIRST);
    assert_eq!(image(&result(r#", "repeated_type_rule": 2"#, ["other", "ages"]), "4"), SECOND);
    let pattern = result(r#", "repeated_type_rule": 4"#, ["image", "other"]);
    assert!(is_unclear(&pattern) && image(&pattern, "4") == NOTHING, "{:?}", pattern.warnings);
}

const SAMPLER: &str = r#"{"Sampler": {"input": {"required": {"positive": ["COND"], "negative": ["COND"], "seed": ["INT", {}], "name": [["a", "b"]], "any": ["*"]}}, "output": []},
    "Cond": {"input": {"required": {}}, "output": ["COND"]}, "Text": {"input": {"required": {}}, "output": ["STRING"]}}"#;

#[test]
fn prompts_and_seeds_go_where_their_names_are() {
    let own = Definitions::parse(SAMPLER.as_bytes().to_vec()).unwrap();
    let output = |id: u32, class: &str, kind: &str, link: u32| {
        format!(
            r#"{{"id": {id}, "type": "{class}", "outputs": [{{"name": "o", "type": "{kind}", "links": [{link}]}}]}}"#
        )
    };
    let prompts = r#"{"id": 7, "type": "Prompts Everywhere", "inputs": [{"name": "+ve", "type": "*", "link": 1}, {"name": "-ve", "type": "*", "link": 2}]}"#;
    let seeds = r#"{"id": 8, "type": "Seed Everywhere", "outputs": [{"name": "int", "type": "INT", "links": null}], "widgets_values": [5, "randomize"]}"#;
    let text = sender(9, "Anything Everywhere", "anything", 3, &since_7(r#", "string_to_combo": 1"#));
    let socket = r#"{"name": "seed", "type": "INT", "link": null, "widget": {"name": "seed"}}, {"name": "name", "type": "COMBO", "link": null, "widget": {"name": "name"}}"#;
    let sampler = format!(
        r#"{{"id": 4, "type": "Sampler", "inputs": [{socket}], "widgets_values": [1, "fixed", "a"]}}"#
    );
    let nodes = [
        &output(1, "Cond", "COND", 1),
        &output(2, "Cond", "COND", 2),
        &output(3, "Text", "STRING", 3),
        prompts,
        seeds,
        &text,
        &sampler,
    ];
    let links = r#"[1, 1, 0, 7, 0, "COND"], [2, 2, 0, 7, 1, "COND"], [3, 3, 0, 9, 0, "STRING"]"#;
    let converted = convert(&file(&nodes.join(","), links, ""), &own).unwrap();
    let expected = r#"{"seed":["8",0],"name":["3",0],"positive":["1",0],"negative":["2",0]}"#;
    assert_eq!(inputs(&converted.json, "4"), expected);
}

/// Some versions of the pack name the links that they made at the inputs, without the file having them.
#[test]
fn a_link_that_the_pack_makes_again_is_not_lost() {
    let lost = |extra: &str| {
        let nodes = format!(
            r#"{{"id": 1, "type": "Picture", "outputs": [{{"name": "i", "type": "IMAGE", "links": []}}]}}, {}"#,
            save(4, "").replace("null", "13")
        );
        let converted = convert(&file(&nodes, "", extra), &OURS).unwrap();
        let is_lost = converted.warnings.iter().any(|warning| warning.code == WarningCode::LostLink);
        (inputs(&converted.json, "4"), is_lost)
    };
    let listed = r#", "extra": {"ue_links": [{"downstream": 4, "downstream_slot": 0, "upstream": "1", "upstream_slot": 0, "controller": 7, "type": "IMAGE"}]}"#;
    assert_eq!(lost(listed), (FIRST.to_owned(), false));
    assert_eq!(lost(&listed.replace(r#""downstream": 4"#, r#""downstream": 5"#)), (NOTHING.to_owned(), true));
    assert_eq!(lost(""), (NOTHING.to_owned(), true));
}

#[test]
fn any_node_may_send_what_it_makes() {
    let picture = r#"{"id": 3, "type": "Picture", "outputs": [{"name": "i", "type": "IMAGE", "links": null}], "properties": {"ue_convert": true, "ue_properties": {"version": "7.5"}}}"#;
    let json = convert(&file(&format!("{picture}, {}", save(4, "")), "", ""), &OURS).unwrap().json;
    assert_eq!(inputs(&json, "4"), r#"{"filename_prefix":"out","images":["3",0]}"#);
    let silent = picture.replace(r#""version""#, r#""output_not_broadcasting": {"i": true}, "version""#);
    let json = convert(&file(&format!("{silent}, {}", save(4, "")), "", ""), &OURS).unwrap().json;
    assert_eq!(inputs(&json, "4"), NOTHING);
}

#[test]
fn it_reaches_its_own_graph_alone() {
    let inside = format!(
        r#"{{"id": "s", "nodes": [{{"id": 30, "type": "Picture", "outputs": [{{"name": "i", "type": "IMAGE", "links": [5]}}]}}, {}, {}], "links": [{{"id": 5, "origin_id": 30, "origin_slot": 0, "target_id": 31, "target_slot": 0, "type": "IMAGE"}}]}}"#,
        sender(31, "Anything Everywhere", "anything", 5, ""),
        save(32, "")
    );
    let more = format!(r#", "definitions": {{"subgraphs": [{inside}]}}"#);
    let nodes = format!(r#"{{"id": 20, "type": "s"}}, {}"#, save(4, ""));
    let json = convert(&file(&nodes, "", &more), &OURS).unwrap().json;
    assert_eq!(inputs(&json, "20:32"), r#"{"filename_prefix":"out","images":["20:30",0]}"#);
    assert_eq!(inputs(&json, "4"), NOTHING);
}

#[test]
fn many_of_them_are_read_in_time() {
    let senders: Vec<_> =
        (0..3000).map(|at| sender(100 + at, "Anything Everywhere", "anything", 1, "")).collect();
    let savers: Vec<_> = (0..3000).map(|at| save(10_000 + at, "")).collect();
    let picture =
        r#"{"id": 1, "type": "Picture", "outputs": [{"name": "i", "type": "IMAGE", "links": [1]}]}"#;
    let links: Vec<_> = (0..3000).map(|at| format!(r#"[{at}, 1, 0, {}, 0, "IMAGE"]"#, 100 + at)).collect();
    let nodes: Vec<String> = senders
        .iter()
        .enumerate()
        .map(|(at, node)| node.replace(r#""link": 1"#, &format!(r#""link": {at}"#)))
        .chain(savers)
        .chain([picture.to_owned()])
        .collect();
    let workflow = file(&nodes.join(","), &links.join(","), "");
    let converted = super::hostile::in_time("senders", || convert(&workflow, &OURS)).unwrap();
    assert!(is_unclear(&converted));
}

#[test]
fn what_a_file_says_besides_is_read_once_for_all_inputs() {
    let open = |id: u32| {
        format!(
            r#"{{"id": {id}, "type": "Foreign", "inputs": [{{"name": "a", "type": "INT", "link": null, "widget": {{"name": "a"}}}}]}}"#
        )
    };
    let nodes: Vec<_> = (0..3000).map(|at| open(10_000 + at)).collect();
    let extra = format!(r#", "extra": {{"notes": [{}1]}}"#, "[],".repeat(100_000));
    let sender = sender(7, "Anything Everywhere", "anything", 1, "");
    let converted = super::hostile::in_time("inputs", || with(&sender, &nodes, &extra));
    // Both pictures, the sender, whose class is not known here, and the others.
    assert_eq!(keys(&converted.json).len(), 3003);
}

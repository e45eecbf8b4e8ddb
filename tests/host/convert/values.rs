//! Which saved value is whose: controls, dummies, primitives, numbers of any size.

use super::{OURS, convert, file, inputs, inputs_of, keys, node};
use viewcomfy_wasm::definitions::Definitions;

const MAX: &str = "18446744073709551615";

#[test]
fn what_controls_a_seed_has_a_place_of_its_own() {
    assert_eq!(inputs_of("Seeds", r#"[5, "randomize", 30]"#), r#"{"seed":5,"steps":30}"#);
    assert_eq!(inputs_of("NoControl", "[5, 30]"), r#"{"seed":5,"steps":30}"#);
    let values = r#"[5, "increment", "b", "fixed", "filter", 30]"#;
    assert_eq!(inputs_of("NamedControl", values), r#"{"draw":5,"pick":"b","steps":30}"#);
    assert_eq!(inputs_of("Box", r#"[{"x": 1}, 1, 2, 3, 4, 9]"#), r#"{"area":{"x":1},"after":9}"#);
    assert_eq!(inputs_of("Seeds", "[7]"), r#"{"seed":7,"steps":20}"#);
    assert_eq!(inputs_of("Seeds", r#"{"seed": 9}"#), r#"{"seed":9,"steps":20}"#);
}

#[test]
fn values_of_inputs_that_are_sockets_now_are_dropped() {
    assert_eq!(inputs_of("OldSocket", r#"[5, "fixed", "dummy", 30]"#), r#"{"seed":5,"steps":30}"#);
    assert_eq!(inputs_of("OldSocket", r#"[5, "fixed", 30]"#), r#"{"seed":5,"steps":30}"#);
}

#[test]
fn old_names_of_samplers_are_put_right_in_the_samplers_alone() {
    let values = r#"[1, "fixed", "sample_dpmpp_2m"]"#;
    assert_eq!(inputs_of("KSampler", values), r#"{"seed":1,"sampler_name":"dpmpp_2m"}"#);
    assert_eq!(inputs_of("OtherSampler", r#"["sample_euler"]"#), r#"{"sampler_name":"sample_euler"}"#);
}

#[test]
fn nulls_stay_unless_their_widget_knows_better() {
    assert_eq!(
        inputs_of("Numbers", "[null, null, null, null]"),
        r#"{"count":null,"share":null,"name":null,"on":null}"#
    );
    assert_eq!(inputs_of("Prompt", "[null, null]"), r#"{"text":"","plain":null}"#);
    assert_eq!(inputs_of("KSampler", r#"[1, "fixed", null]"#), r#"{"seed":1,"sampler_name":"euler"}"#);
    assert_eq!(
        inputs_of("Numbers", "[[1, 2], 1]"),
        r#"{"count":{"__value__":[1,2]},"share":1,"name":"n","on":true}"#
    );
}

/// A primitive with a value, linked to the widget at `slot` of a node.
fn primitive(value: &str, class: &str, widgets: &[&str]) -> String {
    let ids: Vec<_> = (1..=widgets.len()).map(|id| id.to_string()).collect();
    let slots: Vec<_> = widgets
        .iter()
        .zip(&ids)
        .map(|(name, id)| {
            format!(r#"{{"name": "{name}", "type": "INT", "link": {id}, "widget": {{"name": "{name}"}}}}"#)
        })
        .collect();
    let links: Vec<_> = ids
        .iter()
        .map(|id| format!("[{id}, 1, 0, 2, {}, \"INT\"]", id.parse::<u32>().unwrap() - 1))
        .collect();
    let source = format!(
        r#"{{"id": 1, "type": "PrimitiveNode", "outputs": [{{"name": "x", "type": "INT", "links": [{}]}}], "widgets_values": [{value}, "fixed"]}}"#,
        ids.join(",")
    );
    let target = format!(r#"{{"id": 2, "type": "{class}", "inputs": [{}]}}"#, slots.join(","));
    file(&format!("{source},{target}"), &links.join(","), "")
}

#[test]
fn a_primitive_writes_its_value_as_the_widget_takes_it() {
    let result = |value, class, widgets: &[&str]| {
        let json = convert(&primitive(value, class, widgets), &OURS).unwrap().json;
        assert_eq!(keys(&json), ["2"]);
        inputs(&json, "2")
    };
    assert_eq!(result("13", "Numbers", &["count"]), r#"{"count":16,"share":1.0,"name":"n","on":true}"#);
    assert_eq!(result("1000", "Numbers", &["count"]), r#"{"count":104,"share":1.0,"name":"n","on":true}"#);
    assert_eq!(result("0.126", "Numbers", &["share"]), r#"{"count":1,"share":0.13,"name":"n","on":true}"#);
    assert_eq!(result("-4", "Numbers", &["share"]), r#"{"count":1,"share":0,"name":"n","on":true}"#);
    assert_eq!(result(MAX, "Seeds", &["seed"]), format!(r#"{{"seed":{MAX},"steps":20}}"#));
}

#[test]
fn a_primitive_writes_a_float_with_the_decimals_of_its_step() {
    // As the page 1.58.1 exports them.
    for (options, value, expected) in [
        // The step decides how many decimals there are, also where the class says how to round.
        (r#""step": 0.1, "round": 0.01, "max": 100"#, "7.123", "7.1"),
        (r#""step": 0.1, "round": 0.01, "max": 100"#, "7.16", "7.2"),
        (r#""step": 0.1, "round": 0.01, "max": 100"#, "7.35", "7.4"),
        (r#""step": 0.1"#, "7.35", "7.3"),
        (r#""step": 0.25"#, "0.37", "0.4"),
        (r#""step": 0.05"#, "0.374", "0.37"),
        (r#""step": 0.01, "round": false"#, "0.374", "0.37"),
        ("", "0.37", "0.4"),
        // Without decimals the value stays, unless the class says how to round.
        (r#""step": 1, "max": 5"#, "7.123", "7.123"),
        (r#""step": 1, "round": 0.01"#, "7.523", "8"),
        // All the digits that a float has, and exponents.
        (r#""step": 0.01"#, "0.4999999999999999", "0.5"),
        (r#""step": 0.001"#, "5.000000000000001", "5"),
        (r#""step": 1e-11"#, "1.4e-11", "0.00000000001"),
        (r#""step": 0.0001"#, "1e-05", "0"),
        // A class that gives no bounds has those of the page.
        (r#""step": 0.01"#, "-3.5", "0"),
        (r#""step": 0.01"#, "5000.5", "2048"),
        (r#""step": 0.01, "min": -1e18"#, "-0.345", "-0.34"),
    ] {
        let text = format!(
            r#"{{"N": {{"input": {{"required": {{"x": ["FLOAT", {{{options}}}]}}}}, "output": []}}}}"#
        );
        let definitions = Definitions::parse(text.into()).unwrap();
        let json = convert(&primitive(value, "N", &["x"]), &definitions).unwrap().json;
        assert_eq!(inputs(&json, "2"), format!(r#"{{"x":{expected}}}"#), "{options} {value}");
    }
}

#[test]
fn a_number_that_cannot_be_counted_with_stays() {
    let text =
        r#"{"N": {"input": {"required": {"share": ["FLOAT", {"step": 0.000000000001}]}}, "output": []}}"#;
    let definitions = Definitions::parse(text.into()).unwrap();
    for value in ["100000000000000000000000000", "-100000000000000000000000000"] {
        let json = convert(&primitive(value, "N", &["share"]), &definitions).unwrap().json;
        assert_eq!(inputs(&json, "2"), format!(r#"{{"share":{value}}}"#));
    }
}

#[test]
fn the_largest_seed_keeps_its_digits() {
    let values = format!(r#"[{MAX}, "fixed"]"#);
    assert_eq!(inputs_of("Seeds", &values), format!(r#"{{"seed":{MAX},"steps":20}}"#));
}

#[test]
fn a_group_of_inputs_grows_with_its_links() {
    let slot = |number: u32, link: &str| {
        format!(r#"{{"name": "images.image_{number}", "type": "IMAGE", "link": {link}}}"#)
    };
    let slots = [slot(0, "1"), slot(1, "2"), slot(2, "3"), slot(3, "null")].join(",");
    let target = format!(r#"{{"id": 9, "type": "Pictures", "inputs": [{slots}]}}"#);
    let nodes = format!("{},{target}", node(1, "Picture", "[8]"));
    let links = "[1, 1, 0, 9, 0, \"IMAGE\"], [2, 1, 0, 9, 1, \"IMAGE\"], [3, 1, 0, 9, 2, \"IMAGE\"]";
    let json = convert(&file(&nodes, links, ""), &OURS).unwrap().json;
    let expected = r#"{"images.image_0":["1",0],"images.image_1":["1",0],"images.image_2":["1",0]}"#;
    assert_eq!(inputs(&json, "9"), expected);
}

#[test]
fn links_between_the_same_ends_are_one() {
    let target = r#"{"id": 2, "type": "Through", "inputs": [{"name": "image", "type": "IMAGE", "link": 8}]}"#;
    let nodes = format!("{},{target}", node(1, "Picture", "[8]"));
    let links = "[7, 1, 0, 2, 0, \"IMAGE\"], [8, 1, 0, 2, 0, \"IMAGE\"]";
    let json = convert(&file(&nodes, links, ""), &OURS).unwrap().json;
    assert_eq!(inputs(&json, "2"), r#"{"image":["1",0]}"#);
}

#[test]
fn numbers_come_first_and_texts_in_the_order_they_run() {
    let text = |id: &str, slots: &str, links: &str| {
        format!(
            r#"{{"id": "{id}", "type": "Through", "inputs": [{slots}], "outputs": [{{"name": "i", "type": "IMAGE", "links": [{links}]}}]}}"#
        )
    };
    let slot = |link: u32| format!(r#"{{"name": "image", "type": "IMAGE", "link": {link}}}"#);
    let nodes = [
        text("last", &slot(2), ""),
        text("middle", &slot(1), "2"),
        text("first", "", "1"),
        node(10, "Picture", "[]"),
        node(2, "Picture", "[]"),
    ]
    .join(",");
    let links = r#"[1, "first", 0, "middle", 0, "IMAGE"], [2, "middle", 0, "last", 0, "IMAGE"]"#;
    let json = convert(&file(&nodes, links, ""), &OURS).unwrap().json;
    assert_eq!(keys(&json), ["2", "10", "first", "middle", "last"]);
}

//! Which place in the file is written, rule by rule.

use crate::convert::{BUNDLED, OURS, file, node};
use crate::files::fixtures;
use std::fs;
use viewcomfy_wasm::convert::{Options, apply_params, to_api_format};
use viewcomfy_wasm::definitions::Definitions;
use viewcomfy_wasm::json::Value;
use viewcomfy_wasm::workflow::Workflow;
use viewcomfy_wasm::workflow::flatten;
use viewcomfy_wasm::{Error, ErrorKind};

fn applied(file: &str, definitions: &Definitions, params: &[(&str, &str)]) -> Result<String, Error> {
    let params: Vec<_> = params.iter().map(|(key, json)| (*key, Value::parse(json).unwrap())).collect();
    apply_params(file.as_bytes(), definitions, &Options::default(), &params)
}

/// The message of an `invalid_param`, and the key that it names.
fn refused(file: &str, definitions: &Definitions, params: &[(&str, &str)]) -> (String, String) {
    match applied(file, definitions, params).unwrap_err().kind() {
        ErrorKind::InvalidParam { message, key } => (key.clone(), message.clone()),
        other => panic!("{other}"),
    }
}

fn handmade(name: &str) -> String {
    fs::read_to_string(fixtures("convert/handmade").join(name)).unwrap()
}

#[test]
fn a_value_is_exchanged_where_it_stands() {
    let seeds = file(&node(1, "Seeds", "[ 18446744073709551615, \"fixed\",30 ]"), "", "");
    let changed =
        applied(&seeds, &OURS, &[("1-inputs-seed", "18446744073709551614"), ("1-inputs-steps", "31")]);
    assert_eq!(changed.unwrap(), seeds.replace("551615", "551614").replace("30 ]", "31 ]"));
    let by_name = file(&node(1, "Seeds", r#"{"steps": 5, "seed": 6}"#), "", "");
    let changed = applied(&by_name, &OURS, &[("1-inputs-seed", "7")]);
    assert_eq!(changed.unwrap(), by_name.replace("6}", "7}"));
}

#[test]
fn what_is_the_same_stays_as_it_is_written() {
    let numbers = file(&node(1, "Numbers", "[8, 1.50, \"n\", true]"), "", "");
    assert_eq!(applied(&numbers, &OURS, &[("1-inputs-share", "1.5")]).unwrap(), numbers);
    for name in [
        "01_plain.ui.json",
        "16_dynamic_prompt_and_comments.ui.json",
        "44_primitivenode_into_promoted_input.ui.json",
        "49_proxywidgets_host_values.ui.json",
    ] {
        let saved = handmade(name);
        let converted = to_api_format(saved.as_bytes(), &*BUNDLED, &Options::default()).unwrap().json;
        let workflow = Workflow::parse(converted.as_bytes()).unwrap();
        let entries = flatten::entries(&workflow);
        let keys: Vec<_> = entries.iter().map(flatten::Entry::key).collect();
        let params: Vec<_> =
            keys.iter().map(String::as_str).zip(entries.iter().map(|entry| entry.value)).collect();
        let same = apply_params(saved.as_bytes(), &*BUNDLED, &Options::default(), &params).unwrap();
        assert_eq!(same, saved, "{name}");
    }
}

#[test]
fn a_value_that_the_file_lacks_is_added_behind_the_others() {
    let short = file(&node(1, "Numbers", "[\n  8\n]"), "", "");
    let changed = applied(&short, &OURS, &[("1-inputs-on", "false")]).unwrap();
    assert_eq!(changed, short.replace("8\n]", "8,\n  1.0,\n  \"n\",\n  false\n]"));
    let changed = applied(&short, &OURS, &[("1-inputs-name", "\"m\""), ("1-inputs-share", "0.5")]).unwrap();
    assert_eq!(changed, short.replace("8\n]", "8,\n  0.5,\n  \"m\"\n]"));
    let none = file(r#"{"id": 1, "type": "Seeds"}"#, "", "");
    let changed = applied(&none, &OURS, &[("1-inputs-steps", "9")]).unwrap();
    assert_eq!(changed, none.replace("Seeds\"}", "Seeds\",\"widgets_values\":[0,\"randomize\",9]}"));
    let null = file(r#"{"id": 1, "type": "Seeds", "widgets_values": null}"#, "", "");
    let changed = applied(&null, &OURS, &[("1-inputs-seed", "9")]).unwrap();
    assert_eq!(changed, null.replace("null", "[9]"));
    let by_name = file(&node(1, "Numbers", r#"{"count": 8}"#), "", "");
    let changed = applied(&by_name, &OURS, &[("1-inputs-on", "false"), ("1-inputs-share", "0.5")]).unwrap();
    assert_eq!(changed, by_name.replace("8}", "8,\"share\":0.5,\"on\":false}"));
}

#[test]
fn the_second_copy_of_a_newer_file_follows() {
    let both = file(
        r#"{"id": 1, "type": "Seeds", "widgets_values": [5, "fixed", 6], "widgets_values_named": {"seed": 5, "control_after_generate": "fixed", "steps": 6}}"#,
        "",
        "",
    );
    let changed = applied(&both, &OURS, &[("1-inputs-steps", "7")]).unwrap();
    assert_eq!(changed, both.replace("6]", "7]").replace("6}", "7}"));
    let unknown = both.replace("\"Seeds\"", "\"Nobody knows it\"");
    let changed = applied(&unknown, &OURS, &[("1-inputs-steps", "7")]).unwrap();
    assert_eq!(changed, unknown.replace("6]", "7]").replace("6}", "7}"));
}

#[test]
fn an_array_is_written_without_what_it_is_wrapped_in() {
    let boxes = file(&node(1, "Nobody knows it", r#"{"box": [1, 2]}"#), "", "");
    let changed = applied(&boxes, &OURS, &[("1-inputs-box", r#"{"__value__": [3, 4, 5]}"#)]).unwrap();
    assert_eq!(changed, boxes.replace("[1, 2]", "[3, 4, 5]"));
    let kept = file(&node(1, "Nobody knows it", r#"{"box": {"__value__": [1]}}"#), "", "");
    let changed = applied(&kept, &OURS, &[("1-inputs-box", r#"{"__value__": [2]}"#)]).unwrap();
    assert_eq!(changed, kept.replace("[1]", "[2]"));
}

#[test]
fn each_instance_of_a_subgraph_has_its_own_value() {
    let two = handmade("42_two_instances.ui.json");
    let changed = applied(&two, &BUNDLED, &[("12:20-inputs-width", "4096")]).unwrap();
    let width = |id: &str| {
        let json = to_api_format(changed.as_bytes(), &*BUNDLED, &Options::default()).unwrap().json;
        let prompt = Value::parse(&json).unwrap();
        let inputs = prompt.get(id).and_then(|node| node.get("inputs")).unwrap();
        inputs.get("width").unwrap().raw().to_owned()
    };
    assert_eq!(width("12:20"), "4096");
    assert_ne!(width("10:20"), "4096");
}

#[test]
fn what_instances_share_is_changed_for_all_or_not_at_all() {
    let two = handmade("42_two_instances.ui.json");
    let (key, message) = refused(&two, &BUNDLED, &[("10:20-inputs-height", "23")]);
    assert_eq!(key, "10:20-inputs-height");
    assert!(message.contains("definition of a subgraph with 2 instances"), "{message}");
    let both = applied(&two, &BUNDLED, &[("10:20-inputs-height", "23"), ("12:20-inputs-height", "23")]);
    assert_eq!(both.unwrap(), two.replace("22", "23"));
    let (_, message) =
        refused(&two, &BUNDLED, &[("10:20-inputs-height", "23"), ("12:20-inputs-height", "24")]);
    assert!(message.contains("share one value"), "{message}");
    let (_, message) =
        refused(&two, &BUNDLED, &[("10:20-inputs-height", "23"), ("12:20-inputs-height", "22")]);
    assert!(message.contains("share one value"), "{message}");
    // The other one does not run, and would be changed all the same.
    let instance = |mode: u32| {
        format!(
            r#""id":12,"type":"aaaaaaaa-0000-4000-8000-00000000000a","pos":[0,0],"size":[200,100],"flags":{{}},"order":0,"mode":{mode}"#
        )
    };
    let muted = two.replace(&instance(0), &instance(2));
    assert_ne!(muted, two);
    let (_, message) = refused(&muted, &BUNDLED, &[("10:20-inputs-height", "23")]);
    assert!(message.contains("definition of a subgraph with 2 instances"), "{message}");
}

/// A primitive that feeds a count, which has steps of 8, and the steps of another node.
fn primitive(value: &str) -> String {
    let target = |id: u32, class: &str, name: &str, link: u32, values: &str| {
        format!(
            r#"{{"id": {id}, "type": "{class}", "inputs": [{{"name": "{name}", "type": "INT", "link": {link}, "widget": {{"name": "{name}"}}}}], "outputs": [], "widgets_values": {values}}}"#
        )
    };
    let nodes = [
        format!(
            r#"{{"id": 1, "type": "PrimitiveNode", "outputs": [{{"name": "INT", "type": "INT", "links": [1, 2]}}], "widgets_values": [{value}, "fixed"]}}"#
        ),
        target(2, "Numbers", "count", 1, "[0, 1.0, \"n\", true]"),
        target(3, "Seeds", "steps", 2, "[5, \"fixed\", 1]"),
    ];
    file(&nodes.join(","), r#"[1, 1, 0, 2, 0, "INT"], [2, 1, 0, 3, 0, "INT"]"#, "")
}

#[test]
fn what_a_primitive_feeds_is_written_at_the_primitive() {
    let saved = primitive("16");
    let changed = applied(&saved, &OURS, &[("3-inputs-steps", "24")]).unwrap();
    assert_eq!(changed, primitive("24"));
    let (_, message) = refused(&saved, &OURS, &[("3-inputs-steps", "24"), ("2-inputs-count", "32")]);
    assert!(message.contains("share one value"), "{message}");
    let (_, message) = refused(&saved, &OURS, &[("2-inputs-count", "17")]);
    assert!(message.contains("the editor would turn the value of \"2-inputs-count\" into 16"), "{message}");
    let rounded = primitive("15");
    assert_eq!(applied(&rounded, &OURS, &[("2-inputs-count", "24")]).unwrap(), primitive("24"));
}

#[test]
fn links_labels_and_unknown_keys_are_told() {
    let saved = handmade("01_plain.ui.json");
    let converted = to_api_format(saved.as_bytes(), &*BUNDLED, &Options::default()).unwrap().json;
    let workflow = Workflow::parse(converted.as_bytes()).unwrap();
    let entries = flatten::entries(&workflow);
    let linked =
        entries.iter().find(|entry| entry.value.kind() == viewcomfy_wasm::json::value::Kind::Array).unwrap();
    let (key, message) = refused(&saved, &BUNDLED, &[(&linked.key(), "1")]);
    assert!(key == linked.key() && message.contains("is linked"), "{message}");
    let label = entries[0].key();
    assert!(refused(&saved, &BUNDLED, &[(&label, "\"other\"")]).1.contains("label"));
    let error = applied(&saved, &BUNDLED, &[("1-inputs-widht", "1")]).unwrap_err();
    assert_eq!(error.code().as_str(), "unknown_param");
    let empty = handmade("71_empty.ui.json");
    assert_eq!(
        applied(&empty, &BUNDLED, &[("1-inputs-x", "1")]).unwrap_err().code().as_str(),
        "unknown_param"
    );
    let link = linked.value.raw();
    let value =
        entries.iter().find(|entry| entry.value.kind() == viewcomfy_wasm::json::value::Kind::Number).unwrap();
    assert!(refused(&saved, &BUNDLED, &[(&value.key(), link)]).1.contains("is a link"));
    assert!(refused(&saved, &BUNDLED, &[(&value.key(), "[NaN]")]).1.contains("must be finite"));
}

#[test]
fn a_choice_that_brings_other_inputs_is_refused() {
    let combos = handmade("33_dynamic_combos.ui.json");
    let (_, message) = refused(&combos, &BUNDLED, &[("6-inputs-resize_type", "\"scale by multiplier\"")]);
    assert!(message.contains("would have other inputs"), "{message}");
}

#[test]
fn a_text_is_written_as_it_is_given() {
    let prompt = file(&node(1, "Prompt", r#"["{a|b} // c", "x"]"#), "", "");
    let changed = applied(&prompt, &OURS, &[("1-inputs-text", r#""{c|d} // e""#)]).unwrap();
    assert_eq!(changed, prompt.replace("{a|b} // c", "{c|d} // e"));
}

#[test]
fn a_file_inside_of_something_else_is_given_without_it() {
    let seeds = file(&node(1, "Seeds", "[1, \"fixed\", 2]"), "", "");
    let wrapped = format!("{{\"prompt\": {seeds}}}");
    assert_eq!(applied(&wrapped, &OURS, &[("1-inputs-seed", "3")]).unwrap(), seeds.replace("[1,", "[3,"));
    assert_eq!(applied(&wrapped, &OURS, &[]).unwrap(), seeds);
}

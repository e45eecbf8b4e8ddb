//! What ComfyUI writes that is not quite JSON: `NaN`, infinities, UTF-16, and definitions with odd classes.

use crate::files::fixtures;
use std::borrow::Cow;
use std::fs;
use viewcomfy_wasm::convert::{Options, WarningCode, to_api_format};
use viewcomfy_wasm::definitions::Definitions;
use viewcomfy_wasm::inspect::{api_graph, file_to_json, inspect};
use viewcomfy_wasm::json::{Value, to_utf8};
use viewcomfy_wasm::params::{Given, Param, WarningCode as ParamWarningCode, build};
use viewcomfy_wasm::workflow::{Workflow, apply, flatten};

fn case(name: &str) -> Vec<u8> {
    fs::read(fixtures("cases").join(name)).unwrap()
}

fn definitions(name: &str) -> Definitions {
    Definitions::parse(case(name)).unwrap()
}

/// One value of the flattened workflow, as it is written.
fn flat(bytes: &[u8], key: &str) -> String {
    let json = flatten::to_json(&Workflow::parse(bytes).unwrap(), 0);
    Value::parse(&json).unwrap().get(key).unwrap().raw().to_owned()
}

/// Codes of what inspection says.
fn problems(bytes: &[u8], definitions: Option<&Definitions>) -> Vec<String> {
    let workflow = Workflow::parse(bytes).unwrap();
    let problems = inspect(api_graph(&workflow), definitions).problems;
    problems.iter().map(|problem| problem.code.as_str().to_owned()).collect()
}

fn param(key: &str, json: &str) -> Param {
    Param { key: key.into(), given: Given::Json(json.into()) }
}

#[test]
fn a_workflow_with_words_is_flattened_and_applied_and_inspected() {
    let bytes = case("01-nan.json");
    assert_eq!(flat(&bytes, "3-inputs-seed"), "18446744073709551615");
    assert_eq!(flat(&bytes, "6-inputs-text"), "\"a red fox\"");
    let workflow = Workflow::parse(&bytes).unwrap();
    assert_eq!(apply::apply(&workflow, &[]).unwrap().as_bytes(), bytes);
    let steps = Value::parse("30").unwrap();
    let applied = apply::apply(&workflow, &[("3-inputs-steps", steps)]).unwrap();
    assert_eq!(applied, String::from_utf8(bytes.clone()).unwrap().replace("\"steps\":20", "\"steps\":30"));
    // JavaScript would round the seed; the words do no harm.
    assert_eq!(problems(&bytes, None), ["unsafe_integer"]);
    serde_json::from_str::<serde_json::Value>(&file_to_json(&bytes, None).unwrap()).unwrap();
}

#[test]
fn a_word_as_a_value_stays_as_it_is_written() {
    for (file, word) in [
        ("01-nan-value.json", "NaN"),
        ("01-infinity.json", "Infinity"),
        ("01-minus-infinity.json", "-Infinity"),
    ] {
        let bytes = case(file);
        assert_eq!(flat(&bytes, "3-inputs-cfg"), word);
        let workflow = Workflow::parse(&bytes).unwrap();
        let given = Value::parse(word).unwrap();
        let applied = apply::apply(&workflow, &[("3-inputs-cfg", given)]).unwrap();
        assert_eq!(applied, workflow.text(), "{file}");
        // What JavaScript parses is JSON, whatever the file is.
        serde_json::from_str::<serde_json::Value>(&file_to_json(&bytes, None).unwrap()).unwrap();
    }
}

#[test]
fn a_word_of_ones_own_is_refused() {
    let bytes = case("01-nan.json");
    let workflow = Workflow::parse(&bytes).unwrap();
    for json in ["NaN", "-Infinity", "{\"a\": [Infinity]}"] {
        let applied = apply::apply(&workflow, &[("3-inputs-cfg", Value::parse(json).unwrap())]);
        let built = build(&[param("3-inputs-cfg", json)], Some(&workflow), None, &mut || 0);
        for code in [applied.err(), built.err()].map(|error| error.unwrap().code().as_str()) {
            assert_eq!(code, "invalid_param", "{json}");
        }
        assert!(build(&[param("x", json)], None, None, &mut || 0).is_err(), "{json}");
    }
}

#[test]
fn words_are_sent_as_null_with_a_warning() {
    let not_finite = |warnings: &[viewcomfy_wasm::params::Warning]| {
        warnings.iter().filter(|warning| warning.code == ParamWarningCode::NotFinite).count()
    };
    let text = r#"{"3": {"class_type": "A", "inputs": {"cfg": NaN, "points": [[1, -Infinity], "NaN"]}}}"#;
    let workflow = Workflow::parse(text.as_bytes()).unwrap();
    let params = [param("3-inputs-cfg", "NaN"), param("3-inputs-points", "[[1,-Infinity],\"NaN\"]")];
    let built = build(&params, Some(&workflow), None, &mut || 0).unwrap();
    assert_eq!(built.json, r#"{"3-inputs-cfg":null,"3-inputs-points":[[1,null],"NaN"]}"#);
    assert_eq!((built.warnings.len(), not_finite(&built.warnings)), (2, 2));
    let filled = build(&[], Some(&workflow), None, &mut || 0).unwrap();
    assert_eq!((filled.json.as_str(), not_finite(&filled.warnings)), (r#"{"3-inputs-cfg":null}"#, 1));
}

#[test]
fn a_word_inside_a_string_stays_the_word() {
    let bytes = case("01-nan-in-text.json");
    assert_eq!(flat(&bytes, "6-inputs-text"), r#""NaN, Infinity and a \"NaN\": NaN fox""#);
    let text = r#"{"NaN": {"class_type": "-Infinity", "inputs": {"NaN": "\\\"Infinity", "x": ["NaN", 0]}}}"#;
    let workflow = Workflow::parse(text.as_bytes()).unwrap();
    let built =
        build(&[param("NaN-inputs-NaN", r#""\\\"Infinity""#)], Some(&workflow), None, &mut || 0).unwrap();
    assert_eq!((built.json.as_str(), built.warnings.len()), (r#"{"NaN-inputs-NaN":"\\\"Infinity"}"#, 0));
    assert_eq!(flat(text.as_bytes(), "NaN-inputs-x"), r#"["NaN",0]"#);
}

#[test]
fn a_converted_workflow_has_null_where_the_file_has_a_word() {
    let file = r#"{"version": 0.4, "links": [], "nodes": [
        {"id": 1, "type": "Scale", "is_changed": NaN, "pos": [NaN, 0], "widgets_values": [NaN, 3]},
        {"id": 2, "type": "Scale", "widgets_values": [2.5, -Infinity]},
        {"id": 3, "type": "Scale", "title": "NaN", "widgets_values": [1, 2]}]}"#;
    let converted =
        to_api_format(file.as_bytes(), &definitions("03-object_info.json"), &Options::default()).unwrap();
    let json: serde_json::Value = serde_json::from_str(&converted.json).unwrap();
    let inputs = |id: &str| json[id]["inputs"].to_string();
    assert_eq!(inputs("1"), r#"{"factor":null,"n":3}"#);
    assert_eq!(inputs("2"), r#"{"factor":2.5,"n":null}"#);
    assert_eq!(inputs("3"), r#"{"factor":1,"n":2}"#);
    let about: Vec<_> =
        converted.warnings.iter().map(|warning| (warning.code, warning.node.as_deref())).collect();
    assert_eq!(about, [(WarningCode::NotFinite, Some("1")), (WarningCode::NotFinite, Some("2"))]);
}

#[test]
fn an_infinite_bound_is_none() {
    let known = definitions("03-object_info.json");
    let class = known.class("Scale").unwrap();
    let factor = class.input("factor").unwrap();
    let bounds = ["min", "max", "step"].map(|name| factor.spec.number(name).map(Value::raw));
    assert_eq!(bounds, [None, None, Some("0.1")]);
    let problems = |workflow: &[u8]| problems(workflow, Some(&known));
    assert_eq!(problems(&case("03-workflow.json")), Vec::<String>::new());
    let text = String::from_utf8(case("03-workflow.json")).unwrap();
    assert_eq!(problems(text.replace("2.5", "-1e300").as_bytes()), Vec::<String>::new());
    // A whole number cannot be made of it, and Python says so too.
    assert_eq!(problems(text.replace(":3}", ":NaN}").as_bytes()), ["wrong_type"]);
    for workflow in [&text, &text.replace("2.5", "Infinity")] {
        let rows = file_to_json(workflow.as_bytes(), Some(&known)).unwrap();
        serde_json::from_str::<serde_json::Value>(&rows).unwrap();
    }
}

#[test]
fn one_odd_class_does_not_spoil_the_others() {
    let known = definitions("oi_one_bad_class.json");
    assert_eq!((known.len(), known.unreadable().len()), (2, 0));
    let outputs = known.class("Text Find").unwrap().outputs;
    let outputs: Vec<_> = outputs.iter().map(|output| (&*output.name, &*output.kind)).collect();
    assert_eq!(outputs, [("found", "BOOLEAN")]);
    assert_eq!(known.class("Good").unwrap().inputs.len(), 1);
    let text = String::from_utf8(case("oi_one_bad_class.json")).unwrap();
    for odd in ["true", "{\"0\": \"BOOLEAN\"}"] {
        let known = Definitions::parse(text.replace("\"BOOLEAN\"", odd).into()).unwrap();
        assert_eq!((known.has("Good"), known.has("Text Find")), (true, false), "{odd}");
        assert_eq!(known.unreadable(), ["Text Find"], "{odd}");
    }
}

/// A server runs a class that it describes in an odd way, so nothing calls it missing.
#[test]
fn a_class_that_cannot_be_read_is_told_as_that() {
    let known = Definitions::parse(br#"{"Good": {"output": []}, "Odd": {"input": []}}"#.to_vec()).unwrap();
    let text = r#"{"1": {"class_type": "Odd", "inputs": {}}, "2": {"class_type": "Missing", "inputs": {}}}"#;
    let workflow = Workflow::parse(text.as_bytes()).unwrap();
    let told: Vec<_> = inspect(api_graph(&workflow), Some(&known)).problems;
    let told: Vec<_> = told.iter().filter(|problem| problem.code.as_str() == "unknown_class").collect();
    assert_eq!((told[0].severity.as_str(), told[0].node), ("error", Some(1)));
    assert_eq!((told[1].severity.as_str(), told[1].node), ("info", Some(0)));
    assert!(told[1].message.contains("\"Odd\" cannot be read"), "{}", told[1].message);

    let file =
        r#"{"version": 0.4, "links": [], "nodes": [{"id": 1, "type": "Odd"}, {"id": 2, "type": "Missing"}]}"#;
    let convert = |strict| to_api_format(file.as_bytes(), &known, &Options { strict, ..Options::default() });
    let warnings = convert(false).unwrap().warnings;
    let messages: Vec<_> = warnings.iter().map(|warning| warning.message.as_str()).collect();
    assert!(
        messages[0].contains("Odd, which the definitions have in a form that cannot be read"),
        "{messages:?}"
    );
    assert!(messages[1].contains("Missing, which the definitions do not have"), "{messages:?}");
    let packs = convert(false).unwrap().report.unwrap().packs;
    assert_eq!(packs.iter().map(|pack| &pack.classes[..]).collect::<Vec<_>>(), [["Missing".to_owned()]]);
    let refused = convert(true).unwrap_err().to_string();
    for part in ["cannot be read", "Missing", ": check its values in ComfyUI"] {
        assert!(refused.contains(part), "{refused}");
    }
}

/// The workflow that is sent to be run instead of the deployed one.
#[test]
fn a_workflow_that_is_sent_has_null_for_words() {
    let text = r#"{"3": {"class_type": "A", "inputs": {"cfg": NaN, "x": [1, -Infinity], "t": "NaN"}, "is_changed": [Infinity]}}"#;
    let workflow = Workflow::parse(text.as_bytes()).unwrap();
    let keys = |params: &[Param]| {
        let mut built = build(params, Some(&workflow), None, &mut || 0).unwrap();
        let sent = built.workflow_text(&workflow);
        assert_eq!(
            sent,
            text.replace(": NaN", ": null").replace("-Infinity", "null").replace("Infinity", "null")
        );
        built.warnings.into_iter().map(|warning| warning.key).collect::<Vec<_>>()
    };
    assert_eq!(keys(&[param("3-inputs-t", "1")]), ["3-inputs-t", "3-inputs-cfg", "3-inputs-x"]);
    // What is given a value is not sent as the workflow has it, and what is given as it stands was told already.
    assert_eq!(keys(&[param("3-inputs-x", "[]")]), ["3-inputs-cfg"]);
    assert_eq!(keys(&[param("3-inputs-cfg", "NaN"), param("3-inputs-x", "[]")]), ["3-inputs-cfg"]);
    let file = Param { key: "3-inputs-x".into(), given: Given::File };
    assert_eq!(keys(&[file, param("3-inputs-cfg", "1")]), ["3-inputs-x"]);
    let plain = Workflow::parse(br#"{"3": {"class_type": "A", "inputs": {"t": "NaN"}}}"#).unwrap();
    let mut built = build(&[], Some(&plain), None, &mut || 0).unwrap();
    assert!(matches!(built.workflow_text(&plain), Cow::Borrowed(_)) && built.warnings.is_empty());
}

#[test]
fn utf_16_is_read() {
    let bytes = case("enc_utf16le.json");
    let text = to_utf8(&bytes);
    assert_eq!(flat(&text, "3-inputs-seed"), "1");
    let swapped: Vec<u8> = bytes.chunks(2).flat_map(|unit| [unit[1], unit[0]]).collect();
    assert_eq!(to_utf8(&swapped), text);
    assert!(Workflow::parse(&to_utf8(&case("enc_utf16.json"))).is_ok());
    let mut cut = bytes.clone();
    cut.pop();
    assert!(Workflow::parse(&to_utf8(&cut)).is_err());
}

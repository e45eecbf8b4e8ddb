//! Objects that Rust writes, or that are made of its rows, have the fields that the declarations say.

use super::assert_same;
use super::source::{field_names, read};
use crate::files::fixtures;
use serde_json::Value as Json;
use std::fs;
use viewcomfy_wasm::convert::{Options, to_api_format};
use viewcomfy_wasm::definitions::Definitions;
use viewcomfy_wasm::inspect::layout;
use viewcomfy_wasm::protocol::event_batch::FIGURES;
use viewcomfy_wasm::workflow::Workflow;
use viewcomfy_wasm::{diff, form};

const INSPECTION: &str = "pkg/inspect.d.ts";

#[track_caller]
fn assert_fields(file: &str, owner: &str, known: &[&str]) {
    assert_same(&format!("{owner} of {file}"), &field_names(&read(file), owner), known);
}

#[track_caller]
fn assert_object(owner: &str, object: &Json) {
    let known: Vec<_> = object.as_object().unwrap().keys().map(String::as_str).collect();
    assert_fields(INSPECTION, owner, &known);
}

#[test]
fn progress() {
    assert_fields("pkg/index.d.ts", "Progress", &[&FIGURES[..], &["line"]].concat());
}

#[test]
fn rows_of_an_inspection() {
    assert_fields(INSPECTION, "InspectedNode", &layout::NODE);
    assert_fields(INSPECTION, "InspectedOutput", &layout::OUTPUT);
    assert_fields(INSPECTION, "InspectedGroup", &layout::GROUP);
    assert_fields(INSPECTION, "UsedModel", &layout::MODEL);
    assert_fields(INSPECTION, "Problem", &layout::PROBLEM);
    assert_fields(INSPECTION, "UsedPack", &layout::PACK);
    assert_fields(INSPECTION, "WorkflowNote", &layout::NOTE);
    assert_fields(INSPECTION, "RecipeStage", &layout::STAGE);
    assert_fields(INSPECTION, "RecipeLora", &layout::LORA);
    assert_fields(INSPECTION, "Recipe", &layout::RECIPE);
}

#[test]
fn an_input_has_what_its_class_says() {
    let fields = field_names(&read(INSPECTION), "InspectedInput");
    for name in layout::SPEC.iter().filter(|name| **name != "exact") {
        assert!(fields.iter().any(|field| field == name), "InspectedInput has no {name}");
    }
}

#[test]
fn forms() {
    let workflow = fs::read(fixtures("view_comfy").join("workflow_api.json")).unwrap();
    let workflow = Workflow::parse(&workflow).unwrap();
    let form: Json =
        serde_json::from_str(&form::to_json(&form::schema(&workflow, None, None).unwrap())).unwrap();
    assert_object("FormSchema", &form);
    assert_object("FormGroup", &form["basic"][0]);
    assert_object("FormField", &form["basic"][0]["fields"][0]);
}

#[test]
fn reports_on_conversions() {
    let nodes =
        br#"{"version": 0.4, "nodes": [{"id": 1, "type": "Foreign", "widgets_values": [1]}], "links": []}"#;
    let definitions = Definitions::parse(br#"{"A": {"input": {}}}"#.to_vec()).unwrap();
    let converted = to_api_format(nodes, &definitions, &Options::default()).unwrap();
    let report = serde_json::to_value(converted.report.unwrap()).unwrap();
    assert_object("ConvertReport", &report);
    assert_object("NeededPack", &report["packs"][0]);
    assert_object("ConvertDoubt", &report["doubts"][0]);
    let error =
        to_api_format(nodes, &definitions, &Options { strict: true, ..Options::default() }).unwrap_err();
    let error = serde_json::to_value(error.kind()).unwrap();
    let reason: Vec<_> = error["reasons"][0].as_object().unwrap().keys().map(String::as_str).collect();
    assert_fields("pkg/index.d.ts", "RunReason", &reason);
}

#[test]
fn diffs() {
    let a = br#"{"1": {"class_type": "A", "inputs": {"x": 1, "y": ["2", 0]}}, "2": {"class_type": "B", "_meta": {"title": "T"}}}"#;
    let b = br#"{"1": {"class_type": "A", "inputs": {"x": 2, "y": ["2", 1]}}, "2": {"class_type": "B", "_meta": {"title": "U"}}, "3": {"class_type": "C"}}"#;
    let (a, b) = (Workflow::parse(a).unwrap(), Workflow::parse(b).unwrap());
    let diff: Json = serde_json::from_str(&diff::to_json(&diff::diff(&a, &b))).unwrap();
    assert_object("WorkflowDiff", &diff);
    assert_object("DiffedNode", &diff["added"][0]);
    assert_object("DiffedNode", &diff["renamed"][0]["a"]);
    assert_object("ChangedParam", &diff["changed"][0]);
    assert_object("RewiredLink", &diff["rewired"][0]);
    assert_object("InputLink", &diff["rewired"][0]["a"]);
}

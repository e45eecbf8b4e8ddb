//! What carries a workflow is opened alike by every call.

use crate::files::fixtures;
use serde_json::{Value as Json, json};
use std::fs;
use viewcomfy_wasm::ErrorCode;
use viewcomfy_wasm::convert::{Options, to_api_format};
use viewcomfy_wasm::definitions::Definitions;
use viewcomfy_wasm::inspect::file_to_json;
use viewcomfy_wasm::json::Value;
use viewcomfy_wasm::workflow::{Workflow, apply, flatten};

fn case(name: &str) -> String {
    fs::read_to_string(fixtures("cases").join(name)).unwrap()
}

const API: &str = r#"{"9": {"class_type": "SaveImage", "inputs": {"filename_prefix": "x \"y\"", "n": 18446744073709551615}}}"#;
const EDITOR: &str = r#"{"nodes": [{"id": 1, "type": "Note"}], "links": [], "version": 0.4}"#;

/// The text of the workflow that is found in another one.
fn opened(text: &str) -> Result<String, ErrorCode> {
    let mut scratch = String::new();
    Workflow::open(text.as_bytes(), &mut scratch)
        .map(|workflow| workflow.text().to_owned())
        .map_err(|error| error.code())
}

fn format(text: &str) -> String {
    let rows: Json = serde_json::from_str(&file_to_json(text.as_bytes(), None).unwrap()).unwrap();
    rows["format"].as_str().unwrap().to_owned()
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

/// The wrappers that people have, around a workflow.
fn wrapped(workflow: &str) -> Vec<String> {
    let text = quoted(workflow);
    let run =
        |number: i32| format!(r#"{{"prompt": [{number}, "id", {workflow}, {{}}, ["9"]], "outputs": {{}}}}"#);
    let older = r#"{"prompt": [7, "b", {"1": {"class_type": "Old", "inputs": {}}}, {}, []], "outputs": {}}"#;
    vec![
        workflow.to_owned(),
        format!(r#"{{"prompt": {workflow}, "client_id": "c"}}"#),
        format!(r#"{{"prompt": {text}}}"#),
        format!(r#"{{"input": {{"workflow": {workflow}, "images": []}}, "webhook": "https://a.test"}}"#),
        format!(r#"{{"input": {{"workflow": {text}}}}}"#),
        format!(r#"{{"input": {{"prompt": "a fox", "workflow": {workflow}, "inputs": {{}}}}}}"#),
        format!(r#"{{"workflow": {workflow}}}"#),
        format!(r#"{{"workflow_api": {text}}}"#),
        text.clone(),
        quoted(&text),
        format!("[{workflow}]"),
        format!("[{workflow}, {workflow}]"),
        format!("[{text}]"),
        format!(r#"{{"b": {older}, "a": {}}}"#, run(3)),
        run(-4),
        format!("\u{feff}{{\"workflow\": {workflow}}}"),
    ]
}

#[test]
fn every_wrapper_gives_the_workflow_in_it() {
    for text in wrapped(API) {
        assert_eq!(opened(&text).as_deref(), Ok(API), "{text}");
        assert_eq!(format(&text), "api", "{text}");
    }
    let definitions = Definitions::parse(fs::read(fixtures("convert/object_info.json")).unwrap()).unwrap();
    for text in wrapped(EDITOR) {
        assert_eq!(opened(&text), Err(ErrorCode::EditorWorkflow), "{text}");
        assert_eq!(format(&text), "editor", "{text}");
        assert!(to_api_format(text.as_bytes(), &definitions, &Options::default()).is_ok(), "{text}");
    }
}

#[test]
fn the_wrappers_that_people_have_are_opened() {
    let cases = ["runpod", "graphToPrompt", "list", "prompt_string"].map(|name| format!("wrap_{name}.json"));
    for name in cases.iter().map(String::as_str).chain(["08-history.json"]) {
        let text = case(name);
        let workflow: Json = serde_json::from_str(&opened(&text).unwrap()).unwrap();
        assert_eq!(workflow["3"]["class_type"], json!("KSampler"), "{name}");
        assert_eq!(workflow["6"]["inputs"]["text"], json!("a red fox"), "{name}");
        assert_eq!(format(&text), "api", "{name}");
        let both = crate::find::both_in(text.as_bytes());
        assert_eq!(both[0], Some(opened(&text).unwrap()), "{name}");
        assert_eq!(both[1].is_some(), name.contains("graph") || name.contains("history"), "{name}");
    }
}

/// What is applied to is the workflow inside, and what comes back is that alone.
#[test]
fn values_are_put_into_the_workflow_inside() {
    for text in wrapped(API) {
        let mut scratch = String::new();
        let workflow = Workflow::open(text.as_bytes(), &mut scratch).unwrap();
        assert!(flatten::to_json(&workflow, 0).contains("18446744073709551615"), "{text}");
        let value = Value::parse("\"z\"").unwrap();
        let applied = apply::apply(&workflow, &[("9-inputs-filename_prefix", value)]);
        assert_eq!(applied, Ok(API.replace(r#""x \"y\"""#, "\"z\"")), "{text}");
    }
}

#[test]
fn what_carries_nothing_is_refused_as_before() {
    let deep = (0..20).fold(API.to_owned(), |text, _| format!(r#"{{"input": {text}}}"#));
    let texts = [
        "[]",
        "\"a fox\"",
        "\"{\"",
        r#"{"prompt": "a fox"}"#,
        r#"{"input": {"workflow": 5}}"#,
        r#"{"a": {"prompt": [1, 2]}}"#,
        &deep,
    ];
    for text in texts {
        assert_eq!(opened(text), Err(ErrorCode::InvalidWorkflow), "{text}");
    }
    // Of two different ones nobody can say which is meant.
    let two = format!("[{API}, {}]", API.replace("SaveImage", "PreviewImage"));
    let mut scratch = String::new();
    let error = Workflow::open(two.as_bytes(), &mut scratch).unwrap_err();
    assert!(error.to_string().contains("a list of 2 different things"), "{error}");
}

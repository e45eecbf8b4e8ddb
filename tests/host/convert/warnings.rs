//! What is warned of, where, and what the warning says.

use super::{BUNDLED, OURS, convert, file, inputs, node, refusal};
use viewcomfy_wasm::convert::{DynamicPrompts, Options, Warning, WarningCode, to_api_format};

fn warnings(workflow: &str) -> Vec<Warning> {
    let warnings = convert(workflow, &OURS).unwrap().warnings;
    for warning in &warnings {
        assert!(!warning.message.is_empty() && !warning.advice.is_empty());
    }
    warnings
}

/// Code and input of each warning about the one node of a file.
fn of_node(class: &str, values: &str) -> Vec<(WarningCode, Option<String>)> {
    let warnings = warnings(&file(&node(4, class, values), "", ""));
    assert!(warnings.iter().all(|warning| warning.node.as_deref() == Some("4")), "{warnings:?}");
    warnings.into_iter().map(|warning| (warning.code, warning.input)).collect()
}

#[test]
fn an_ordinary_file_has_none() {
    assert_eq!(warnings(&file(&node(1, "Seeds", r#"[1, "fixed", 2]"#), "", "")), []);
    assert_eq!(warnings(r#"{"nodes": [], "links": []}"#), []);
}

#[test]
fn an_unknown_class_is_named_with_its_pack() {
    let unknown = r#"{"id": 4, "type": "Foreign", "properties": {"cnr_id": "some-pack", "ver": "1.2.3"}, "widgets_values": ["a", 5, true, null, [1, 2]]}"#;
    let workflow = file(unknown, "", "");
    let [warning] = &warnings(&workflow)[..] else { panic!() };
    assert_eq!((warning.code, warning.node.as_deref()), (WarningCode::UnknownClass, Some("4")));
    for part in ["Foreign", "some-pack 1.2.3"] {
        assert!(warning.message.contains(part), "{}", warning.message);
    }
    let json = convert(&workflow, &OURS).unwrap().json;
    let emitted = r#"{"UNKNOWN":"a","UNKNOWN_1":5,"UNKNOWN_2":true,"UNKNOWN_3":"null","UNKNOWN_4":"[1,2]"}"#;
    assert_eq!(inputs(&json, "4"), emitted);
    assert!(json.contains(r#""class_type": "Foreign""#));
    let options = Options { strict: true, ..Options::default() };
    let refused = to_api_format(workflow.as_bytes(), &*OURS, &options);
    assert!(refused.as_ref().unwrap_err().to_string().contains("some-pack 1.2.3"));
    assert_eq!(refusal(refused), ("may_not_run", Some("4".to_owned()), None));
}

#[test]
fn a_value_that_the_server_does_not_list_is_told_when_its_list_is_whole() {
    let model = Some("model".to_owned());
    let remote = (WarningCode::RemoteChoice, Some("file".to_owned()));
    assert_eq!(
        of_node("Choices", r#"["c.safetensors", "x"]"#),
        [(WarningCode::UnknownValue, model), remote.clone()]
    );
    assert_eq!(of_node("Choices", r#"["b.safetensors", "x"]"#), [remote]);
    let loader = file(&node(4, "CheckpointLoaderSimple", r#"["any.safetensors"]"#), "", "");
    assert_eq!(convert(&loader, &BUNDLED).unwrap().warnings, []);
}

#[test]
fn what_only_an_open_editor_has_is_told() {
    let live = |input: &str| (WarningCode::LiveValue, Some(input.to_owned()));
    assert_eq!(of_node("View", r#"["", ""]"#), [live("scene"), live("camera")]);
}

#[test]
fn more_values_than_inputs_are_told() {
    assert_eq!(of_node("Seeds", r#"[1, "fixed", 2, 3, 4]"#), [(WarningCode::DefinitionsDiffer, None)]);
}

#[test]
fn a_cut_comment_is_told_unless_it_is_kept() {
    let values = r#"["see https://x.y", "// stays"]"#;
    assert_eq!(of_node("Prompt", values), [(WarningCode::CommentCut, Some("text".to_owned()))]);
    let workflow = file(&node(4, "Prompt", values), "", "");
    let options = Options { dynamic_prompts: DynamicPrompts::Keep, ..Options::default() };
    assert_eq!(to_api_format(workflow.as_bytes(), &*OURS, &options).unwrap().warnings, []);
}

#[test]
fn a_value_that_cannot_be_of_its_type_is_told() {
    let wrong = |input: &str| (WarningCode::WrongType, Some(input.to_owned()));
    let values = r#"["randomize", [1], true, "yes"]"#;
    assert_eq!(of_node("Numbers", values), ["count", "share", "name", "on"].map(wrong));
    assert_eq!(
        of_node("Numbers", r#"[null, {"a": 1}, {}, []]"#),
        ["count", "share", "name", "on"].map(wrong)
    );
    assert_eq!(of_node("Numbers", r#"["+5", " -0.5e3", 7, "true"]"#), []);
    assert_eq!(of_node("Numbers", r#"[{"__value__": [1]}, 2, null, 1]"#), []);
    let long = format!(r#"["{}", 1, "a", true]"#, "é".repeat(500));
    let [warning] = &warnings(&file(&node(4, "Numbers", &long), "", ""))[..] else { panic!() };
    assert!(warning.message.len() < 250, "{}", warning.message);
}

//! The rows that JavaScript gets: seeds exact, what classes say told once.

use super::rows;
use crate::definitions::ours;
use serde_json::json;

#[test]
fn integers_that_would_be_rounded_are_texts() {
    let text = r#"{"1": {"class_type": "KSampler", "inputs": {"seed": 18446744073709551615, "x": {"y": [9007199254740993]}}}}"#;
    let rows = rows(text, Some(&ours()));
    let inputs = rows["inputs"].as_array().unwrap();
    assert_eq!(inputs.len(), 12);
    assert_eq!((&inputs[2], &inputs[3]), (&json!(1 + 4 + 8), &json!("18446744073709551615")));
    assert_eq!((&inputs[8], &inputs[9]), (&json!(4), &json!("{\"y\": [9007199254740993]}")));
    let spec = &rows["specs"][inputs[5].as_u64().unwrap() as usize];
    assert_eq!((&spec[0], &spec[2], &spec[7]), (&json!("INT"), &json!("18446744073709551615"), &json!(2)));
}

#[test]
fn a_class_is_told_once() {
    let node = r#"{"class_type": "KSampler", "inputs": {"seed": 1, "scheduler": "normal"}}"#;
    let nodes: Vec<_> = (0..50).map(|id| format!("\"{id}\": {node}")).collect();
    let rows = rows(&format!("{{{}}}", nodes.join(",")), Some(&ours()));
    assert_eq!(rows["specs"].as_array().unwrap().len(), 2);
    assert_eq!(rows["nodes"].as_array().unwrap().len(), 50);
}

#[test]
fn odd_texts_stay_json() {
    let text = r#"{"a\"\\\n\u0001é": {"class_type": "\ud83d\ude00", "_meta": {"title": "\t\ud800"}, "inputs": {"\u0000": ["a\"\\\n\u0001é", 0]}}}"#;
    let rows = rows(text, None);
    assert_eq!(rows["nodes"][0][0], "a\"\\\n\u{1}é");
    assert_eq!(rows["nodes"][0][1], "😀");
    assert_eq!(rows["inputs"][0], "\u{0}");
}

//! Inputs that a server misses: what is said of them, and of no others.

use super::{OURS, convert, file, refusal};
use viewcomfy_wasm::convert::{Converted, Options, Verdict, WarningCode, to_api_format};

const SOURCE: &str = r#"{"id": 1, "type": "Picture", "outputs": [{"name": "IMAGE", "type": "IMAGE", "links": [1]}], "widgets_values": [8]}"#;

/// A picture that goes through a node of this mode into one that is saved.
fn through(mode: u32, saved: &str) -> String {
    let nodes = format!(
        r#"{SOURCE}, {{"id": 2, "type": "Through", "mode": {mode}, "inputs": [{{"name": "image", "type": "IMAGE", "link": 1}}],
        "outputs": [{{"name": "IMAGE", "type": "IMAGE", "links": [2]}}]}}, {saved}"#
    );
    file(&nodes, r#"[1,1,0,2,0,"IMAGE"],[2,2,0,3,0,"IMAGE"]"#, "")
}

fn node(class: &str, input: &str) -> String {
    format!(
        r#"{{"id": 3, "type": "{class}", "inputs": [{{"name": "{input}", "type": "IMAGE", "link": 2}}], "outputs": []}}"#
    )
}

/// Node and input of each that is missing.
fn missing(converted: &Converted) -> Vec<(&str, &str)> {
    let warnings = converted.warnings.iter().filter(|warning| warning.code == WarningCode::MissingInput);
    warnings.map(|warning| (warning.node.as_deref().unwrap(), warning.input.as_deref().unwrap())).collect()
}

#[test]
fn what_a_muted_node_gave_is_missing() {
    let text = through(2, &node("SaveImage", "images"));
    let converted = convert(&text, &OURS).unwrap();
    assert_eq!(missing(&converted), [("3", "images")]);
    let report = converted.report.unwrap();
    assert_eq!((report.verdict, report.doubts.len()), (Verdict::Unknown, 1));
    assert_eq!(report.doubts[0].class.as_deref(), Some("SaveImage"));
    let strict = Options { strict: true, ..Options::default() };
    let refused = to_api_format(text.as_bytes(), &*OURS, &strict);
    assert_eq!(refusal(refused), ("may_not_run", Some("3".to_owned()), Some("images".to_owned())));
}

#[test]
fn what_gets_something_is_not_missing() {
    for mode in [0, 4] {
        let converted = convert(&through(mode, &node("SaveImage", "images")), &OURS).unwrap();
        assert_eq!(missing(&converted), []);
        assert_eq!(converted.report.unwrap().verdict, Verdict::Runs);
    }
}

#[test]
fn a_server_does_not_look_at_what_no_output_needs() {
    let converted = convert(&through(2, &node("Through", "image")), &OURS).unwrap();
    assert_eq!(missing(&converted), []);
    // A class that nobody knows may be an output, and so may need what is before it.
    let unknown = r#"{"id": 4, "type": "Nobody", "inputs": [{"name": "a", "type": "IMAGE", "link": 3}]}"#;
    let through_two = through(2, &format!("{}, {unknown}", node("Through", "image")))
        .replace(r#"[2,2,0,3,0,"IMAGE"]"#, r#"[2,2,0,3,0,"IMAGE"],[3,3,0,4,0,"IMAGE"]"#);
    assert_eq!(missing(&convert(&through_two, &OURS).unwrap()), [("3", "image")]);
}

#[test]
fn an_optional_input_and_a_value_are_not_missing() {
    let optional = r#"{"id": 3, "type": "Through", "inputs": [{"name": "image", "type": "IMAGE", "link": 1}, {"name": "mask", "type": "MASK", "link": null}],
        "outputs": [{"name": "IMAGE", "type": "IMAGE", "links": [2]}]}"#;
    let save =
        r#"{"id": 4, "type": "SaveImage", "inputs": [{"name": "images", "type": "IMAGE", "link": 2}]}"#;
    let nodes = format!("{SOURCE}, {optional}, {save}");
    let links = r#"[1,1,0,3,0,"IMAGE"],[2,3,0,4,0,"IMAGE"]"#;
    assert_eq!(missing(&convert(&file(&nodes, links, ""), &OURS).unwrap()), []);
}

#[test]
fn a_link_that_is_lost_is_told_once() {
    let text = file(&node("SaveImage", "images"), "", "");
    let converted = convert(&text, &OURS).unwrap();
    let codes: Vec<_> = converted.warnings.iter().map(|warning| warning.code).collect();
    assert_eq!(codes, [WarningCode::LostLink]);
}

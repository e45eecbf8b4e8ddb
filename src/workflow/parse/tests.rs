//! Tests of [`super`]: the text of a workflow, and text that is not a workflow.

use super::*;

fn refusal(text: &str) -> (String, &'static str) {
    match Workflow::parse(text.as_bytes()) {
        Ok(_) => (String::new(), "accepted"),
        Err(error) => (error.to_string(), error.code().as_str()),
    }
}

fn position(bytes: &[u8]) -> Option<(usize, usize)> {
    match Workflow::parse(bytes).err()?.kind() {
        ErrorKind::InvalidWorkflow { line, column, .. } => Some(((*line)?, (*column)?)),
        _ => None,
    }
}

#[test]
fn syntax_errors_have_line_and_column() {
    assert_eq!(position("{\n \"é\": {,".as_bytes()), Some((2, 8)));
    assert_eq!(position(b"{\"a\": \"\xff\"}"), Some((1, 8)));
}

#[test]
fn editor_files_are_told_how_to_be_exported() {
    let (message, code) = refusal(r#"{"last_node_id": 1, "nodes": [], "links": [], "version": 0.4}"#);
    assert_eq!(code, "editor_workflow");
    assert!(message.contains("Export (API)"), "{message}");
}

#[test]
fn what_is_not_a_workflow_is_refused_with_its_reason() {
    for (text, word) in [
        ("[]", "an array"),
        ("\"x\"", "a string"),
        ("1", "a single value"),
        ("{}", "empty"),
        (r#"{"1": 5}"#, "\"1\" is not a node"),
        (r#"{"1": {"inputs": []}}"#, "not an object"),
        (r#"{"a": {"b": 1}}"#, "class_type"),
        (r#"{"prompt": {}}"#, "empty"),
        (r#"{"file_type": "view_comfy", "workflows": []}"#, "workflowApiJSON"),
    ] {
        let (message, code) = refusal(text);
        assert_eq!(code, "invalid_workflow", "{text}");
        assert!(message.contains(word), "{text}: {message}");
    }
}

#[test]
fn wrappers_are_opened() {
    let node = r#"{"1": {"class_type": "A", "inputs": {"x": 1}}}"#;
    for wrapped in [
        format!(r#"{{"client_id": "c", "prompt": {node}}}"#),
        format!(
            r#"{{"file_type": "view_comfy", "workflows": [{{"viewComfyJSON": {{}}, "workflowApiJSON": {node}}}]}}"#
        ),
        format!("\u{feff} {node}\n"),
    ] {
        let workflow = Workflow::parse(wrapped.as_bytes());
        assert_eq!(workflow.map(|w| w.text().to_owned()), Ok(node.to_owned()));
    }
}

#[test]
fn a_node_may_be_called_prompt() {
    let workflow = Workflow::parse(br#"{"prompt": {"class_type": "A"}, "2": {"class_type": "B"}}"#);
    assert_eq!(workflow.map(|w| w.nodes().len()), Ok(2));
}

#[test]
fn the_last_duplicate_counts_at_the_first_place() {
    let text = r#"{"1": {"inputs": {"a": 1, "b": 2, "a": 3}}, "2": {"class_type": "B"}, "1": {"inputs": {"c": 4, "d": 5, "c": 6}}}"#;
    let workflow = Workflow::parse(text.as_bytes());
    let shape = workflow.map(|w| {
        let inputs = |node| w.inputs(node).iter().map(|i| (i.name.raw(), i.value.raw())).collect();
        w.nodes().iter().map(|node| (node.id.raw(), inputs(node))).collect::<Vec<(_, Vec<_>)>>()
    });
    assert_eq!(shape, Ok(vec![("1", vec![("c", "6"), ("d", "5")]), ("2", vec![])]));
}

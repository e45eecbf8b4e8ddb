//! Links to inputs that the file does not list.

use super::false_alarms::{bundled, errors, rows};

/// `origin` feeds the input at index 1 of a text that lists only its first: its own text, says the class.
fn text(origin: u32) -> String {
    format!(
        r#"{{"nodes": [{{"id": 1, "type": "CheckpointLoaderSimple", "outputs": [{{"name": "MODEL", "type": "MODEL"}}, {{"name": "CLIP", "type": "CLIP", "links": [1]}}], "widgets_values": ["a"]}},
        {{"id": 2, "type": "StringConcatenate", "outputs": [{{"name": "STRING", "type": "STRING", "links": [17]}}], "widgets_values": ["a", "b", ""]}},
        {{"id": 7, "type": "CLIPTextEncode", "inputs": [{{"name": "clip", "type": "CLIP", "link": 1}}], "outputs": [{{"name": "CONDITIONING", "type": "CONDITIONING", "links": [3]}}], "widgets_values": ["a"]}},
        {{"id": 8, "type": "PreviewAny", "inputs": [{{"name": "source", "type": "*", "link": 3}}]}}],
        "links": [[1, 1, 1, 7, 0, "CLIP"], [17, {origin}, 0, 7, 1, "STRING"], [3, 7, 0, 8, 0, "CONDITIONING"]]}}"#
    )
}

#[test]
fn a_link_to_an_input_that_is_not_listed_comes_from_its_node() {
    let known = bundled();
    let lost = errors(&text(9), Some(&known));
    assert!(lost.len() == 1 && lost[0].starts_with("link_to_missing_node \"text\""), "{lost:?}");
    assert_eq!(errors(&text(2), Some(&known)), Vec::<String>::new());
    let linked = rows(&text(2), Some(&known));
    let unused = linked["problems"].as_array().unwrap().iter().filter(|row| row[0] == "unused_node").count();
    assert_eq!(unused, 0, "{linked}");
    // Nobody knows how many inputs another class has, and one has no more than its own.
    assert_eq!(errors(&text(9).replace("CLIPTextEncode", "Of a pack"), Some(&known)), Vec::<String>::new());
    assert_eq!(
        errors(&text(9).replace("7, 1, \"STRING\"", "7, 5, \"STRING\""), Some(&known)),
        Vec::<String>::new()
    );
}

/// ComfyUI's page refuses the whole file, also where nothing needs the node.
#[test]
fn a_link_from_nowhere_is_an_error_in_the_editors_format() {
    let unneeded =
        text(9).replace(r#"{"id": 8, "type": "PreviewAny""#, r#"{"id": 8, "type": "ConditioningZeroOut""#);
    let of_link = |error: &String| error.starts_with("link_to_missing_node");
    assert!(errors(&unneeded, Some(&bundled())).iter().any(of_link));
}

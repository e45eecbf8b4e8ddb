//! Small files that ask for much: refused, or done in a moment.

use super::{OURS, convert, file, inputs, node, refusal};
use std::time::Duration;

use cpu_time::ThreadTime;

/// The most that a thread may work for one conversion: in a slow build it takes thousandths of a second.
const MAX_LENGTH: Duration = Duration::from_secs(8);

pub fn in_time<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let start = ThreadTime::now();
    let result = work();
    let taken = start.elapsed();
    assert!(taken < MAX_LENGTH, "{what}: {taken:?}");
    result
}

/// Subgraphs, each with some instances of the next; the last has `inside`.
fn nest(levels: usize, instances: usize, inside: &str, id: &str) -> String {
    let level = |level: usize| {
        let next = format!(r#"{{"id": "{id}X", "type": "s{}"}}"#, level + 1);
        let nodes = match level + 1 == levels {
            true => inside.to_owned(),
            false => {
                let nodes: Vec<_> = (0..instances).map(|at| next.replace('X', &at.to_string())).collect();
                nodes.join(",")
            }
        };
        format!(r#"{{"id": "s{level}", "nodes": [{nodes}], "links": []}}"#)
    };
    let definitions: Vec<_> = (0..levels).map(level).collect();
    let more = format!(r#", "definitions": {{"subgraphs": [{}]}}"#, definitions.join(","));
    file(r#"{"id": 1, "type": "s0"}"#, "", &more)
}

#[test]
fn a_nest_that_opens_to_very_many_nodes_is_refused() {
    for inside in
        [node(1, "Picture", "[1]"), String::new(), r#"{"id": 1, "type": "Picture", "mode": 4}"#.to_owned()]
    {
        let result = in_time("a nest", || convert(&nest(40, 2, &inside, "7"), &OURS));
        assert_eq!(refusal(result), ("too_many_nodes", None, None));
    }
    let deep = in_time("a deep nest", || convert(&nest(200, 1, "", "7"), &OURS));
    assert_eq!(refusal(deep).0, "recursive_subgraph");
}

#[test]
fn what_stands_in_a_nest_is_not_written_without_end() {
    let text = "x".repeat(100_000);
    let inside = node(1, "Prompt", &format!(r#"["a", "{text}"]"#));
    let result = in_time("large values", || convert(&nest(17, 2, &inside, "7"), &OURS));
    assert_eq!(refusal(result), ("too_many_nodes", None, None));
    let long = "y".repeat(20_000);
    let inside = node(1, "Picture", "[1]");
    let result = in_time("long ids", || convert(&nest(17, 2, &inside, &long), &OURS));
    assert_eq!(refusal(result), ("too_many_nodes", None, None));
}

#[test]
fn braces_without_end_are_no_harm() {
    for text in ["{".repeat(200_000), "{a|".repeat(100_000), "\\\\".repeat(100_000), "/*".repeat(100_000)] {
        let workflow = file(&node(1, "Prompt", &format!(r#"["{text}", "x"]"#)), "", "");
        let json = in_time("braces", || convert(&workflow, &OURS)).unwrap().json;
        assert!(json.len() < workflow.len() + 1000);
    }
}

#[test]
fn placeholders_do_not_multiply_a_text() {
    let source = node(1, "Prompt", &format!(r#"["a", "{}"]"#, "x".repeat(100_000)));
    let save = node(2, "SaveImage", &format!(r#"["{}"]"#, "%Prompt.plain%".repeat(20_000)));
    let source = source.replace(r#""type""#, r#""title": "Prompt", "type""#);
    let workflow = file(&format!("{source},{save}"), "", "");
    let json = in_time("placeholders", || convert(&workflow, &OURS)).unwrap().json;
    assert!(json.len() < 2 * workflow.len(), "{} bytes of {}", json.len(), workflow.len());
}

#[test]
fn many_of_anything_are_read_in_time() {
    let pictures: Vec<_> = (1..=20_000).map(|id| node(id, "Picture", "[1]")).collect();
    let pictures = pictures.join(",");
    let taken =
        format!(r#", "definitions": {{"subgraphs": [{{"id": "s", "nodes": [{pictures}], "links": []}}]}}"#);
    let renumbered = file(&format!(r#"{pictures}, {{"id": 30000, "type": "s"}}"#), "", &taken);
    let json = in_time("taken ids", || convert(&renumbered, &OURS)).unwrap().json;
    assert_eq!(inputs(&json, "30000:30001"), r#"{"width":1}"#);
    let slots: Vec<_> =
        (0..20_000).map(|at| format!(r#"{{"name": "n{at}", "type": "X", "link": {at}}}"#)).collect();
    let links: Vec<_> = (0..20_000).map(|at| format!(r#"[{at}, 1, 0, 2, {at}, "X"]"#)).collect();
    let (slots, links) = (slots.join(","), links.join(","));
    let wide = |class: &str| {
        let node = format!(r#"{{"id": 2, "type": "{class}", "inputs": [{slots}]}}"#);
        file(&format!("{}, {node}", node_one()), &links, "")
    };
    for class in ["Picture", "Foreign"] {
        let workflow = wide(class);
        let json = in_time("a wide node", || convert(&workflow, &OURS)).unwrap().json;
        assert!(json.contains("n19999"), "{class}");
    }
}

#[test]
fn a_chain_of_definitions_is_ordered_in_time() {
    let definition = |at: usize| {
        let next = format!(r#"{{"id": 1, "type": "s{}"}}"#, at + 1);
        format!(r#"{{"id": "s{at}", "nodes": [{next}], "links": []}}"#)
    };
    let definitions: Vec<_> = (0..40_000).map(definition).collect();
    let more = format!(r#", "definitions": {{"subgraphs": [{}]}}"#, definitions.join(","));
    let workflow = file(&node_one(), "", &more);
    let json = in_time("a chain", || convert(&workflow, &OURS)).unwrap().json;
    assert_eq!(inputs(&json, "1"), r#"{"width":1}"#);
}

fn node_one() -> String {
    node(1, "Picture", "[1]")
}

#[test]
fn a_long_circle_of_bypassed_nodes_is_refused() {
    let bypassed: Vec<_> = (1..=3000)
        .map(|id| {
            let from = if id == 1 { 3000 } else { id - 1 };
            format!(
                r#"{{"id": {id}, "type": "Through", "mode": 4, "inputs": [{{"name": "image", "type": "IMAGE", "link": {from}}}], "outputs": [{{"name": "IMAGE", "type": "IMAGE", "links": [{id}]}}]}}"#
            )
        })
        .collect();
    let mut links: Vec<_> =
        (1..=3000).map(|id| format!(r#"[{id}, {id}, 0, {}, 0, "IMAGE"]"#, id % 3000 + 1)).collect();
    links.push(r#"[9000, 5, 0, 9000, 0, "IMAGE"]"#.to_owned());
    let end =
        r#"{"id": 9000, "type": "Through", "inputs": [{"name": "image", "type": "IMAGE", "link": 9000}]}"#;
    let workflow = file(&format!("{},{end}", bypassed.join(",")), &links.join(","), "");
    let result = in_time("a circle", || convert(&workflow, &OURS));
    assert_eq!(refusal(result), ("bypass_cycle", Some("9000".to_owned()), Some("image".to_owned())));
}

/// A picture, `count` nodes in a row, and one that gets what comes out.
fn row(count: usize, class: &str, more: &str) -> String {
    let mut nodes =
        vec![r#"{"id": 1, "type": "Picture", "outputs": [{"type": "IMAGE", "links": [1]}]}"#.to_owned()];
    for at in 1..=count {
        nodes.push(format!(
            r#"{{"id": {}, "type": "{class}", "inputs": [{{"name": "a", "type": "IMAGE", "link": {at}}}],
                "outputs": [{{"type": "IMAGE", "links": [{}]}}]{more}}}"#,
            at + 1,
            at + 1
        ));
    }
    let (last, link) = (count + 2, count + 1);
    nodes.push(format!(
        r#"{{"id": {last}, "type": "Sink", "inputs": [{{"name": "a", "type": "IMAGE", "link": {link}}}]}}"#
    ));
    let links: Vec<_> = (1..=link).map(|at| format!(r#"[{at}, {at}, 0, {}, 0, "IMAGE"]"#, at + 1)).collect();
    file(&nodes.join(","), &links.join(","), "")
}

#[test]
fn a_long_row_is_followed_to_its_end() {
    for (class, more) in [("Reroute", ""), ("Other", r#", "mode": 4"#)] {
        let converted = in_time("a row", || convert(&row(4000, class, more), &OURS)).unwrap();
        assert!(converted.json.contains(r#""1","#), "{}", converted.json);
    }
}

//! Flattening and applying over every workflow fixture.

use crate::files::{Workflow as Fixture, compacted, fixtures, shared_workflows, workflows};
use viewcomfy_wasm::json::Value;
use viewcomfy_wasm::workflow::{Workflow, apply, flatten};

fn all() -> Vec<Fixture> {
    let mut all = workflows(&fixtures("workflows"));
    all.extend(workflows(&fixtures("wrappers")));
    match shared_workflows() {
        Some(shared) => all.extend(shared),
        None => {
            println!("left out: ../shared/workflows is not here, only the fixtures of this project were read")
        }
    }
    all
}

fn parse(fixture: &Fixture) -> Workflow<'_> {
    Workflow::parse(&fixture.bytes).unwrap_or_else(|error| panic!("{}: {error}", fixture.name))
}

#[test]
fn the_fixtures_are_there() {
    assert!(workflows(&fixtures("workflows")).len() >= 13);
    assert!(workflows(&fixtures("wrappers")).len() >= 4);
    if let Some(shared) = shared_workflows() {
        assert!(shared.len() >= 17, "{}", shared.len());
    }
}

#[test]
fn indented_text_is_the_expected_file_byte_for_byte() {
    for fixture in all() {
        assert_eq!(flatten::to_json(&parse(&fixture), 4), fixture.flat, "{}", fixture.name);
    }
}

#[test]
fn compact_text_is_the_expected_file_without_white_space() {
    for fixture in all() {
        assert_eq!(flatten::to_json(&parse(&fixture), 0), compacted(&fixture.flat), "{}", fixture.name);
    }
}

#[test]
fn other_indents_differ_in_white_space_only() {
    for fixture in all() {
        for indent in [1, 2, 3, 8] {
            let text = flatten::to_json(&parse(&fixture), indent);
            assert_eq!(compacted(&text), compacted(&fixture.flat), "{}", fixture.name);
            let second = text.lines().nth(1).unwrap();
            assert_eq!(second.len() - second.trim_start().len(), indent, "{}", fixture.name);
        }
    }
}

#[test]
fn values_put_back_change_nothing() {
    for fixture in all() {
        let workflow = parse(&fixture);
        let entries = flatten::entries(&workflow);
        let keys: Vec<_> = entries.iter().map(flatten::Entry::key).collect();
        let params: Vec<_> =
            keys.iter().map(String::as_str).zip(entries.iter().map(|entry| entry.value)).collect();
        let text =
            apply::apply(&workflow, &params).unwrap_or_else(|error| panic!("{}: {error}", fixture.name));
        assert_eq!(text, workflow.text(), "{}", fixture.name);
    }
}

#[test]
fn one_value_put_in_leaves_every_other_byte() {
    let marker = Value::parse("[\"put in\", 1.50]").unwrap();
    for fixture in
        all().into_iter().filter(|fixture| fixture.name != "colliding_keys" && fixture.name != "dashes")
    {
        let workflow = parse(&fixture);
        for entry in flatten::entries(&workflow) {
            let key = entry.key();
            if key.ends_with("-node-class_type-info") {
                continue;
            }
            let text = apply::apply(&workflow, &[(&key, marker)]).unwrap();
            let at = text.find(marker.raw()).unwrap();
            let tail = at + marker.raw().len();
            assert_eq!(text[..at], workflow.text()[..at], "{}: {key}", fixture.name);
            let rest = &text[tail..];
            assert!(workflow.text().ends_with(rest), "{}: {key}", fixture.name);
            let gone = &workflow.text()[at..workflow.text().len() - rest.len()];
            assert_eq!(gone, entry.value.raw(), "{}: {key}", fixture.name);
        }
    }
}

#[test]
fn a_value_put_in_is_what_flattening_reads_again() {
    for fixture in all() {
        let workflow = parse(&fixture);
        for entry in flatten::entries(&workflow) {
            let key = entry.key();
            if key.ends_with("-node-class_type-info") || key.contains('\u{fffd}') {
                continue;
            }
            // A value that no fixture has: what is equal would stay as the workflow writes it.
            let value = Value::parse("18446744073709551599.50").unwrap();
            let text = apply::apply(&workflow, &[(&key, value)]).unwrap();
            let again = Workflow::parse(text.as_bytes()).unwrap();
            let read = flatten::entries(&again).into_iter().find(|entry| entry.key() == key).unwrap();
            assert_eq!(read.value.raw(), value.raw(), "{}: {key}", fixture.name);
        }
    }
}

//! What is not a workflow is refused with a code, words and a place, and nothing makes the parser panic.

use crate::files::{cases, fixtures, workflows};
use std::fs;
use viewcomfy_wasm::Error;
use viewcomfy_wasm::workflow::{Workflow, flatten};

fn refusal(bytes: &[u8]) -> Error {
    match Workflow::parse(bytes) {
        Ok(workflow) => panic!("accepted: {}", flatten::to_json(&workflow, 0)),
        Err(error) => error,
    }
}

/// One of the facts that JavaScript sees.
fn fact(error: &Error, name: &str) -> Option<u64> {
    serde_json::to_value(error).unwrap()[name].as_u64()
}

#[test]
fn every_rejected_file_has_its_code_words_and_place() {
    let mut wrong = Vec::new();
    for case in cases("rejected") {
        let file = case["file"].as_str().unwrap();
        let bytes = fs::read(fixtures("rejected").join(file)).unwrap();
        let Err(error) = Workflow::parse(&bytes) else {
            wrong.push(format!("{file}: accepted"));
            continue;
        };
        let message = error.to_string();
        if error.code().as_str() != case["code"] {
            wrong.push(format!("{file}: code {}", error.code().as_str()));
        }
        for word in case["words"].as_array().unwrap() {
            if !message.contains(word.as_str().unwrap()) {
                wrong.push(format!("{file}: no {word} in {message:?}"));
            }
        }
        for name in ["line", "column"] {
            let found = fact(&error, name);
            if let Some(expected) = case.get(name)
                && found != expected.as_u64()
            {
                wrong.push(format!("{file}: {name} {found:?} instead of {expected}"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_file_of_the_directory_is_in_the_table() {
    let mut listed: Vec<_> =
        cases("rejected").iter().map(|case| case["file"].as_str().unwrap().to_owned()).collect();
    let mut stored: Vec<_> = fs::read_dir(fixtures("rejected"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "cases.json")
        .collect();
    listed.sort();
    stored.sort();
    assert_eq!(listed, stored);
}

#[test]
fn deep_nesting_is_refused_without_touching_the_stack() {
    const LEVELS: usize = 200_000;
    let lists = format!(r#"{{"1":{{"inputs":{{"x":{}1{}}}}}}}"#, "[".repeat(LEVELS), "]".repeat(LEVELS));
    let objects = format!("{}1{}", r#"{"1":"#.repeat(LEVELS), "}".repeat(LEVELS));
    let meta = format!(r#"{{"1":{{"_meta":{{"title":{}"#, "[".repeat(LEVELS));
    for bomb in
        [lists, objects, meta, "[".repeat(LEVELS), format!(r#"{{"prompt":{}"#, r#"{"a":"#.repeat(LEVELS))]
    {
        assert_eq!(refusal(bomb.as_bytes()).code().as_str(), "invalid_workflow");
    }
}

#[test]
fn every_file_cut_short_is_refused() {
    for fixture in workflows(&fixtures("workflows")).iter().filter(|fixture| fixture.bytes.len() < 1500) {
        let whole = fixture.bytes.trim_ascii_end();
        for end in 0..whole.len() {
            assert_eq!(
                refusal(&whole[..end]).code().as_str(),
                "invalid_workflow",
                "{} cut at {end}",
                fixture.name
            );
        }
    }
}

#[test]
fn no_single_wrong_byte_makes_it_panic() {
    for fixture in workflows(&fixtures("workflows")).iter().filter(|fixture| fixture.bytes.len() < 700) {
        for at in 0..fixture.bytes.len() {
            for byte in [b'"', b'\\', b'{', b'}', b'[', b',', b'-', 0xff] {
                let mut bytes = fixture.bytes.clone();
                bytes[at] = byte;
                if let Ok(workflow) = Workflow::parse(&bytes) {
                    assert!(flatten::to_json(&workflow, 2).ends_with('}'));
                }
            }
        }
    }
}

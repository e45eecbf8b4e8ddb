//! Values put into editor files that were changed at random, 100,000 times: no panic, and a result that is JSON, that has
//! every byte of the file but those of values, and that has the given values already when they are given again.
//!
//! The cases are the same each time; `APPLY_SEED` gives others, `APPLY_CASES` more.
#![allow(clippy::unwrap_used, reason = "a test that cannot read its own fixtures should stop there")]

#[path = "host/convert/changed.rs"]
mod changed;
#[path = "host/apply/spans.rs"]
mod spans;

use changed::{File, Random, carried, files};
use spans::only_values_differ;
use std::fs;
use std::path::Path;
use std::thread;
use viewcomfy_wasm::ErrorKind;
use viewcomfy_wasm::convert::{Options, apply_params, to_api_format};
use viewcomfy_wasm::definitions::Definitions;
use viewcomfy_wasm::json::Value;
use viewcomfy_wasm::workflow::{Workflow, input_key};

const CASES: u64 = 100_000;

/// What is given for an input, besides what others of the file have.
const GIVEN: [&str; 9] = [
    "7",
    "18446744073709551615",
    "-0.5",
    "\"a \\\"text\\\" {b|c}\"",
    "true",
    "null",
    "[1, 2]",
    "{\"__value__\": [3]}",
    "{\"a\": {}}",
];

/// What came of the cases.
#[derive(Default)]
struct Seen {
    applied: usize,
    unchanged: usize,
    refused: usize,
    not_converted: usize,
}

#[test]
fn values_put_into_a_changed_file_never_do_harm() {
    let number = |name: &str, otherwise: u64| {
        std::env::var(name).ok().map_or(otherwise, |value| value.parse().unwrap())
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let definitions =
        Definitions::parse_bundled(&fs::read(root.join("pkg/definitions.json")).unwrap()).unwrap();
    let files = files(root);
    let (seed, cases) = (number("APPLY_SEED", 20), number("APPLY_CASES", CASES));
    let mut seen = Seen::default();
    thread::scope(|scope| {
        let half = |seed: u64| {
            let (files, definitions) = (&files, &definitions);
            scope.spawn(move || run(files, definitions, seed, cases / 2))
        };
        for half in [half(seed), half(seed.wrapping_add(1))] {
            let half = half.join().unwrap();
            seen.applied += half.applied;
            seen.unchanged += half.unchanged;
            seen.refused += half.refused;
            seen.not_converted += half.not_converted;
        }
    });
    let Seen { applied, unchanged, refused, not_converted } = seen;
    println!("{applied} changed, {unchanged} the same, {refused} refused, {not_converted} not converted");
    assert!(applied > 10_000.min(cases as usize / 10) && refused > 100, "what was given tells little");
}

fn run(files: &[File], definitions: &Definitions, seed: u64, cases: u64) -> Seen {
    let (mut random, mut seen) = (Random(seed), Seen::default());
    for case in 0..cases {
        let file = &files[case as usize % files.len()];
        let changed = file.changed(&mut random);
        apply(
            &changed,
            definitions,
            &mut random,
            &format!("{}, seed {seed}, case {case}", file.name),
            &mut seen,
        );
    }
    seen
}

fn apply(changed: &[u8], definitions: &Definitions, random: &mut Random, case: &str, seen: &mut Seen) {
    let options = Options::default();
    let bytes = &carried(changed.to_vec(), random);
    let Ok(converted) = to_api_format(bytes, definitions, &options) else {
        seen.not_converted += 1;
        assert!(
            apply_params(bytes, definitions, &options, &[("1-inputs-x", Value::NULL)]).is_err(),
            "{case}"
        );
        return;
    };
    let params = params(&converted.json, random);
    let pairs: Vec<_> = params.iter().map(|(key, json)| (&**key, Value::parse(json).unwrap())).collect();
    let text = match apply_params(bytes, definitions, &options, &pairs) {
        Ok(text) => text,
        Err(error) => {
            let is_known = matches!(
                error.kind(),
                ErrorKind::InvalidParam { .. }
                    | ErrorKind::UnknownParam { .. }
                    | ErrorKind::CannotConvert { .. }
            );
            assert!(is_known, "{case}: {error}");
            return seen.refused += 1;
        }
    };
    // What is around the workflow is left out, and a mark in front of it.
    let saved = apply_params(bytes, definitions, &options, &[]).unwrap();
    assert!(std::str::from_utf8(changed).unwrap().contains(&saved), "{case}");
    if text == saved {
        return seen.unchanged += 1;
    }
    seen.applied += 1;
    assert!(only_values_differ(&saved, &text), "{case}: {params:?}\n{saved}\n{text}");
    // A name that is given as it was sent stays as it is written, and may be sent otherwise once its placeholders change.
    if params.iter().any(|(key, _)| key.ends_with("filename_prefix")) {
        return;
    }
    let again = apply_params(text.as_bytes(), definitions, &options, &pairs).unwrap();
    assert_eq!(again, text, "{case}: {params:?}");
}

/// One to three values for inputs of a converted workflow, and now and then for one that is not there.
fn params(json: &str, random: &mut Random) -> Vec<(String, String)> {
    let Ok(workflow) = Workflow::parse(json.as_bytes()) else { return vec![("none".into(), "1".into())] };
    let inputs: Vec<_> = workflow
        .nodes()
        .iter()
        .flat_map(|node| workflow.inputs(node).iter().map(|input| (node.id.decode(), input)))
        .collect();
    if inputs.is_empty() {
        return Vec::new();
    }
    let one = |random: &mut Random| {
        let (id, input) = &inputs[random.below(inputs.len())];
        let (_, other) = &inputs[random.below(inputs.len())];
        let value = match random.below(3) {
            0 => other.value.raw(),
            _ => GIVEN[random.below(GIVEN.len())],
        };
        (input_key(id, &input.name.decode()), value.to_owned())
    };
    (0..1 + random.below(3)).map(|_| one(random)).collect()
}

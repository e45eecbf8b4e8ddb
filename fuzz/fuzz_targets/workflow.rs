//! Workflows in API format: parsed, flattened, sent along; entries that are put back change nothing.
#![no_main]

use libfuzzer_sys::fuzz_target;
use viewcomfy_wasm::json::Value;
use viewcomfy_wasm::workflow::{Carried, Workflow, apply, flatten};

fuzz_target!(|data: &[u8]| {
    if let Ok(text) = std::str::from_utf8(data) {
        let carried = Carried::of(text);
        for text in [carried.api, carried.editor].into_iter().flatten() {
            Value::parse(&text).expect("the workflow that is sent along is JSON");
        }
    }
    let mut scratch = String::new();
    let Ok(workflow) = Workflow::open(data, &mut scratch) else { return };
    let entries = flatten::entries(&workflow);
    let keys: Vec<_> = entries.iter().map(flatten::Entry::key).collect();
    let params: Vec<_> = keys.iter().zip(&entries).map(|(key, entry)| (key.as_str(), entry.value)).collect();
    for indent in [0, 2] {
        Value::parse(&flatten::to_json(&workflow, indent)).expect("the flattened workflow is JSON");
    }
    // If two inputs have the same key, only one of them can be put back.
    let mut unique = keys.clone();
    unique.sort_unstable();
    unique.dedup();
    let same = apply::apply(&workflow, &params);
    if unique.len() == keys.len() {
        assert_eq!(same.expect("its own entries fit"), workflow.text());
    }
});

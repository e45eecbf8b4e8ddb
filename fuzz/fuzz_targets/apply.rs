//! Parameters applied to a workflow: each has the given value, and nothing else changes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use viewcomfy_fuzz::two;
use viewcomfy_wasm::json::Value;
use viewcomfy_wasm::json::same::same_value;
use viewcomfy_wasm::json::write::without_duplicates;
use viewcomfy_wasm::workflow::{Keys, Workflow, apply, flatten};

fuzz_target!(|data: &[u8]| {
    let (file, params) = two(data);
    let Ok(workflow) = Workflow::parse(file) else { return };
    let Some(params) = std::str::from_utf8(params).ok().and_then(|text| Value::parse(text).ok()) else {
        return;
    };
    let entries = without_duplicates(params.entries());
    let names: Vec<_> = entries.iter().map(|(key, _)| key.decode()).collect();
    let given: Vec<_> = names.iter().zip(&entries).map(|(key, (_, value))| (&**key, *value)).collect();
    let Ok(changed) = apply::apply(&workflow, &given) else { return };
    let again = Workflow::parse(changed.as_bytes()).expect("the changed text is still a workflow");
    let (before, after) = (flatten::entries(&workflow), flatten::entries(&again));
    assert_eq!(before.len(), after.len());
    let keys = Keys::new(&again);
    for (key, value) in &given {
        let Some((_, input)) = keys.input(key) else { continue };
        assert!(same_value(input.value, *value), "{key}: {} is not {}", input.value.raw(), value.raw());
    }
    for (before, after) in before.iter().zip(&after) {
        assert_eq!(before.key(), after.key());
        if !given.iter().any(|(key, _)| **key == before.key()) {
            assert_eq!(before.value.raw(), after.value.raw());
        }
    }
});

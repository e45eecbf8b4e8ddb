//! Differences between workflows: a workflow has none from itself, and each node is matched, added or removed once.
#![no_main]

use libfuzzer_sys::fuzz_target;
use viewcomfy_fuzz::{assert_strict_json, two};
use viewcomfy_wasm::diff::{diff, to_json};
use viewcomfy_wasm::json::Value;
use viewcomfy_wasm::json::number::{has_non_finite, without_non_finite};
use viewcomfy_wasm::workflow::Workflow;

fuzz_target!(|data: &[u8]| {
    let (first, second) = two(data);
    let Ok(a) = Workflow::parse(first) else { return };
    let has_words = Value::parse(a.text()).is_ok_and(has_non_finite);
    assert!(diff(&a, &a).is_same() || has_words, "it differs from itself");
    let Ok(b) = Workflow::parse(second) else { return };
    let difference = diff(&a, &b);
    assert_eq!(difference.matched.len() + difference.removed.len(), a.nodes().len());
    assert_eq!(difference.matched.len() + difference.added.len(), b.nodes().len());
    // Python's literals (NaN, Infinity) stay as written; the package parses them.
    assert_strict_json(&without_non_finite(&to_json(&difference)));
});

//! Inspection of files in both formats, with and without definitions.
#![no_main]

use libfuzzer_sys::fuzz_target;
use viewcomfy_fuzz::{assert_strict_json, bundled};
use viewcomfy_wasm::inspect::file_to_json;

fuzz_target!(|data: &[u8]| {
    let without = file_to_json(data, None);
    let with = file_to_json(data, Some(bundled()));
    assert_eq!(without.is_ok(), with.is_ok());
    for json in [without, with].into_iter().flatten() {
        assert_strict_json(&json);
    }
});

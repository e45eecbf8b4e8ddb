//! Parameters applied to an editor's file: the rest of the file is unchanged, and applying them again changes nothing.
#![no_main]

use libfuzzer_sys::fuzz_target;
use viewcomfy_fuzz::spans::only_values_differ;
use viewcomfy_fuzz::{bundled, two};
use viewcomfy_wasm::convert::{Options, apply_params};
use viewcomfy_wasm::editor::Document;
use viewcomfy_wasm::json::Value;
use viewcomfy_wasm::json::write::without_duplicates;

fuzz_target!(|data: &[u8]| {
    let (file, params) = two(data);
    let options = Options::default();
    let Ok(saved) = apply_params(file, bundled(), &options, &[]) else { return };
    let mut scratch = String::new();
    let document = Document::open(file, &mut scratch).expect("it was converted");
    assert_eq!(document.text(), saved, "no parameters, so no change");
    let Some(params) = std::str::from_utf8(params).ok().and_then(|text| Value::parse(text).ok()) else {
        return;
    };
    let entries = without_duplicates(params.entries());
    let names: Vec<_> = entries.iter().map(|(key, _)| key.decode()).collect();
    let given: Vec<_> = names.iter().zip(&entries).map(|(key, (_, value))| (&**key, *value)).collect();
    let Ok(changed) = apply_params(file, bundled(), &options, &given) else { return };
    assert!(only_values_differ(&saved, &changed), "{saved}\n{changed}");
    // A name that equals the one sent stays as written, and may be sent differently once its placeholders change.
    if given.iter().any(|(key, _)| key.ends_with("filename_prefix")) {
        return;
    }
    let again = apply_params(changed.as_bytes(), bundled(), &options, &given);
    assert_eq!(again.expect("parameters that were accepted are accepted again"), changed);
});

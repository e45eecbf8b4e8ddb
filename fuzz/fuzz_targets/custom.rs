//! Files with nodes from node packs, converted with the packs' definitions, some with earlier versions of a class.
#![no_main]

use libfuzzer_sys::fuzz_target;
use viewcomfy_fuzz::{assert_strict_json, bundled, two};
use viewcomfy_wasm::convert::{Options, has_unknown_class, to_api_format};
use viewcomfy_wasm::definitions::{Definitions, KnownClasses};
use viewcomfy_wasm::workflow::Workflow;

fuzz_target!(|data: &[u8]| {
    let (file, classes) = two(data);
    let Ok(custom) = Definitions::parse_custom(classes) else { return };
    let known = KnownClasses::from(bundled()).or(Some(&custom));
    let Ok(converted) = to_api_format(file, known, &Options::default()) else { return };
    assert_strict_json(&converted.json);
    if converted.json != "{}" {
        Workflow::parse(converted.json.as_bytes()).expect("the output of a conversion is a workflow");
    }
    let is_unknown = |known: KnownClasses<'_>| has_unknown_class(file, known).expect("it was converted");
    assert!(is_unknown(bundled().into()) || !is_unknown(known), "more definitions made a class unknown");
});

//! Editor format to API format: the output is a workflow, the same each time.
#![no_main]

use libfuzzer_sys::fuzz_target;
use viewcomfy_fuzz::{assert_strict_json, bundled};
use viewcomfy_wasm::convert::{DynamicPrompts, Moment, Options, to_api_format};
use viewcomfy_wasm::workflow::Workflow;

fuzz_target!(|data: &[u8]| {
    let now = Some(Moment { year: 2026, month: 1, day: 2, hour: 3, minute: 4, second: 5 });
    for dynamic_prompts in [DynamicPrompts::First, DynamicPrompts::Seed(7)] {
        let options = Options { dynamic_prompts, now, strict: false };
        let Ok(converted) = to_api_format(data, bundled(), &options) else { return };
        assert_strict_json(&converted.json);
        if converted.json != "{}" {
            Workflow::parse(converted.json.as_bytes()).expect("the output of a conversion is a workflow");
        }
        let again = to_api_format(data, bundled(), &options).expect("as before");
        assert_eq!((converted.json, converted.warnings), (again.json, again.warnings));
    }
});

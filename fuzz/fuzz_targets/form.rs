//! Forms: of a workflow alone, of one with a design, and of the design that a file contains.
#![no_main]

use libfuzzer_sys::fuzz_target;
use viewcomfy_fuzz::{assert_strict_json, bundled, two};
use viewcomfy_wasm::form::{Design, schema, to_json};
use viewcomfy_wasm::workflow::Workflow;

fuzz_target!(|data: &[u8]| {
    let (file, view_comfy) = two(data);
    let mut scratch = String::new();
    let Ok(workflow) = Workflow::open(file, &mut scratch) else { return };
    let given = Design::parse(view_comfy).ok();
    for design in [None, Design::beside(file).as_ref(), given.as_ref()] {
        for definitions in [None, Some(bundled())] {
            if let Ok(schema) = schema(&workflow, definitions, design) {
                assert_strict_json(&to_json(&schema));
            }
        }
    }
});

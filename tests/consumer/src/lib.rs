//! Flattens a workflow in a module that has nothing to do with JavaScript.

use viewcomfy_wasm::workflow::{Workflow, flatten};

/// How many parameters the smallest of workflows has.
#[unsafe(no_mangle)]
pub extern "C" fn parameters() -> usize {
    let workflow = Workflow::parse(br#"{"3": {"class_type": "KSampler", "inputs": {"seed": 5, "cfg": 6.0}}}"#);
    workflow.map_or(0, |workflow| flatten::entries(&workflow).len())
}

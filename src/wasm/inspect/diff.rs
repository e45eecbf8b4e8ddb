//! Compares two workflows from JavaScript.

use crate::diff::{diff, to_json};
use crate::wasm::error::Failure;
use crate::workflow::Workflow;
use wasm_bindgen::prelude::*;

/// A `WorkflowDiff` as JSON text.
#[wasm_bindgen(js_name = diffWorkflows)]
pub fn diff_workflows(a: &[u8], b: &[u8]) -> Result<String, Failure> {
    let (mut scratch_a, mut scratch_b) = (String::new(), String::new());
    Ok(to_json(&diff(&Workflow::open(a, &mut scratch_a)?, &Workflow::open(b, &mut scratch_b)?)))
}

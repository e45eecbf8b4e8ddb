//! Two workflows from JavaScript, and what differs between them.

use super::from_json;
use crate::diff::{diff, to_json};
use crate::wasm::error::Failure;
use crate::wasm::values::workflow_bytes;
use crate::workflow::Workflow;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(js_name = diffWorkflows)]
pub fn diff_workflows(a: &JsValue, b: &JsValue) -> Result<JsValue, Failure> {
    let (a, b) = (workflow_bytes(a)?, workflow_bytes(b)?);
    from_json(&to_json(&diff(&Workflow::parse(&a)?, &Workflow::parse(&b)?)))
}

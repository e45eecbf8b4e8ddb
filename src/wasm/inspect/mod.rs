//! What `viewcomfy-wasm/inspect` calls: looking into workflows.

mod convert;
mod diff;
mod find;
mod form;
mod inspection;

use crate::json::Value;
use crate::wasm::error::Failure;
use crate::wasm::values::to_js;
use wasm_bindgen::prelude::*;

/// What the core wrote as JSON, as a JavaScript value; integers that a number would round become `bigint`.
fn from_json(json: &str) -> Result<JsValue, Failure> {
    // Written by the core, so it cannot fail.
    to_js(Value::parse(json).unwrap_or(Value::NULL))
}

//! What `viewcomfy-wasm` calls: flattening, parameters, runs.

mod answer;
mod params;
mod shared;

use crate::json::number::{has_non_finite, needs_exact_reading};
use crate::json::{Value, to_ascii};
use crate::protocol::failure::{self, Unreachable};
use crate::wasm::error::Failure;
use crate::wasm::values;
use crate::workflow::{Workflow, apply, flatten};
use js_sys::{Array, JsString};
use wasm_bindgen::prelude::*;

/// Two texts: the flattened workflow, and separately those of its entries that `JSON.parse` would round or refuse.
#[wasm_bindgen(js_name = flattenWorkflow)]
pub fn flatten_workflow(workflow: &[u8]) -> Result<Array, Failure> {
    let mut scratch = String::new();
    let workflow = Workflow::open(workflow, &mut scratch)?;
    let mut entries = flatten::entries(&workflow);
    let mut exact = Vec::new();
    for entry in entries.iter_mut().filter(|entry| needs_exact_reading(entry.value)) {
        exact.push(*entry);
        // An entry that `JSON.parse` refuses keeps its place.
        if has_non_finite(entry.value) {
            entry.value = Value::NULL;
        }
    }
    let all = to_ascii(flatten::write(&entries, 0, workflow.text().len()));
    let exact = flatten::write(&exact, 0, 0);
    Ok(Array::of2(&JsString::from(all), &JsString::from(exact)))
}

#[wasm_bindgen(js_name = flattenWorkflowToJson)]
pub fn flatten_workflow_to_json(workflow: &[u8], indent: u8) -> Result<String, Failure> {
    Ok(flatten::to_json(&Workflow::open(workflow, &mut String::new())?, indent.into()))
}

/// `params` is one JSON object of keys and values.
#[wasm_bindgen(js_name = applyParams)]
pub fn apply_params(workflow: &[u8], params: &str) -> Result<String, Failure> {
    let mut scratch = String::new();
    let workflow = Workflow::open(workflow, &mut scratch)?;
    let entries = values::entries(params)?;
    let pairs: Vec<(&str, Value<'_>)> = entries.iter().map(|(key, value)| (key.as_ref(), *value)).collect();
    Ok(apply::apply(&workflow, &pairs)?)
}

/// The error for a response with a status outside 2xx.
#[wasm_bindgen]
pub fn refusal(status: u16, retry_after_ms: Option<f64>, body: &str) -> JsValue {
    Failure::from(failure::from_http(status, retry_after_ms, body)).into()
}

/// The error for a call whose `fetch` failed with `cause` after so many seconds.
#[wasm_bindgen]
pub fn unreachable(streamed: bool, cross_origin: bool, stays: bool, seconds: f64, cause: JsValue) -> JsValue {
    let call = Unreachable { streamed, cross_origin, stays, seconds };
    Failure::caused(failure::unreachable(&call), cause).into()
}

/// The memory to which the addresses passed to JavaScript refer.
#[wasm_bindgen(js_name = wasmMemory)]
pub fn memory() -> JsValue {
    wasm_bindgen::memory()
}

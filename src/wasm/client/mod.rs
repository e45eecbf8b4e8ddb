//! What `viewcomfy-wasm` calls: flattening, parameters, runs.

mod answer;
mod call;
mod exact;
mod options;
mod params;
mod settings;

use crate::Error;
use crate::protocol::failure;
use crate::wasm::error::Failure;
use crate::wasm::values;
use crate::workflow::{Workflow, apply, flatten};
use options::Options;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// The widest indentation that is written.
const MAX_INDENT: f64 = 16.0;

#[wasm_bindgen(js_name = flattenWorkflow)]
pub fn flatten_workflow(workflow: &JsValue) -> Result<JsValue, Failure> {
    let bytes = values::workflow_bytes(workflow)?;
    let workflow = Workflow::parse(&bytes)?;
    exact::flat_object(&flatten::entries(&workflow))
}

#[wasm_bindgen(js_name = flattenWorkflowToJson)]
pub fn flatten_workflow_to_json(workflow: &JsValue, indent: Option<f64>) -> Result<String, Failure> {
    let indent = indent.unwrap_or(0.0);
    if !(0.0..=MAX_INDENT).contains(&indent) || indent.fract() != 0.0 {
        return Err(Error::invalid_param("indent", "the indent must be a whole number from 0 to 16").into());
    }
    let bytes = values::workflow_bytes(workflow)?;
    Ok(flatten::to_json(&Workflow::parse(&bytes)?, indent as usize))
}

#[wasm_bindgen(js_name = applyParams)]
pub fn apply_params(workflow: &JsValue, params: &JsValue) -> Result<String, Failure> {
    let bytes = values::workflow_bytes(workflow)?;
    let workflow = Workflow::parse(&bytes)?;
    let texts = params::json_texts(params)?;
    let mut pairs = Vec::with_capacity(texts.len());
    for (key, text) in &texts {
        pairs.push((key.as_str(), exact::parsed(key, text)?));
    }
    Ok(apply::apply(&workflow, &pairs)?)
}

#[wasm_bindgen(js_name = buildParams)]
pub fn build_params(params: &JsValue, options: &JsValue) -> Result<JsValue, Failure> {
    let workflow = Options::new(options, "options")?.get("workflow")?;
    let bytes = workflow.map(|workflow| values::workflow_bytes(&workflow)).transpose()?;
    let workflow = bytes.as_deref().map(Workflow::parse).transpose()?;
    params::Built::new(params, workflow.as_ref())?.to_js()
}

/// Reads JSON text without rounding: integers beyond ±(2^53 − 1) become `bigint`.
#[wasm_bindgen(js_name = parseJson)]
pub fn parse_json(text: &str) -> Result<JsValue, Failure> {
    values::to_js(exact::parsed("prompt", text)?)
}

/// The settings of one deployment.
#[wasm_bindgen]
pub struct Client {
    settings: Rc<settings::Settings>,
}

#[wasm_bindgen]
impl Client {
    #[wasm_bindgen(constructor)]
    pub fn new(options: &JsValue) -> Result<Client, Failure> {
        Ok(Self { settings: Rc::new(settings::Settings::new(&Options::new(options, "options")?)?) })
    }

    /// Prepares a run: everything is checked here, nothing is sent yet.
    pub fn prepare(&self, request: &JsValue, streamed: bool) -> Result<call::Call, Failure> {
        call::Call::new(Rc::clone(&self.settings), &Options::new(request, "request")?, streamed)
    }
}

/// The error for an answer outside 2xx.
#[wasm_bindgen]
pub fn refusal(status: u16, retry_after_ms: Option<f64>, body: &str) -> JsValue {
    Failure::from(failure::from_http(status, retry_after_ms, body)).into()
}

/// The memory that addresses handed to JavaScript point into.
#[wasm_bindgen(js_name = wasmMemory)]
pub fn memory() -> JsValue {
    wasm_bindgen::memory()
}

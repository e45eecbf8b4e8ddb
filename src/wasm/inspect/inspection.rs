//! `inspectWorkflow` and `NodeDefinitions`: reads what is given, lets the core look, hands its rows over.

use crate::Error;
use crate::definitions::Definitions;
use crate::inspect::{api_graph, inspect, write};
use crate::json::write::to_ascii;
use crate::wasm::error::Failure;
use crate::wasm::values::{json_bytes, workflow_bytes};
use crate::workflow::Workflow;
use js_sys::JSON;
use wasm_bindgen::prelude::*;

/// A server's definitions, in wasm memory until JavaScript lets go of them.
#[wasm_bindgen]
pub struct ServerDefinitions {
    definitions: Definitions,
}

#[wasm_bindgen]
impl ServerDefinitions {
    #[wasm_bindgen(constructor)]
    pub fn new(object_info: &JsValue) -> Result<ServerDefinitions, Failure> {
        let bytes = json_bytes(object_info, "objectInfo", |message| Error::invalid_definitions(message))?;
        Ok(Self { definitions: Definitions::parse(bytes)? })
    }

    #[wasm_bindgen(getter)]
    pub fn size(&self) -> usize {
        self.definitions.len()
    }

    pub fn has(&self, class_type: &str) -> bool {
        self.definitions.has(class_type)
    }
}

impl ServerDefinitions {
    /// What the core works with.
    pub(super) fn get(&self) -> &Definitions {
        &self.definitions
    }
}

/// The rows that `pkg/src/inspect/inspect.js` makes an `Inspection` of.
#[wasm_bindgen(js_name = inspectWorkflow)]
pub fn inspect_workflow(
    workflow: &JsValue,
    definitions: Option<&ServerDefinitions>,
) -> Result<JsValue, Failure> {
    let bytes = workflow_bytes(workflow)?;
    let workflow = Workflow::parse(&bytes)?;
    let inspection = inspect(api_graph(&workflow), definitions.map(ServerDefinitions::get));
    JSON::parse(&to_ascii(write::to_json(&inspection))).map_err(Failure::Thrown)
}

/// A value with integers that `JSON.parse` would round, from its text.
#[wasm_bindgen(js_name = exactValue)]
pub fn exact_value(text: &str) -> Result<JsValue, Failure> {
    super::from_json(text)
}

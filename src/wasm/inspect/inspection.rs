//! `inspectWorkflow` and `NodeDefinitions`: reads what is given, lets the core look, hands its rows over.

use crate::Error;
use crate::definitions::Definitions;
use crate::inspect::file_to_json;
use crate::json::write::to_ascii;
use crate::wasm::error::Failure;
use crate::wasm::values::{json_bytes, workflow_bytes};
use js_sys::JSON;
use wasm_bindgen::prelude::*;

/// A server's definitions, in wasm memory until JavaScript lets go of them; or none, where JavaScript has none to give.
#[wasm_bindgen]
pub struct ServerDefinitions {
    definitions: Option<Definitions>,
}

#[wasm_bindgen]
impl ServerDefinitions {
    #[wasm_bindgen(constructor)]
    pub fn new(object_info: &JsValue) -> Result<ServerDefinitions, Failure> {
        let bytes = json_bytes(object_info, "objectInfo", Error::invalid_definitions)?;
        Ok(Self::of(Definitions::parse(bytes)?))
    }

    pub fn none() -> ServerDefinitions {
        Self { definitions: None }
    }

    #[wasm_bindgen(getter)]
    pub fn size(&self) -> usize {
        self.definitions.as_ref().map_or(0, Definitions::len)
    }

    pub fn has(&self, class_type: &str) -> bool {
        self.get().is_some_and(|definitions| definitions.has(class_type))
    }
}

impl ServerDefinitions {
    pub(super) fn of(definitions: Definitions) -> Self {
        Self { definitions: Some(definitions) }
    }

    /// What the core works with.
    pub(super) fn get(&self) -> Option<&Definitions> {
        self.definitions.as_ref()
    }
}

/// The rows that `pkg/src/inspect/inspect.js` makes an `Inspection` of.
#[wasm_bindgen(js_name = inspectWorkflow)]
pub fn inspect_workflow(workflow: &JsValue, definitions: &ServerDefinitions) -> Result<JsValue, Failure> {
    let bytes = workflow_bytes(workflow)?;
    let json = file_to_json(&bytes, definitions.get())?;
    JSON::parse(&to_ascii(json)).map_err(Failure::Thrown)
}

/// A value with integers that `JSON.parse` would round, from its text.
#[wasm_bindgen(js_name = exactValue)]
pub fn exact_value(text: &str) -> Result<JsValue, Failure> {
    super::from_json(text)
}

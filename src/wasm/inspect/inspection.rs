//! `inspectWorkflow` and `NodeDefinitions`: reads what is given, lets the core look, hands its rows over.

use crate::definitions::{Definitions, KnownClasses};
use crate::inspect::file_to_json;
use crate::json::to_ascii;
use crate::wasm::error::Failure;
use crate::workflow::Workflow;
use wasm_bindgen::prelude::*;

/// A server's definitions, in wasm memory until JavaScript lets go of them; or none, where JavaScript has none to give.
#[wasm_bindgen]
pub struct ServerDefinitions {
    definitions: Option<Definitions>,
}

#[wasm_bindgen]
impl ServerDefinitions {
    #[wasm_bindgen(constructor)]
    pub fn new(object_info: Vec<u8>) -> Result<ServerDefinitions, Failure> {
        Ok(Self::of(Definitions::parse(object_info)?))
    }

    pub fn none() -> ServerDefinitions {
        Self { definitions: None }
    }

    #[wasm_bindgen(getter)]
    pub fn size(&self) -> usize {
        self.definitions.as_ref().map_or(0, Definitions::len)
    }

    /// Names of the entries that could not be read.
    #[wasm_bindgen(getter)]
    pub fn unreadable(&self) -> Vec<String> {
        self.get().map(|definitions| definitions.unreadable().to_vec()).unwrap_or_default()
    }

    pub fn has(&self, class_type: &str) -> bool {
        self.get().is_some_and(|definitions| definitions.has(class_type))
    }
}

#[wasm_bindgen]
impl ServerDefinitions {
    /// The part that a workflow needs, as the text of an `object_info`.
    pub fn subset(&self, workflow: &[u8]) -> Result<String, Failure> {
        let mut scratch = String::new();
        let workflow = Workflow::open(workflow, &mut scratch)?;
        Ok(self.get().map(|definitions| definitions.subset(&workflow)).unwrap_or_default())
    }
}

impl ServerDefinitions {
    pub(super) fn of(definitions: Definitions) -> Self {
        Self { definitions: Some(definitions) }
    }

    /// What the core works with, with `custom` behind it.
    pub(super) fn known<'d>(&'d self, custom: &'d Self) -> KnownClasses<'d> {
        KnownClasses::from(self.get()).or(custom.get())
    }

    /// The definitions that were given.
    pub(super) fn get(&self) -> Option<&Definitions> {
        self.definitions.as_ref()
    }
}

/// The rows that `pkg/src/inspect/inspect.js` makes an `Inspection` of, as JSON text.
#[wasm_bindgen(js_name = inspectWorkflow)]
pub fn inspect_workflow(
    workflow: &[u8],
    definitions: &ServerDefinitions,
    custom: &ServerDefinitions,
) -> Result<String, Failure> {
    Ok(to_ascii(file_to_json(workflow, definitions.known(custom))?))
}

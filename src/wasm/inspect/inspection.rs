//! `inspectWorkflow` and `NodeDefinitions`: reads the input, lets the core inspect it, returns the rows.

use crate::definitions::Definitions;
use crate::inspect::file_to_json;
use crate::json::to_ascii;
use crate::wasm::definitions::ServerDefinitions;
use crate::wasm::error::Failure;
use crate::workflow::Workflow;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
impl ServerDefinitions {
    #[wasm_bindgen(getter)]
    pub fn size(&self) -> usize {
        self.get().map_or(0, Definitions::len)
    }

    /// Names of the entries that could not be read.
    #[wasm_bindgen(getter)]
    pub fn unreadable(&self) -> Vec<String> {
        self.get().map(|definitions| definitions.unreadable().to_vec()).unwrap_or_default()
    }

    /// The version of ComfyUI whose classes these are, when they came with the package.
    #[wasm_bindgen(js_name = bundledFrom)]
    pub fn bundled_from(&self) -> Option<String> {
        self.get()?.bundled_from().map(str::to_owned)
    }

    pub fn has(&self, class_type: &str) -> bool {
        self.get().is_some_and(|definitions| definitions.has(class_type))
    }

    /// The part that a workflow needs, as the text of an `object_info`.
    pub fn subset(&self, workflow: &[u8]) -> Result<String, Failure> {
        let mut scratch = String::new();
        let workflow = Workflow::open(workflow, &mut scratch)?;
        Ok(self.get().map(|definitions| definitions.subset(&workflow)).unwrap_or_default())
    }

    /// The text of all classes, for the memory of the conversion: unchanged, or for the package's definitions in their
    /// form.
    pub fn text(&self) -> Vec<u8> {
        self.get().map(Definitions::to_text).unwrap_or_default().into_bytes()
    }
}

/// The rows from which `pkg/src/inspect/inspect.js` makes an `Inspection`, as JSON text.
#[wasm_bindgen(js_name = inspectWorkflow)]
pub fn inspect_workflow(
    workflow: &[u8],
    definitions: &ServerDefinitions,
    custom: &ServerDefinitions,
) -> Result<String, Failure> {
    Ok(to_ascii(file_to_json(workflow, definitions.known(custom))?))
}

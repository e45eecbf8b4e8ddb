//! `formSchema`: a workflow, and what there is to make its form of.

use super::inspection::ServerDefinitions;
use crate::form::{Design, schema, to_json};
use crate::json::to_ascii;
use crate::wasm::error::Failure;
use crate::workflow::Workflow;
use wasm_bindgen::prelude::*;

/// A `FormSchema` as JSON text. Without `view_comfy` the design beside the workflow counts, where its file has one.
#[wasm_bindgen(js_name = formSchema)]
pub fn form_schema(
    file: &[u8],
    definitions: &ServerDefinitions,
    custom: &ServerDefinitions,
    view_comfy: Option<Vec<u8>>,
) -> Result<String, Failure> {
    let mut scratch = String::new();
    let workflow = Workflow::open(file, &mut scratch)?;
    let design = match &view_comfy {
        Some(bytes) => Some(Design::parse(bytes)?),
        None => Design::beside(file),
    };
    Ok(to_ascii(to_json(&schema(&workflow, definitions.known(custom), design.as_ref())?)))
}

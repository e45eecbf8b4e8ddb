//! `formSchema`: a workflow, and what there is to make its form of.

use super::from_json;
use super::inspection::ServerDefinitions;
use crate::Error;
use crate::form::{Design, schema, to_json};
use crate::wasm::error::Failure;
use crate::wasm::values::{json_bytes, workflow_bytes};
use crate::workflow::Workflow;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(js_name = formSchema)]
pub fn form_schema(
    workflow: &JsValue,
    definitions: &ServerDefinitions,
    view_comfy: Option<JsValue>,
) -> Result<JsValue, Failure> {
    let file = workflow_bytes(workflow)?;
    let workflow = Workflow::parse(&file)?;
    let given = view_comfy.filter(|given| !given.is_null() && !given.is_undefined());
    let given = given.map(|given| json_bytes(&given, "viewComfy", Error::invalid_workflow)).transpose()?;
    let design = match &given {
        Some(bytes) => Some(Design::parse(bytes)?),
        None => Design::beside(&file),
    };
    let schema = schema(&workflow, definitions.get(), design.as_ref())?;
    from_json(&to_json(&schema))
}

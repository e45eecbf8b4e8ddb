//! `formSchema`: a workflow, and the files from which its form can be made.

use crate::form::{App, Design, app_schema, schema, to_json};
use crate::json::to_ascii;
use crate::wasm::definitions::ServerDefinitions;
use crate::wasm::error::Failure;
use crate::workflow::Workflow;
use wasm_bindgen::prelude::*;

/// A `FormSchema` as JSON text: from `view_comfy`, or else from the app in `editor`, or else from the design or the
/// app in the workflow's own file.
#[wasm_bindgen(js_name = formSchema)]
pub fn form_schema(
    file: &[u8],
    definitions: &ServerDefinitions,
    custom: &ServerDefinitions,
    view_comfy: Option<Vec<u8>>,
    editor: Option<Vec<u8>>,
) -> Result<String, Failure> {
    let mut scratch = String::new();
    let workflow = Workflow::open(file, &mut scratch)?;
    let given = editor.as_deref().map(App::parse).transpose()?.flatten();
    let design = match &view_comfy {
        Some(bytes) => Some(Design::parse(bytes)?),
        None => Design::beside(file).filter(|_| given.is_none()),
    };
    let app = given.or_else(|| App::beside(file)).filter(|_| design.is_none());
    let known = definitions.known(custom);
    let schema = match &app {
        Some(app) => app_schema(&workflow, known, app),
        None => schema(&workflow, known, design.as_ref())?,
    };
    Ok(to_ascii(to_json(&schema)))
}

//! `formSchema`: a workflow, and what there is to make its form of.

use super::inspection::ServerDefinitions;
use crate::Error;
use crate::form::{Design, Field, Schema, schema, to_json};
use crate::json::Value;
use crate::json::number::has_unsafe_integer;
use crate::json::to_ascii;
use crate::wasm::error::Failure;
use crate::wasm::values::{json_bytes, set, to_js, workflow_bytes};
use crate::workflow::Workflow;
use js_sys::{Array, JSON, Reflect};
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
    // Parsed natively, then the few numbers that were rounded replaced: each seed has one, its largest value.
    let form = JSON::parse(&to_ascii(to_json(&schema))).map_err(Failure::Thrown)?;
    put_exact_numbers(&form, &schema)?;
    Ok(form)
}

fn put_exact_numbers(form: &JsValue, schema: &Schema<'_>) -> Result<(), Failure> {
    for (list, groups) in [("basic", &schema.basic), ("advanced", &schema.advanced)] {
        let list = items(form, list)?;
        for (group_index, group) in groups.iter().enumerate() {
            let rounded = group.fields.iter().enumerate().filter(|(_, field)| is_rounded(field));
            for (index, field) in rounded {
                let fields = items(&list.get(group_index as u32), "fields")?;
                put_exact(&fields.get(index as u32), field)?;
            }
        }
    }
    Ok(())
}

fn numbers<'a>(field: &Field<'a>) -> [(&'static str, Option<Value<'a>>); 4] {
    [("value", Some(field.value)), ("min", field.min), ("max", field.max), ("step", field.step)]
}

fn is_rounded(field: &Field<'_>) -> bool {
    let options = field.options.iter().flatten().map(|(_, value)| *value);
    numbers(field).into_iter().filter_map(|(_, number)| number).chain(options).any(has_unsafe_integer)
}

fn put_exact(object: &JsValue, field: &Field<'_>) -> Result<(), Failure> {
    for (name, number) in numbers(field) {
        if let Some(number) = number.filter(|number| has_unsafe_integer(*number)) {
            set(object, name, &to_js(number)?)?;
        }
    }
    for (index, (_, value)) in field.options.iter().flatten().enumerate() {
        if has_unsafe_integer(*value) {
            set(&items(object, "options")?.get(index as u32), "value", &to_js(*value)?)?;
        }
    }
    Ok(())
}

/// The array under a name, which is there because the core wrote it.
fn items(object: &JsValue, name: &str) -> Result<Array, Failure> {
    Reflect::get(object, &name.into()).map(<Array>::unchecked_from_js).map_err(Failure::Thrown)
}

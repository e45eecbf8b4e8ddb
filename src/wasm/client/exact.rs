//! Parameters' values as JSON text, and flattened workflows as objects; nothing is rounded on the way.

use crate::Error;
use crate::json::Value;
use crate::json::number::has_unsafe_integer;
use crate::json::to_ascii;
use crate::wasm::error::Failure;
use crate::wasm::values::{set, to_js, write_json};
use crate::workflow::flatten::{self, Entry};
use js_sys::JSON;
use wasm_bindgen::prelude::*;

/// The JSON text of a value given for `key`.
pub fn json_text(key: &str, value: &JsValue) -> Result<String, Error> {
    let mut text = String::new();
    write_json(&mut text, value, key)?;
    Ok(text)
}

/// `text` as a value of `key`.
pub fn parsed<'t>(key: &str, text: &'t str) -> Result<Value<'t>, Error> {
    Value::parse(text)
        .map_err(|error| Error::invalid_param(key, format!("\"{key}\" is not valid JSON: {}", error.what)))
}

/// A flattened workflow as an object: parsed natively, then the few values that would have been rounded replaced.
pub fn flat_object(entries: &[Entry<'_>]) -> Result<JsValue, Failure> {
    let object = JSON::parse(&to_ascii(flatten::write(entries, 0, 0))).map_err(Failure::Thrown)?;
    for entry in entries.iter().filter(|entry| has_unsafe_integer(entry.value)) {
        set(&object, &entry.key(), &to_js(entry.value)?)?;
    }
    Ok(object)
}

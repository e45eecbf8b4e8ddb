//! Reads options objects: each option checked once, at the door, with its name in the message.

use crate::Error;
use crate::wasm::error::Failure;
use crate::wasm::values::describe;
use js_sys::{Function, Reflect};
use wasm_bindgen::prelude::*;

/// An options object of JavaScript; an absent one has no options.
pub struct Options<'v>(Option<&'v JsValue>);

impl<'v> Options<'v> {
    /// `name` is what the object is called in messages.
    pub fn new(value: &'v JsValue, name: &str) -> Result<Self, Failure> {
        if value.is_undefined() || value.is_null() {
            return Ok(Self(None));
        }
        if !value.is_object() {
            return Err(wrong_type(name, "an object", value));
        }
        Ok(Self(Some(value)))
    }

    /// An option of any type; null counts as absent.
    pub fn get(&self, name: &str) -> Result<Option<JsValue>, Failure> {
        let Some(object) = self.0 else { return Ok(None) };
        let value = Reflect::get(object, &name.into()).map_err(Failure::Thrown)?;
        Ok((!value.is_undefined() && !value.is_null()).then_some(value))
    }

    pub fn string(&self, name: &str) -> Result<Option<String>, Failure> {
        self.get(name)?
            .map(|value| value.as_string().ok_or_else(|| wrong_type(name, "a string", &value)))
            .transpose()
    }

    pub fn function(&self, name: &str) -> Result<Option<Function>, Failure> {
        let checked = |value: JsValue| {
            value.dyn_into::<Function>().map_err(|value| wrong_type(name, "a function", &value))
        };
        self.get(name)?.map(checked).transpose()
    }
}

/// The error for an option of the wrong type; it never shows the value, which may be a secret.
pub fn wrong_type(name: &str, expected: &str, value: &JsValue) -> Failure {
    Error::invalid_param(name, format!("{name} must be {expected}, not {}", describe(value))).into()
}

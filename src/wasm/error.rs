//! Core errors as JavaScript errors. A JavaScript error that was not ours passes through untouched.

use crate::{Error, ErrorKind};
use serde::Serialize;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(raw_module = "./errors.js")]
extern "C" {
    type ViewComfyError;

    #[wasm_bindgen(constructor)]
    fn new(code: &str, message: &str, facts: &JsValue, cause: &JsValue) -> ViewComfyError;
}

/// The one way in which core values become JavaScript objects: plain objects, absent fields as null.
pub const SERIALIZER: serde_wasm_bindgen::Serializer = serde_wasm_bindgen::Serializer::json_compatible();

/// Why a call failed.
#[derive(Debug)]
pub enum Failure {
    /// One of our own errors, with what was thrown underneath (or undefined).
    Ours(Error, JsValue),
    /// Something that JavaScript threw and that goes on as it is: an abort reason, an error of a handler.
    Thrown(JsValue),
}

impl Failure {
    /// One of our errors because of `cause`.
    pub fn caused(error: Error, cause: JsValue) -> Self {
        Self::Ours(error, cause)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::caused(error, JsValue::UNDEFINED)
    }
}

impl From<ErrorKind> for Failure {
    fn from(kind: ErrorKind) -> Self {
        Error::from(kind).into()
    }
}

impl From<Failure> for JsValue {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Thrown(value) => value,
            Failure::Ours(error, cause) => {
                // Facts are strings, numbers and lists of these, so they always serialise.
                let facts = error.serialize(&SERIALIZER).unwrap_or(JsValue::UNDEFINED);
                ViewComfyError::new(error.code().as_str(), &error.to_string(), &facts, &cause).into()
            }
        }
    }
}

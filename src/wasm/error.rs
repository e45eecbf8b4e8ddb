//! Core errors as JavaScript errors.

use super::record::to_object;
use crate::{Error, ErrorKind};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(raw_module = "./errors.js")]
extern "C" {
    /// Makes the `ViewComfyError`, and puts the names of JavaScript's calls into its advice.
    #[wasm_bindgen(js_name = coreError)]
    fn core_error(code: &str, message: &str, facts: &JsValue, cause: &JsValue) -> JsValue;
}

/// Why a call failed: one of our own errors, with the value that was thrown underneath (or undefined).
#[derive(Debug)]
pub struct Failure {
    error: Error,
    cause: JsValue,
}

impl Failure {
    /// One of our errors because of `cause`.
    pub fn caused(error: Error, cause: JsValue) -> Self {
        Self { error, cause }
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
    fn from(Failure { error, cause }: Failure) -> Self {
        core_error(error.code().as_str(), &error.to_string(), &to_object(&error), &cause)
    }
}

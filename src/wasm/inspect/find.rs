//! `findWorkflow`: the steps of a search, which JavaScript takes by reading the parts of the file that are asked for.

use crate::find::{self, Found, Step, Text};
use crate::wasm::error::Failure;
use crate::wasm::values::object;
use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

/// A search in one file; `pkg/src/inspect/find.js` reads the file.
#[wasm_bindgen]
pub struct Finder(find::Finder);

#[wasm_bindgen]
impl Finder {
    /// Of a file of so many bytes.
    #[wasm_bindgen(constructor)]
    pub fn new(size: f64) -> Finder {
        Self(find::Finder::new(size as u64))
    }

    /// What is needed, `{at, length}` or `{zlib, limit}`, or what was `found`, which may be null.
    pub fn step(&mut self) -> Result<JsValue, Failure> {
        match self.0.step()? {
            Step::Read { at, length } => object([("at", number(at)), ("length", number(length as u64))]),
            Step::Inflate { zlib, limit } => {
                object([("zlib", Uint8Array::from(zlib.as_slice()).into()), ("limit", number(limit as u64))])
            }
            Step::Done(found) => object([("found", found.map_or(Ok(JsValue::NULL), to_js)?)]),
        }
    }

    /// Takes the bytes that were asked for.
    pub fn give(&mut self, bytes: Vec<u8>) {
        self.0.give(bytes);
    }

    /// Takes what was inflated; nothing where that could not be done.
    #[wasm_bindgen(js_name = giveInflated)]
    pub fn give_inflated(&mut self, bytes: Option<Vec<u8>>) {
        self.0.give_inflated(bytes);
    }
}

fn number(number: u64) -> JsValue {
    (number as f64).into()
}

fn to_js(found: Found) -> Result<JsValue, Failure> {
    object([
        ("format", found.format.as_str().into()),
        ("prompt", text(found.prompt)?),
        ("workflow", text(found.workflow)?),
        ("bytesRead", number(found.bytes_read)),
    ])
}

fn text(text: Option<Text>) -> Result<JsValue, Failure> {
    match text {
        Some(Text { json, place }) => object([("json", json.into()), ("where", place.into())]),
        None => Ok(JsValue::NULL),
    }
}

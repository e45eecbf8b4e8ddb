//! `findWorkflow`: the steps of a search, which JavaScript takes by reading the parts of the file that are asked for.

use crate::find::{self, Found, Parameters, Step, Text};
use crate::wasm::error::Failure;
use crate::wasm::record::to_object;
use js_sys::{Array, Uint8Array};
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// A search in one file; `pkg/src/inspect/find.js` reads the file.
#[wasm_bindgen]
pub struct Finder(find::Finder);

#[wasm_bindgen]
impl Finder {
    /// For a file of `size` bytes; with the id of a prompt, only that run in a server's history.
    #[wasm_bindgen(constructor)]
    pub fn new(size: f64, prompt_id: Option<String>) -> Finder {
        let finder = find::Finder::new(size as u64);
        Self(match prompt_id {
            Some(id) => finder.of_run(id),
            None => finder,
        })
    }

    /// The next step: `[at, length]` to read, `[zlib, limit]` to inflate, or `[found]`, which may be null.
    pub fn step(&mut self) -> Result<Array, Failure> {
        Ok(match self.0.step()? {
            Step::Read { at, length } => Array::of2(&number(at), &number(length as u64)),
            Step::Inflate { zlib, limit } => {
                Array::of2(&Uint8Array::from(zlib.as_slice()), &number(limit as u64))
            }
            Step::Done(found) => Array::of1(&found.as_ref().map_or(JsValue::NULL, to_js)),
        })
    }

    /// Takes the bytes that were asked for.
    pub fn give(&mut self, bytes: Vec<u8>) {
        self.0.give(bytes);
    }

    /// Takes the decompressed content; nothing if it could not be decompressed.
    #[wasm_bindgen(js_name = giveInflated)]
    pub fn give_inflated(&mut self, bytes: Option<Vec<u8>>) {
        self.0.give_inflated(bytes);
    }
}

fn number(number: u64) -> JsValue {
    (number as f64).into()
}

/// A `FoundWorkflow`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FoundFields<'f> {
    format: &'f str,
    prompt: Option<TextFields<'f>>,
    workflow: Option<TextFields<'f>>,
    parameters: Option<ParametersFields<'f>>,
    bytes_read: f64,
}

#[derive(Serialize)]
struct TextFields<'f> {
    json: &'f str,
    r#where: &'f str,
}

impl<'f> TextFields<'f> {
    fn of(text: &'f Text) -> Self {
        Self { json: &text.json, r#where: &text.place }
    }
}

/// A `FoundParameters`.
#[derive(Serialize)]
struct ParametersFields<'f> {
    generator: &'f str,
    text: &'f str,
    r#where: &'f str,
}

impl<'f> ParametersFields<'f> {
    fn of(parameters: &'f Parameters) -> Self {
        let Parameters { generator, text, place } = parameters;
        Self { generator: generator.as_str(), text, r#where: place }
    }
}

fn to_js(found: &Found) -> JsValue {
    to_object(&FoundFields {
        format: found.format.as_str(),
        prompt: found.prompt.as_ref().map(TextFields::of),
        workflow: found.workflow.as_ref().map(TextFields::of),
        parameters: found.parameters.as_ref().map(ParametersFields::of),
        bytes_read: found.bytes_read as f64,
    })
}

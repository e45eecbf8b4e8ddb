//! Decoded outputs as `File`s, and the prompt result as JavaScript sees it.

use super::error::Failure;
use super::values::object;
use crate::Error;
use crate::protocol::stream::failure_of;
use crate::protocol::{Body, Output, OutputSink, PromptResult};
use js_sys::{Array, Function, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{File, FilePropertyBag};

#[wasm_bindgen(raw_module = "./result.js")]
extern "C" {
    #[wasm_bindgen(js_name = PromptResult)]
    type JsResult;

    #[wasm_bindgen(constructor, js_class = "PromptResult")]
    fn new(fields: &JsValue) -> JsResult;

    #[wasm_bindgen(js_name = Output)]
    type JsOutput;

    #[wasm_bindgen(constructor, js_class = "Output")]
    fn new(fields: &JsValue) -> JsOutput;
}

/// The pieces of each output, outside of wasm memory.
#[derive(Default)]
pub struct Files {
    outputs: Vec<Array>,
}

impl OutputSink for Files {
    fn piece(&mut self, output: usize, bytes: &[u8]) -> Result<(), Error> {
        if self.outputs.len() <= output {
            self.outputs.resize_with(output + 1, Array::new);
        }
        if let Some(pieces) = self.outputs.get(output) {
            pieces.push(&Uint8Array::from(bytes));
        }
        Ok(())
    }
}

impl Files {
    /// The whole result, or the failure that it reports.
    pub fn deliver(
        self,
        result: PromptResult,
        logs: Vec<String>,
        sent: &JsValue,
        rewrite_url: Option<&Function>,
    ) -> Result<JsValue, Failure> {
        let failed = failure_of(&result, logs);
        let result = self.into_js(result, sent, rewrite_url)?;
        let Some(error) = failed else { return Ok(result) };
        let error = JsValue::from(Failure::from(error));
        Reflect::set(&error, &"result".into(), &result).map_err(Failure::Thrown)?;
        Err(Failure::Thrown(error))
    }

    fn into_js(
        mut self,
        result: PromptResult,
        sent: &JsValue,
        rewrite_url: Option<&Function>,
    ) -> Result<JsValue, Failure> {
        let outputs = Array::new();
        for (index, output) in result.outputs.iter().enumerate() {
            let pieces = self.outputs.get_mut(index).map(std::mem::take).unwrap_or_default();
            outputs.push(&output_to_js(output, &pieces, rewrite_url)?);
        }
        let fields = object([
            ("promptId", optional(result.prompt_id)),
            ("status", optional(result.status)),
            ("completed", optional(result.completed)),
            ("executionTimeSeconds", optional(result.execution_time_seconds)),
            ("promptJson", optional(result.prompt)),
            ("outputs", outputs.into()),
            ("sent", sent.clone()),
        ])?;
        Ok(JsResult::new(&fields).into())
    }
}

fn output_to_js(output: &Output, pieces: &Array, rewrite_url: Option<&Function>) -> Result<JsValue, Failure> {
    let (file, url) = match &output.body {
        Body::Inline => (file(output, pieces)?.into(), JsValue::NULL),
        Body::Link(url) => (JsValue::NULL, rewritten(url, rewrite_url)?),
    };
    let size = output.size.map_or(JsValue::NULL, |size| JsValue::from(size as f64));
    let fields = object([
        ("filename", output.filename.as_str().into()),
        ("contentType", output.content_type.as_str().into()),
        ("size", size),
        ("file", file),
        ("url", url),
    ])?;
    Ok(JsOutput::new(&fields).into())
}

fn file(output: &Output, pieces: &Array) -> Result<File, Failure> {
    let options = FilePropertyBag::new();
    options.set_type(&output.content_type);
    File::new_with_u8_array_sequence_and_options(pieces, &output.filename, &options).map_err(Failure::Thrown)
}

fn rewritten(url: &str, rewrite_url: Option<&Function>) -> Result<JsValue, Failure> {
    match rewrite_url {
        Some(rewrite) => rewrite.call1(&JsValue::UNDEFINED, &url.into()).map_err(Failure::Thrown),
        None => Ok(url.into()),
    }
}

fn optional<T: Into<JsValue>>(value: Option<T>) -> JsValue {
    value.map_or(JsValue::NULL, Into::into)
}

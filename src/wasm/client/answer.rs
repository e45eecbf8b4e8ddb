//! Reads a response: chunks go in; events, decoded pieces and the prompt result come out.

use super::shared::{Shares, with_room};
use crate::protocol::failure::connection_broke;
use crate::protocol::stream::failure_of;
use crate::protocol::{Body, Limits, Output, OutputSink, PromptResult, ResultReader, StreamReader};
use crate::wasm::error::Failure;
use crate::wasm::record::to_object;
use crate::{Error, ErrorKind};
use js_sys::{Array, Uint8Array};
use serde::Serialize;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Where decoded pieces go: `OutputSink` in `pkg/src/output-sink.js`.
    pub type JsOutputSink;

    /// Takes a piece out of wasm memory.
    #[wasm_bindgen(method)]
    fn piece(this: &JsOutputSink, output: usize, address: *const u8, length: usize);
}

/// Reads one response. Between two chunks it keeps only what the response made it keep.
#[wasm_bindgen]
pub struct Answer {
    reader: Reader,
    progress: bool,
    sink: Pieces,
}

enum Reader {
    Plain(Box<ResultReader>),
    Streamed(Box<StreamReader>),
    Over,
}

#[wasm_bindgen]
impl Answer {
    /// A reader of a streamed or a plain response. A limit of 0 means no limit; a missing one means the default.
    #[wasm_bindgen(constructor)]
    pub fn new(
        streamed: bool,
        progress: bool,
        max_result: Option<f64>,
        max_event: Option<f64>,
        sink: JsOutputSink,
    ) -> Answer {
        let limit = |bytes: f64| if bytes > 0.0 { bytes.ceil() as u64 } else { u64::MAX };
        let Limits { max_result: any, max_event: usual } = Limits::default();
        let limits =
            Limits { max_result: max_result.map_or(any, limit), max_event: max_event.map_or(usual, limit) };
        let reader = match streamed {
            true => Reader::Streamed(Box::new(StreamReader::new(limits))),
            false => Reader::Plain(Box::new(ResultReader::new(limits.max_result))),
        };
        Self { reader, progress, sink: Pieces { sink, shares: Shares::default() } }
    }

    /// Reads a chunk. Returns two values: the events, as `pkg/src/event-batch.js` reads them, or undefined; and the
    /// failure, or undefined.
    pub fn feed(&mut self, chunk: &Uint8Array) -> Array {
        let Self { reader, progress, sink } = self;
        with_room(Some(chunk), *progress, &mut |bytes, events| match reader {
            Reader::Plain(reader) => reader.feed(bytes, sink),
            Reader::Streamed(reader) => reader.feed(bytes, events, sink),
            Reader::Over => Ok(()),
        })
    }

    /// Takes an event that the browser's `EventSource` has framed. Returns the values of [`Answer::feed`].
    pub fn event(&mut self, name: &str, data: &str) -> Array {
        let Self { reader, progress, sink } = self;
        with_room(None, *progress, &mut |_, events| match reader {
            Reader::Streamed(reader) => reader.event(name, data, events, sink),
            _ => Ok(()),
        })
    }

    /// True once the result is complete; whatever follows is ignored.
    #[wasm_bindgen(js_name = hasResult)]
    pub fn has_result(&self) -> bool {
        matches!(&self.reader, Reader::Streamed(reader) if reader.has_result())
    }

    /// Two values: the fields of the prompt result, and the failure that it reports, or undefined.
    pub fn finish(&mut self) -> Result<Array, Failure> {
        let (result, logs) = match std::mem::replace(&mut self.reader, Reader::Over) {
            Reader::Plain(reader) => (reader.finish_response(&mut self.sink)?, Vec::new()),
            Reader::Streamed(reader) => {
                let logs = reader.last_lines();
                (reader.finish()?, logs)
            }
            Reader::Over => return Err(Error::invalid_response("the run is over", None).into()),
        };
        let failure = failure_of(&result, logs).map(Failure::from);
        Ok(Array::of2(&to_object(&Fields::of(&result)), &failure.map_or(JsValue::UNDEFINED, JsValue::from)))
    }

    /// The error for a connection that broke while the response was read.
    pub fn broken(&self, cause: JsValue) -> JsValue {
        let logs = match &self.reader {
            Reader::Streamed(reader) => reader.last_lines(),
            _ => Vec::new(),
        };
        Failure::caused(connection_broke(logs), cause).into()
    }

    /// The error for an output that the browser had no room for.
    #[wasm_bindgen(js_name = storageFull)]
    pub fn storage_full(output_index: Option<usize>, cause: JsValue) -> JsValue {
        Failure::caused(ErrorKind::StorageFull { output_index }.into(), cause).into()
    }
}

/// Passes pieces to JavaScript, which takes them at once: one buffer is enough.
struct Pieces {
    sink: JsOutputSink,
    shares: Shares,
}

impl OutputSink for Pieces {
    fn piece(&mut self, output: usize, buffer: Vec<u8>, length: usize) -> Result<Vec<u8>, Error> {
        self.sink.piece(output, buffer.as_ptr(), length);
        Ok(buffer)
    }

    fn grow(&mut self, buffer: &mut Vec<u8>, length: usize) -> bool {
        self.shares.grow(buffer, length)
    }
}

/// The fields from which `pkg/src/result.js` makes a `PromptResult`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fields<'r> {
    prompt_id: Option<&'r str>,
    status: Option<&'r str>,
    completed: Option<bool>,
    execution_time_seconds: Option<f64>,
    prompt_json: Option<&'r str>,
    outputs: Vec<OutputFields<'r>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct OutputFields<'r> {
    filename: &'r str,
    content_type: &'r str,
    size: Option<f64>,
    url: Option<&'r str>,
}

impl<'r> Fields<'r> {
    fn of(result: &'r PromptResult) -> Self {
        Self {
            prompt_id: result.prompt_id.as_deref(),
            status: result.status.as_deref(),
            completed: result.completed,
            execution_time_seconds: result.execution_time_seconds,
            prompt_json: result.prompt.as_deref(),
            outputs: result.outputs.iter().map(OutputFields::of).collect(),
        }
    }
}

impl<'r> OutputFields<'r> {
    fn of(output: &'r Output) -> Self {
        let url = match &output.body {
            Body::Inline => None,
            Body::Link(url) => Some(url.as_str()),
        };
        let size = output.size.map(|size| size as f64);
        Self { filename: &output.filename, content_type: &output.content_type, size, url }
    }
}

//! The prompt result, read while it arrives: fields kept, files decoded and handed on.

mod builder;

use super::failure::ended_early;
use crate::json::push::{PushError, PushReader, Token, TokenSink};
use crate::{Error, ErrorKind};
use builder::Builder;
use viewcomfy_kernels::FirstFailure;

/// Room for a piece, in bytes. Pieces are nearly as large, unless the output ends or there is less room for them.
pub const PIECE: usize = 4 * 1024 * 1024;

/// Takes the decoded content of outputs.
pub trait OutputSink {
    /// Takes the next bytes of the output with this index, the first `length` of `buffer`, and gives a buffer for the
    /// ones behind them: the same or another one, whose content does not matter. The bytes count only when the whole
    /// result was read.
    ///
    /// # Errors
    /// Whatever the sink makes of its own troubles; reading ends with it.
    fn piece(&mut self, output: usize, buffer: Vec<u8>, length: usize) -> Result<Vec<u8>, Error>;

    /// Makes `buffer` so long, what is in it kept, and says whether there was room. Where there is not, the reader hands
    /// on what it has and goes on with smaller pieces: so a sink may share out the memory between readers.
    fn grow(&mut self, buffer: &mut Vec<u8>, length: usize) -> bool {
        grow(buffer, length)
    }
}

/// Adds to what may become large, and says whether there was memory for it.
pub(super) fn extend(buffer: &mut Vec<u8>, more: &[u8]) -> bool {
    let reserved = buffer.try_reserve(more.len()).is_ok();
    if reserved {
        buffer.extend_from_slice(more);
    }
    reserved
}

/// Makes `buffer` so long, and says whether there was memory for it.
pub fn grow(buffer: &mut Vec<u8>, length: usize) -> bool {
    if buffer.try_reserve_exact(length.saturating_sub(buffer.len())).is_err() {
        return false;
    }
    buffer.resize(length, 0);
    true
}

/// What a run made, as the service tells it. Missing and null fields are none.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PromptResult {
    /// `prompt_id`.
    pub prompt_id: Option<String>,
    /// `status`, such as `success`.
    pub status: Option<String>,
    /// `completed`.
    pub completed: Option<bool>,
    /// `execution_time_seconds`.
    pub execution_time_seconds: Option<f64>,
    /// `prompt`, the workflow as it ran, as its exact JSON text.
    pub prompt: Option<String>,
    /// `error_data`, what a failed run says of itself.
    pub error_data: Option<String>,
    /// `outputs`, in order.
    pub outputs: Vec<Output>,
}

/// One output of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Output {
    /// The name ComfyUI gave it; `output-N` when the service gives none.
    pub filename: String,
    /// Its MIME type.
    pub content_type: String,
    /// Its size in bytes as the service says it.
    pub size: Option<u64>,
    /// Where its content is.
    pub body: Body,
}

/// Where an output's content is.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Body {
    /// It came with the result and went to the [`OutputSink`].
    Inline,
    /// At this address.
    Link(String),
}

impl PromptResult {
    /// True when the service says that the run failed: `completed` is false, `status` is `error`, or there is `error_data`
    /// and no word of success.
    pub fn failed(&self) -> bool {
        let succeeded = self.completed == Some(true) || self.status.as_deref() == Some("success");
        let said_why = self.error_data.as_deref().is_some_and(|text| !text.is_empty());
        self.completed == Some(false) || self.status.as_deref() == Some("error") || (said_why && !succeeded)
    }
}

/// Reads a prompt result from chunks split anywhere.
#[derive(Debug)]
pub struct ResultReader {
    failure: FirstFailure<Error>,
    json: PushReader<Error>,
    builder: Builder,
    max_bytes: u64,
    taken: u64,
}

impl Default for ResultReader {
    fn default() -> Self {
        Self::new(u64::MAX)
    }
}

impl ResultReader {
    /// A reader of a prompt result whose JSON has at most `max_bytes`.
    pub fn new(max_bytes: u64) -> Self {
        Self {
            failure: FirstFailure::default(),
            json: PushReader::default(),
            builder: Builder::default(),
            max_bytes,
            taken: 0,
        }
    }

    /// Reads one more chunk; decoded content goes to `sink`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidResponse`] for what is not JSON or not a prompt result, [`ErrorKind::InvalidOutput`] for
    /// content that is damaged, [`ErrorKind::TooLarge`], or what the sink fails with.
    /// Every later call fails with the same error, and the sink gets nothing more.
    pub fn feed(&mut self, chunk: &[u8], sink: &mut dyn OutputSink) -> Result<(), Error> {
        self.failure.check()?;
        let read = self.read(chunk, sink);
        self.failure.keep(read)
    }

    fn read(&mut self, chunk: &[u8], sink: &mut dyn OutputSink) -> Result<(), Error> {
        let room = self.max_bytes - self.taken;
        let (within, beyond) = chunk.split_at(chunk.len().min(usize::try_from(room).unwrap_or(usize::MAX)));
        let fed = self.json.feed(within, &mut Pass { builder: &mut self.builder, sink });
        fed.map_err(|error| self.builder.located(error))?;
        self.taken += within.len() as u64;
        if beyond.is_empty() { Ok(()) } else { Err(self.builder.too_large(self.max_bytes)) }
    }

    /// Where reading stands: the bytes taken so far, and the output that is being read, if one is.
    pub fn position(&self) -> (u64, Option<usize>) {
        (self.taken, self.builder.current_output())
    }

    /// Checks that the result is complete and returns it.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidResponse`] when it ended early, or the error that
    /// [`ResultReader::feed`] failed with.
    pub fn finish(mut self, sink: &mut dyn OutputSink) -> Result<PromptResult, Error> {
        self.failure.check()?;
        let ended = self.json.finish(&mut Pass { builder: &mut self.builder, sink });
        ended.map_err(|error| self.builder.located(error))?;
        Ok(self.builder.result)
    }

    /// The same for an answer that is nothing but its result. One that ends early was cut off: some engines tell a
    /// connection that broke as a proper end.
    ///
    /// # Errors
    /// [`ErrorKind::StreamEnded`] when it ended early, else as [`ResultReader::finish`].
    pub fn finish_answer(self, sink: &mut dyn OutputSink) -> Result<PromptResult, Error> {
        self.failure.check()?;
        let position = self.position();
        self.finish(sink).map_err(|error| match error.kind() {
            // Of JSON that is whole and something else, there is no place to tell.
            ErrorKind::InvalidResponse { offset: Some(_), .. } => ended_early(Some(position), Vec::new()),
            _ => error,
        })
    }
}

impl From<PushError> for Error {
    fn from(error: PushError) -> Self {
        let PushError { offset, what } = error;
        Self::invalid_response(
            format!("the prompt result is not valid JSON at byte {offset}: {what}"),
            Some(offset),
        )
    }
}

/// The builder together with the sink of this call.
struct Pass<'p> {
    builder: &'p mut Builder,
    sink: &'p mut dyn OutputSink,
}

impl TokenSink for Pass<'_> {
    type Error = Error;

    fn token(&mut self, token: Token<'_>) -> Result<(), Error> {
        self.builder.token(token, self.sink)
    }

    fn wants_raw(&self) -> bool {
        self.builder.wants_raw()
    }

    fn raw(&mut self, text: &[u8]) -> Result<(), Error> {
        self.builder.raw(text)
    }
}

#[cfg(test)]
mod tests;

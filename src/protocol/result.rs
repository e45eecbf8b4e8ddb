//! The prompt result, read while it arrives: fields kept, files decoded and handed on. Depends on [`super::base64`] and [`crate::json`].

mod builder;

use crate::Error;
use crate::json::push::{PushError, PushReader, Token, TokenSink};
use builder::Builder;

/// Takes the decoded content of outputs.
pub trait OutputSink {
    /// Takes the next bytes of the output with this index. They count only when the whole result was read.
    fn piece(&mut self, output: usize, bytes: &[u8]) -> Result<(), Error>;
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
pub enum Body {
    /// It came with the result and went to the [`OutputSink`].
    Inline,
    /// At this address.
    Link(String),
}

impl PromptResult {
    /// True when the service says that the run failed: `completed` is false, or `status` is `error`.
    pub fn failed(&self) -> bool {
        self.completed == Some(false) || self.status.as_deref() == Some("error")
    }
}

/// Reads a prompt result from chunks split anywhere.
#[derive(Debug, Default)]
pub struct ResultReader {
    json: PushReader,
    builder: Builder,
}

impl ResultReader {
    /// Reads one more chunk; decoded content goes to `sink`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidResponse`](crate::ErrorKind::InvalidResponse) for what is not JSON or not a prompt result, [`ErrorKind::InvalidOutput`](crate::ErrorKind::InvalidOutput) for
    /// content that is damaged, or whatever the sink throws. The reader must not be used after that.
    pub fn feed(&mut self, chunk: &[u8], sink: &mut dyn OutputSink) -> Result<(), Error> {
        self.json.feed(chunk, &mut Pass { builder: &mut self.builder, sink })
    }

    /// Checks that the result is complete and returns it.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidResponse`](crate::ErrorKind::InvalidResponse) when it ended early.
    pub fn finish(mut self, sink: &mut dyn OutputSink) -> Result<PromptResult, Error> {
        self.json.finish(&mut Pass { builder: &mut self.builder, sink })?;
        Ok(self.builder.result)
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

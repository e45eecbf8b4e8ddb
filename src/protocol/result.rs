//! The prompt result, read while it arrives: fields are kept, files are decoded and passed on.

mod builder;

use super::failure::ended_early;
use crate::json::push::{PushError, PushReader, Token, TokenSink};
use crate::{Error, ErrorKind};
use builder::Builder;
use viewcomfy_kernels::FirstFailure;

/// The size of a buffer for decoded content, in bytes. Pieces are nearly as large, unless the output ends or there is
/// less memory.
pub const PIECE: usize = 4 * 1024 * 1024;

/// Takes the decoded content of outputs.
pub trait OutputSink {
    /// Takes the next bytes of the output with this index, the first `length` of `buffer`, and returns a buffer for
    /// the following ones: the same or another one, with any content. The bytes are valid only once the whole result
    /// has been read.
    ///
    /// # Errors
    /// Any error of the sink; it ends the reading.
    fn piece(&mut self, output: usize, buffer: Vec<u8>, length: usize) -> Result<Vec<u8>, Error>;

    /// Makes `buffer` this long, keeping its content, and returns whether there was memory for it. If not, the reader
    /// passes on what it has and continues with smaller pieces, so a sink may divide the memory among readers.
    fn grow(&mut self, buffer: &mut Vec<u8>, length: usize) -> bool {
        grow(buffer, length)
    }
}

/// Appends to a buffer that may become large, and returns whether there was memory for it.
pub(super) fn extend(buffer: &mut Vec<u8>, more: &[u8]) -> bool {
    let reserved = buffer.try_reserve(more.len()).is_ok();
    if reserved {
        buffer.extend_from_slice(more);
    }
    reserved
}

/// Makes `buffer` this long, and returns whether there was memory for it.
pub fn grow(buffer: &mut Vec<u8>, length: usize) -> bool {
    if buffer.try_reserve_exact(length.saturating_sub(buffer.len())).is_err() {
        return false;
    }
    buffer.resize(length, 0);
    true
}

/// The result of a run, as the service reports it. Missing and null fields are `None`.
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
    /// `error_data`, the reason why a run failed.
    pub error_data: Option<String>,
    /// `outputs`, in order.
    pub outputs: Vec<Output>,
}

/// One output of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Output {
    /// The name that ComfyUI gave it; `output-N` if the service sends none.
    pub filename: String,
    /// Its MIME type.
    pub content_type: String,
    /// Its size in bytes, as the service reports it.
    pub size: Option<u64>,
    /// Where its content is.
    pub body: Body,
}

/// Where the content of an output is.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Body {
    /// It came with the result and was passed to the [`OutputSink`].
    Inline,
    /// At this address.
    Link(String),
}

impl PromptResult {
    /// True if the service says that the run failed: `completed` is false, `status` is `error`, or there is
    /// `error_data` and nothing that says it succeeded.
    pub fn failed(&self) -> bool {
        let succeeded = self.completed == Some(true) || self.status.as_deref() == Some("success");
        let said_why = self.error_data.as_deref().is_some_and(|text| !text.is_empty());
        self.completed == Some(false) || self.status.as_deref() == Some("error") || (said_why && !succeeded)
    }
}

/// Reads a prompt result from chunks that may be split anywhere; [`StreamReader`](super::StreamReader) reads one in an
/// event stream.
///
/// ```
/// use viewcomfy_wasm::Error;
/// use viewcomfy_wasm::protocol::{OutputSink, ResultReader};
///
/// struct File(Vec<u8>);
///
/// impl OutputSink for File {
///     fn piece(&mut self, _output: usize, buffer: Vec<u8>, length: usize) -> Result<Vec<u8>, Error> {
///         self.0.extend_from_slice(&buffer[..length]);
///         Ok(buffer)
///     }
/// }
///
/// let (mut reader, mut file) = (ResultReader::default(), File(Vec::new()));
/// for chunk in ["{\"outputs\": [{\"filename\": \"a.txt\", \"data\": \"aGVs", "bG8=\"}]}"] {
///     reader.feed(chunk.as_bytes(), &mut file)?;
/// }
/// let result = reader.finish(&mut file)?;
/// assert_eq!((&*result.outputs[0].filename, &*file.0), ("a.txt", b"hello".as_slice()));
/// # Ok::<(), Error>(())
/// ```
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
    /// A reader of a prompt result whose JSON has at most `max_bytes` bytes.
    pub fn new(max_bytes: u64) -> Self {
        Self {
            failure: FirstFailure::default(),
            json: PushReader::default(),
            builder: Builder::default(),
            max_bytes,
            taken: 0,
        }
    }

    /// Reads the next chunk; decoded content goes to `sink`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidResponse`] if it is not JSON or not a prompt result, [`ErrorKind::InvalidOutput`] for
    /// damaged content, [`ErrorKind::TooLarge`] beyond the limit, [`ErrorKind::StorageFull`] without memory, or the
    /// error of the sink. Every later call fails with the same error, and the sink gets nothing more.
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

    /// How far reading has come: the number of bytes read, and the index of the output that is being read, if any.
    pub fn position(&self) -> (u64, Option<usize>) {
        (self.taken, self.builder.current_output())
    }

    /// Checks that the result is complete and returns it.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidResponse`] if it ended early, or the error that [`ResultReader::feed`] failed with.
    pub fn finish(mut self, sink: &mut dyn OutputSink) -> Result<PromptResult, Error> {
        self.failure.check()?;
        let ended = self.json.finish(&mut Pass { builder: &mut self.builder, sink });
        ended.map_err(|error| self.builder.located(error))?;
        Ok(self.builder.result)
    }

    /// The same for a response that consists of its result. If it ends early, it was cut off: some engines report a
    /// broken connection as a normal end.
    ///
    /// # Errors
    /// [`ErrorKind::StreamEnded`] if it ended early, otherwise those of [`ResultReader::finish`].
    pub fn finish_response(self, sink: &mut dyn OutputSink) -> Result<PromptResult, Error> {
        self.failure.check()?;
        let position = self.position();
        self.finish(sink).map_err(|error| match error.kind() {
            // JSON that is complete but something else has no place to report.
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

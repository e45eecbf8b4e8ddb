//! The streamed response: an event stream comes in; log lines and progress go out, and the prompt result at its end.

use super::failure;
use super::progress::{self, Progress};
use super::result::{OutputSink, PromptResult, ResultReader, extend};
use super::sse::{SseParser, SseSink};
use crate::{Error, ErrorKind};
use std::borrow::Cow;
use std::collections::VecDeque;
use viewcomfy_kernels::FirstFailure;

/// What a run reports while it goes on.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Event<'a> {
    /// A line of ComfyUI's log.
    Log(&'a str),
    /// Progress read from the log line before it.
    Progress(Progress),
    /// An `error` event; a result may still follow.
    Error(&'a str),
    /// A `preview` event, which only an app's own route sends: one line of JSON, with the image in base64.
    Preview(&'a str),
}

/// Takes what a run reports, in order.
pub trait EventSink {
    /// Takes one event.
    fn event(&mut self, event: Event<'_>);
    /// False if nobody listens to progress; lines are then not searched for it.
    fn wants_progress(&self) -> bool {
        true
    }
}

/// The most that is accepted in one response, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The JSON of the prompt result.
    pub max_result: u64,
    /// The data of any other event.
    pub max_event: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_result: u64::MAX, max_event: 16 * 1024 * 1024 }
    }
}

/// How many of the last log lines an error contains.
pub const LAST_LINES: usize = 20;

/// Reads a streamed response from chunks that may be split anywhere; the [first
/// page](crate#read-a-streamed-response-from-chunks) has an example.
#[derive(Debug, Default)]
pub struct StreamReader {
    failure: FirstFailure<Error>,
    sse: SseParser<Error>,
    run: Run,
}

#[derive(Debug, Default)]
struct Run {
    limits: Limits,
    /// The data of the current event, unless it is a result.
    data: Vec<u8>,
    reader: Option<ResultReader>,
    result: Option<PromptResult>,
    last_error: Option<String>,
    last_lines: VecDeque<String>,
}

impl StreamReader {
    /// A reader that accepts no more than `limits`.
    pub fn new(limits: Limits) -> Self {
        Self { run: Run { limits, ..Run::default() }, ..Self::default() }
    }

    /// Reads the next chunk; its events go to `events`, decoded content to `outputs`.
    ///
    /// # Errors
    /// Those of [`ResultReader::feed`], and [`ErrorKind::TooLarge`] for any other event beyond its limit. Every later
    /// call fails with the same error, and neither sink gets anything more.
    pub fn feed(
        &mut self,
        chunk: &[u8],
        events: &mut dyn EventSink,
        outputs: &mut dyn OutputSink,
    ) -> Result<(), Error> {
        self.failure.check()?;
        let read = self.sse.feed(chunk, &mut Pass { run: &mut self.run, events, outputs });
        self.failure.keep(read)
    }

    /// Takes an event that was framed elsewhere, such as by the browser's `EventSource`.
    ///
    /// # Errors
    /// Those of [`StreamReader::feed`].
    pub fn event(
        &mut self,
        name: &str,
        data: &str,
        events: &mut dyn EventSink,
        outputs: &mut dyn OutputSink,
    ) -> Result<(), Error> {
        self.failure.check()?;
        let mut pass = Pass { run: &mut self.run, events, outputs };
        let taken = pass.data(name, data.as_bytes()).and_then(|()| pass.dispatch(name));
        self.failure.keep(taken)
    }

    /// True once the result is complete; whatever follows is ignored.
    pub fn has_result(&self) -> bool {
        self.run.result.is_some()
    }

    /// The last log lines so far, oldest first, at most [`LAST_LINES`].
    pub fn last_lines(&self) -> Vec<String> {
        self.run.last_lines.iter().cloned().collect()
    }

    /// The result of a stream that has ended.
    ///
    /// # Errors
    /// [`ErrorKind::ExecutionFailed`] or [`ErrorKind::ValidationFailed`] if the run reported a failure,
    /// [`ErrorKind::StreamEnded`] if there is neither a result nor a reason, or the error that [`StreamReader::feed`]
    /// or [`StreamReader::event`] failed with.
    pub fn finish(mut self) -> Result<PromptResult, Error> {
        self.failure.check()?;
        let logs = self.last_lines();
        if let Some(result) = self.run.result.take() {
            return Ok(result);
        }
        if let Some(last) = self.run.last_error.as_deref() {
            return Err(failure::from_event(last, logs));
        }
        Err(failure::ended_early(self.run.reader.as_ref().map(ResultReader::position), logs))
    }
}

/// The error for a result that says that its run failed; `None` for any other result. If ComfyUI refused the run, the
/// error has its reasons by node, as it has for an `error` event.
pub fn failure_of(result: &PromptResult, logs: Vec<String>) -> Option<Error> {
    if !result.failed() {
        return None;
    }
    if let Some(refused) = result.error_data.as_deref().and_then(failure::refused) {
        return Some(refused);
    }
    let said = result.error_data.as_deref().unwrap_or("the service does not say why; see the log");
    Some(
        ErrorKind::ExecutionFailed {
            message: format!("the run failed: {said}"),
            logs,
            error_data: result.error_data.clone(),
        }
        .into(),
    )
}

/// The state of the run together with the sinks of this call.
struct Pass<'p> {
    run: &'p mut Run,
    events: &'p mut dyn EventSink,
    outputs: &'p mut dyn OutputSink,
}

const RESULT: &str = "prompt_result";

impl SseSink for Pass<'_> {
    type Error = Error;

    fn data(&mut self, name: &str, piece: &[u8]) -> Result<(), Error> {
        if self.run.result.is_some() {
            return Ok(());
        }
        if name == RESULT && self.run.data.is_empty() {
            return self.run.reader().feed(piece, self.outputs);
        }
        let limit = self.run.limits.max_event;
        if (self.run.data.len() + piece.len()) as u64 > limit {
            return Err(too_large(limit));
        }
        if extend(&mut self.run.data, piece) {
            return Ok(());
        }
        Err(ErrorKind::StorageFull { output_index: None }.into())
    }

    fn dispatch(&mut self, name: &str) -> Result<(), Error> {
        let data = std::mem::take(&mut self.run.data);
        if self.run.result.is_some() {
            return Ok(());
        }
        if name == RESULT {
            // An event may send its name after its data; the data then had to wait here.
            self.run.reader().feed(&data, self.outputs)?;
            let reader = self.run.reader.take().unwrap_or_default();
            self.run.result = Some(reader.finish(self.outputs)?);
            return Ok(());
        }
        if self.run.reader.take().is_some() {
            return Err(Error::invalid_response(
                "a prompt result changed its event name behind its data",
                None,
            ));
        }
        // Nearly every line is valid, and checking is quicker than repairing.
        let text = std::str::from_utf8(&data).map_or_else(|_| String::from_utf8_lossy(&data), Cow::from);
        match name {
            "log_message" => self.log(&text),
            "error" => {
                self.run.last_error = Some(text.clone().into_owned());
                self.events.event(Event::Error(&text));
            }
            "preview" => self.events.event(Event::Preview(&text)),
            _ => {}
        }
        drop(text);
        // The next event's data uses the same memory.
        self.run.data = data;
        self.run.data.clear();
        Ok(())
    }
}

impl Pass<'_> {
    fn log(&mut self, line: &str) {
        self.run.remember(line);
        self.events.event(Event::Log(line));
        if self.events.wants_progress()
            && let Some(progress) = progress::parse(line)
        {
            self.events.event(Event::Progress(progress));
        }
    }
}

impl Run {
    fn reader(&mut self) -> &mut ResultReader {
        self.reader.get_or_insert_with(|| ResultReader::new(self.limits.max_result))
    }

    /// Keeps the line among the last ones, in the memory of the line that it replaces.
    fn remember(&mut self, line: &str) {
        let full = self.last_lines.len() == LAST_LINES;
        let mut kept = if full { self.last_lines.pop_front() } else { None }.unwrap_or_default();
        line.clone_into(&mut kept);
        self.last_lines.push_back(kept);
    }
}

fn too_large(limit: u64) -> Error {
    ErrorKind::TooLarge {
        message: format!(
            "an event is larger than {limit} bytes: raise the limit of an event if you expect this much"
        ),
        limit,
        offset: limit,
        output_index: None,
        filename: None,
    }
    .into()
}

#[cfg(test)]
mod tests;

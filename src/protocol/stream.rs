//! The streamed answer: event stream in, log lines and progress out, and the prompt result at its end. Depends on its siblings.

use super::failure;
use super::progress::{self, Progress};
use super::result::{OutputSink, PromptResult, ResultReader};
use super::sse::{SseParser, SseSink};
use crate::{Error, ErrorKind};
use std::borrow::Cow;
use std::collections::VecDeque;

/// What a run tells while it goes on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Event<'a> {
    /// A line of ComfyUI's log.
    Log(&'a str),
    /// Progress read from the log line before it.
    Progress(Progress),
    /// An `error` event; a result may still follow.
    Error(&'a str),
}

/// Takes what a run tells, in order.
pub trait EventSink {
    /// Takes one event.
    fn event(&mut self, event: Event<'_>);
    /// False when nobody listens to progress; then no line is searched for it.
    fn wants_progress(&self) -> bool {
        true
    }
}

/// How much is accepted of one answer, in bytes.
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

/// How many of the last log lines a failure carries.
pub const LAST_LINES: usize = 20;

/// Reads a streamed answer from chunks split anywhere.
#[derive(Debug, Default)]
pub struct StreamReader {
    sse: SseParser,
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
    /// A reader that takes no more than `limits`.
    pub fn new(limits: Limits) -> Self {
        Self { sse: SseParser::default(), run: Run { limits, ..Run::default() } }
    }

    /// Reads one more chunk; what it tells goes to `events`, decoded content to `outputs`.
    ///
    /// # Errors
    /// As [`ResultReader::feed`]; also [`ErrorKind::TooLarge`] for another event beyond its limit.
    pub fn feed(
        &mut self,
        chunk: &[u8],
        events: &mut dyn EventSink,
        outputs: &mut dyn OutputSink,
    ) -> Result<(), Error> {
        self.sse.feed(chunk, &mut Pass { run: &mut self.run, events, outputs })
    }

    /// Takes an event that was framed elsewhere: by the browser's `EventSource`.
    ///
    /// # Errors
    /// As [`StreamReader::feed`].
    pub fn event(
        &mut self,
        name: &str,
        data: &str,
        events: &mut dyn EventSink,
        outputs: &mut dyn OutputSink,
    ) -> Result<(), Error> {
        let mut pass = Pass { run: &mut self.run, events, outputs };
        pass.data(name, data.as_bytes())?;
        pass.dispatch(name)
    }

    /// True once the result is whole; what follows it does not matter.
    pub fn has_result(&self) -> bool {
        self.run.result.is_some()
    }

    /// The last log lines so far, oldest first.
    pub fn last_lines(&self) -> Vec<String> {
        self.run.last_lines.iter().cloned().collect()
    }

    /// The result of a stream that has ended.
    ///
    /// # Errors
    /// [`ErrorKind::ExecutionFailed`] or [`ErrorKind::ValidationFailed`] when the run said that it failed,
    /// [`ErrorKind::StreamEnded`] when there is no result and nobody said why.
    pub fn finish(mut self) -> Result<PromptResult, Error> {
        let logs = self.last_lines();
        if let Some(result) = self.run.result.take() {
            return Ok(result);
        }
        if let Some(last) = self.run.last_error.as_deref() {
            return Err(failure::from_event(last, logs));
        }
        let position = self.run.reader.as_ref().map(ResultReader::position);
        let place = match position {
            None => "without a result".to_owned(),
            Some((bytes, None)) => format!("in the middle of its result, after {bytes} bytes of it"),
            Some((bytes, Some(output))) => {
                format!("in the middle of output {output}, after {bytes} bytes of the result")
            }
        };
        let said =
            logs.last().map(|line| format!("; its log said last: {}", line.trim())).unwrap_or_default();
        Err(ErrorKind::StreamEnded {
            message: format!(
                "the answer ended {place}: the deployment crashed or a gateway cut it off{said}; run it again"
            ),
            logs,
            offset: position.map(|(bytes, _)| bytes),
            output_index: position.and_then(|(_, output)| output),
        }
        .into())
    }
}

/// The error for a result that says that its run failed; none for any other result.
pub fn failure_of(result: &PromptResult, logs: Vec<String>) -> Option<Error> {
    if !result.failed() {
        return None;
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
        self.run.data.extend_from_slice(piece);
        Ok(())
    }

    fn dispatch(&mut self, name: &str) -> Result<(), Error> {
        let data = std::mem::take(&mut self.run.data);
        if self.run.result.is_some() {
            return Ok(());
        }
        if name == RESULT {
            // An event may name itself only after its data; then the data had to wait here.
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
        // Nearly every line is valid, and that is quicker to check than to repair.
        let text = std::str::from_utf8(&data).map_or_else(|_| String::from_utf8_lossy(&data), Cow::from);
        match name {
            "log_message" => self.log(&text),
            "error" => {
                self.run.last_error = Some(text.clone().into_owned());
                self.events.event(Event::Error(&text));
            }
            _ => {}
        }
        drop(text);
        // The next event's data has the same room.
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

    /// Keeps the line among the last ones, in the room of the one that leaves them.
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
            "an event is larger than {limit} bytes: raise maxEventBytes (0 is none) if it may be"
        ),
        limit,
        offset: limit,
        output_index: None,
        filename: None,
    }
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Bytes(Vec<u8>);

    impl OutputSink for Bytes {
        fn piece(&mut self, _output: usize, buffer: Vec<u8>, length: usize) -> Result<Vec<u8>, Error> {
            self.0.extend_from_slice(&buffer[..length]);
            Ok(buffer)
        }
    }

    #[derive(Default, PartialEq, Debug)]
    struct Told(Vec<String>);

    impl EventSink for Told {
        fn event(&mut self, event: Event<'_>) {
            self.0.push(match event {
                Event::Log(line) => format!("log {line}"),
                Event::Progress(progress) => format!("progress {}", progress.step),
                Event::Error(message) => format!("error {message}"),
            });
        }
    }

    type Read = (Result<PromptResult, Error>, Told, Vec<u8>);

    fn read<'c>(chunks: impl IntoIterator<Item = &'c [u8]>) -> Read {
        read_within(Limits::default(), chunks)
    }

    fn read_within<'c>(limits: Limits, chunks: impl IntoIterator<Item = &'c [u8]>) -> Read {
        let (mut reader, mut told, mut sink) = (StreamReader::new(limits), Told::default(), Bytes::default());
        for chunk in chunks {
            if let Err(error) = reader.feed(chunk, &mut told, &mut sink) {
                return (Err(error), told, sink.0);
            }
        }
        (reader.finish(), told, sink.0)
    }

    const STREAM: &str = "event: log_message\r\ndata: got prompt é\r\n\r\n: ping\r\n\r\nevent: log_message\r\ndata:  45%|█| 9/20 [00:03<00:04,  2.51it/s]\r\n\r\nevent: error\r\ndata: careful\r\n\r\nevent: prompt_result\r\ndata: {\"outputs\": [{\"filename\": \"a\",\r\ndata: \"data\": \"aGVsbG8=\", \"size\": 5}]}\r\n\r\nevent: log_message\r\ndata: late\r\n\r\n";

    #[test]
    fn every_split_gives_the_same_events_and_result() {
        let whole = read([STREAM.as_bytes()]);
        let (Ok(result), told, bytes) = &whole else { panic!("{whole:?}") };
        assert_eq!((result.outputs.len(), bytes.as_slice()), (1, b"hello".as_slice()));
        let bar = "log  45%|█| 9/20 [00:03<00:04,  2.51it/s]";
        assert_eq!(told.0, ["log got prompt é", bar, "progress 9", "error careful"]);
        for split in 0..STREAM.len() {
            let (a, b) = STREAM.as_bytes().split_at(split);
            assert_eq!(read([a, b]), whole, "split at {split}");
        }
        assert_eq!(read(STREAM.as_bytes().chunks(1)), whole);
    }

    #[test]
    fn a_name_behind_the_data_still_counts() {
        let (result, ..) = read([b"data: {\"status\":\"ok\"}\nevent: prompt_result\n\n".as_slice()]);
        assert_eq!(result.map(|r| r.status), Ok(Some("ok".into())));
        let (result, ..) = read([b"event: prompt_result\ndata: {}\nevent: log_message\n\n".as_slice()]);
        assert_eq!(result.map_err(|e| e.code()), Err("invalid_response"));
    }

    #[test]
    fn no_result_is_a_failure_with_the_last_lines() {
        let mut stream = String::new();
        for line in 0..30 {
            stream += &format!("event: log_message\ndata: line {line}\n\n");
        }
        let (result, ..) = read([stream.as_bytes()]);
        let error = result.as_ref().err().map(Error::kind);
        let Some(ErrorKind::StreamEnded { logs, message, .. }) = error else { panic!("{result:?}") };
        assert_eq!((logs.len(), logs[19].as_str()), (LAST_LINES, "line 29"));
        assert!(message.contains("line 29"));
        let (result, ..) = read([b"event: prompt_result\ndata: {}\n".as_slice()]);
        assert!(result.is_err_and(|e| e.to_string().contains("in the middle of its result")));
        let cut =
            b"event: prompt_result\ndata: {\"outputs\": [{\"data\": \"AAAA\"}, {\"data\": \"AA".as_slice();
        let (result, ..) = read([cut]);
        let place = match result.as_ref().err().map(Error::kind) {
            Some(ErrorKind::StreamEnded { offset, output_index, .. }) => (*offset, *output_index),
            _ => panic!("{result:?}"),
        };
        assert_eq!(place, (Some(43), Some(1)));
    }

    #[test]
    fn limits_hold_to_the_byte() {
        let events = |max_event| {
            let limits = Limits { max_event, ..Limits::default() };
            read_within(
                limits,
                [b"event: log_message\ndata: 12345\n\nevent: prompt_result\ndata: {}\n\n".as_slice()],
            )
        };
        assert!(events(5).0.is_ok());
        assert_eq!(events(4).0.map_err(|e| e.code()), Err("too_large"));
        let result = |max_result, json: &str| {
            let stream = format!("event: prompt_result\ndata: {json}\n\n");
            let limits = Limits { max_result, ..Limits::default() };
            read_within(limits, stream.as_bytes().chunks(3)).0
        };
        let json = r#"{"outputs": [{"filename": "a", "data": "AAAA"}]}"#;
        assert!(result(json.len() as u64, json).is_ok());
        assert_eq!(result(json.len() as u64 - 1, json).map_err(|e| e.code()), Err("too_large"));
        let error = result(42, json);
        let Err(Some(ErrorKind::TooLarge { offset, output_index, filename, .. })) =
            error.as_ref().map_err(|e| Some(e.kind()))
        else {
            panic!("{error:?}")
        };
        assert_eq!((*offset, *output_index, filename.as_deref()), (42, Some(0), Some("a")));
    }

    #[test]
    fn an_error_event_without_a_result_fails_the_run() {
        let (result, ..) = read([b"event: error\ndata: out of memory\n\n".as_slice()]);
        assert!(result.as_ref().is_err_and(|error| error.code() == "execution_failed"), "{result:?}");
    }

    #[test]
    fn a_result_may_say_that_the_run_failed() {
        for json in [r#"{"status":"error","error_data":"boom"}"#, r#"{"completed":false}"#] {
            let (result, ..) = read([format!("event: prompt_result\ndata: {json}\n\n").as_bytes()]);
            let failed = result.ok().and_then(|result| failure_of(&result, vec![]));
            assert!(failed.is_some_and(|error| error.code() == "execution_failed"), "{json}");
        }
    }

    #[test]
    fn a_browsers_own_events_are_read_alike() {
        let (mut reader, mut told, mut sink) = (StreamReader::default(), Told::default(), Bytes::default());
        let fed = reader
            .event("log_message", "hi", &mut told, &mut sink)
            .and_then(|()| reader.event("prompt_result", "{}", &mut told, &mut sink));
        assert_eq!((fed, reader.has_result()), (Ok(()), true));
        assert_eq!(told.0, ["log hi"]);
    }
}

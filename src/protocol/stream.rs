//! The streamed answer: event stream in, log lines and progress out, and the prompt result at its end. Depends on its siblings.

use super::failure;
use super::progress::{self, Progress};
use super::result::{OutputSink, PromptResult, ResultReader};
use super::sse::{SseParser, SseSink};
use crate::{Error, ErrorKind};
use std::collections::VecDeque;

/// What a run tells while it goes on.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// A line of ComfyUI's log.
    Log(String),
    /// Progress read from the log line before it.
    Progress(Progress),
    /// An `error` event; a result may still follow.
    Error(String),
}

/// The largest event other than a prompt result, in bytes.
const MAX_EVENT: usize = 16 * 1024 * 1024;

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
    /// The data of the current event, unless it is a result.
    data: Vec<u8>,
    reader: Option<ResultReader>,
    result: Option<PromptResult>,
    errors: Vec<String>,
    last_lines: VecDeque<String>,
}

impl StreamReader {
    /// Reads one more chunk, appending what it tells to `events`; decoded content goes to `sink`.
    ///
    /// # Errors
    /// As [`ResultReader::feed`]; also [`ErrorKind::InvalidResponse`] for an event beyond all measure.
    pub fn feed(
        &mut self,
        chunk: &[u8],
        events: &mut Vec<Event>,
        sink: &mut dyn OutputSink,
    ) -> Result<(), Error> {
        self.sse.feed(chunk, &mut Pass { run: &mut self.run, events, sink })
    }

    /// Takes an event that was framed elsewhere: by the browser's `EventSource`.
    ///
    /// # Errors
    /// As [`StreamReader::feed`].
    pub fn event(
        &mut self,
        name: &str,
        data: &str,
        events: &mut Vec<Event>,
        sink: &mut dyn OutputSink,
    ) -> Result<(), Error> {
        let mut pass = Pass { run: &mut self.run, events, sink };
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
        if let Some(last) = self.run.errors.last() {
            return Err(failure::from_event(last, logs));
        }
        let place =
            if self.run.reader.is_some() { "in the middle of its result" } else { "without a result" };
        let said =
            logs.last().map(|line| format!("; its log said last: {}", line.trim())).unwrap_or_default();
        Err(ErrorKind::StreamEnded {
            message: format!(
                "the answer ended {place}: the deployment crashed or a gateway cut it off{said}; run it again"
            ),
            logs,
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

/// The state of the run together with what this call fills.
struct Pass<'p> {
    run: &'p mut Run,
    events: &'p mut Vec<Event>,
    sink: &'p mut dyn OutputSink,
}

const RESULT: &str = "prompt_result";

impl SseSink for Pass<'_> {
    type Error = Error;

    fn data(&mut self, name: &str, piece: &[u8]) -> Result<(), Error> {
        if self.run.result.is_some() {
            return Ok(());
        }
        if name == RESULT && self.run.data.is_empty() {
            return self.run.reader.get_or_insert_default().feed(piece, self.sink);
        }
        if self.run.data.len() + piece.len() > MAX_EVENT {
            return Err(Error::invalid_response(format!("an event is larger than {MAX_EVENT} bytes"), None));
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
            let mut reader = self.run.reader.take().unwrap_or_default();
            reader.feed(&data, self.sink)?;
            self.run.result = Some(reader.finish(self.sink)?);
            return Ok(());
        }
        if self.run.reader.take().is_some() {
            return Err(Error::invalid_response(
                "a prompt result changed its event name behind its data",
                None,
            ));
        }
        let text = String::from_utf8_lossy(&data).into_owned();
        match name {
            "log_message" => self.log(text),
            "error" => {
                self.run.errors.push(text.clone());
                self.events.push(Event::Error(text));
            }
            _ => {}
        }
        Ok(())
    }
}

impl Pass<'_> {
    fn log(&mut self, line: String) {
        if self.run.last_lines.len() == LAST_LINES {
            self.run.last_lines.pop_front();
        }
        self.run.last_lines.push_back(line.clone());
        let progress = progress::parse(&line);
        self.events.push(Event::Log(line));
        self.events.extend(progress.map(Event::Progress));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Bytes(Vec<u8>);

    impl OutputSink for Bytes {
        fn piece(&mut self, _output: usize, bytes: &[u8]) -> Result<(), Error> {
            self.0.extend_from_slice(bytes);
            Ok(())
        }
    }

    type Read = (Result<PromptResult, Error>, Vec<Event>, Vec<u8>);

    fn read<'c>(chunks: impl IntoIterator<Item = &'c [u8]>) -> Read {
        let (mut reader, mut events, mut sink) = (StreamReader::default(), Vec::new(), Bytes::default());
        for chunk in chunks {
            if let Err(error) = reader.feed(chunk, &mut events, &mut sink) {
                return (Err(error), events, sink.0);
            }
        }
        (reader.finish(), events, sink.0)
    }

    const STREAM: &str = "event: log_message\r\ndata: got prompt é\r\n\r\n: ping\r\n\r\nevent: log_message\r\ndata:  45%|█| 9/20 [00:03<00:04,  2.51it/s]\r\n\r\nevent: error\r\ndata: careful\r\n\r\nevent: prompt_result\r\ndata: {\"outputs\": [{\"filename\": \"a\",\r\ndata: \"data\": \"aGVsbG8=\", \"size\": 5}]}\r\n\r\nevent: log_message\r\ndata: late\r\n\r\n";

    #[test]
    fn every_split_gives_the_same_events_and_result() {
        let whole = read([STREAM.as_bytes()]);
        let (Ok(result), events, bytes) = &whole else { panic!("{whole:?}") };
        assert_eq!((result.outputs.len(), bytes.as_slice()), (1, b"hello".as_slice()));
        let [Event::Log(first), Event::Log(_), Event::Progress(progress), Event::Error(error)] =
            events.as_slice()
        else {
            panic!("{events:?}")
        };
        assert_eq!((first.as_str(), progress.step, error.as_str()), ("got prompt é", 9.0, "careful"));
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
        let Some(ErrorKind::StreamEnded { logs, message }) = error else { panic!("{result:?}") };
        assert_eq!((logs.len(), logs[19].as_str()), (LAST_LINES, "line 29"));
        assert!(message.contains("line 29"));
        let (result, ..) = read([b"event: prompt_result\ndata: {}\n".as_slice()]);
        assert!(result.is_err_and(|e| e.to_string().contains("in the middle of its result")));
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
        let (mut reader, mut events, mut sink) = (StreamReader::default(), Vec::new(), Bytes::default());
        let fed = reader
            .event("log_message", "hi", &mut events, &mut sink)
            .and_then(|()| reader.event("prompt_result", "{}", &mut events, &mut sink));
        assert_eq!((fed, reader.has_result()), (Ok(()), true));
        assert_eq!(events, [Event::Log("hi".into())]);
    }
}

//! A reader that has failed stays failed: whatever it is given after that, it gives its first error again and hands
//! nothing on.

use std::fmt::Debug;
use viewcomfy_wasm::json::push::{PushError, PushReader, Token, TokenSink};
use viewcomfy_wasm::protocol::base64::{Base64Decoder, Base64Error, room_for};
use viewcomfy_wasm::protocol::sse::{SseParser, SseSink};
use viewcomfy_wasm::protocol::{Event, EventSink, OutputSink, ResultReader, StreamReader};
use viewcomfy_wasm::{Error, ErrorCode, ErrorKind};

/// One reader with the sink it writes into.
trait Reader: Default {
    type Error: PartialEq + Debug;
    fn feed(&mut self, chunk: &[u8]) -> Result<(), Self::Error>;
    /// Ends the reading; the error it gives, if any, and how much the sink has heard until then.
    fn finish(self) -> (Option<Self::Error>, usize);
    fn heard(&self) -> usize;
}

/// Feeds `damaged` in two pieces, cut at every place, then what would be welcome, and ends; the error of all calls from
/// the first failure on must be that failure.
fn stays_failed<R: Reader>(damaged: &str, welcome: &str) {
    let mut failures = 0;
    for split in 0..=damaged.len() {
        let (first, second) = damaged.as_bytes().split_at(split);
        let mut reader = R::default();
        let failure = reader.feed(first).err().or_else(|| reader.feed(second).err());
        let Some(failure) = failure else { panic!("{damaged} is not refused when it is cut at {split}") };
        let heard = reader.heard();
        for chunk in ["", welcome, second_half(damaged), welcome] {
            let again = reader.feed(chunk.as_bytes());
            assert_eq!(again.as_ref().err(), Some(&failure), "{damaged} cut at {split}, then {chunk:?}");
        }
        let (ended, heard_at_last) = reader.finish();
        assert_eq!(ended.as_ref(), Some(&failure), "{damaged} cut at {split}, at its end");
        assert_eq!(heard_at_last, heard, "{damaged} cut at {split}: the sink heard more");
        failures += 1;
    }
    assert_eq!(failures, damaged.len() + 1);
}

fn second_half(text: &str) -> &str {
    &text[text.len() / 2..]
}

#[test]
fn pushed_json() {
    for damaged in
        ["[1, x]", "[\"\\q\"]", "{\"a\":1]", "[1}", "[nul]", "{\"a\" 1}", "[01,]", "1 2", "[\u{1}]"]
    {
        stays_failed::<Json>(damaged, "[]");
    }
    // Strings are handed on before the sink refuses the number behind them.
    stays_failed::<Json>("[\"a\", 13, 1]", ", 1]");
}

#[test]
fn event_streams() {
    stays_failed::<Sse>("data: a\n\nevent: refused\ndata: b\n\n", "data: c\n\n");
    stays_failed::<Sse>("data: a\ndata: no\n\n", "data: c\n\n");
}

#[test]
fn base64() {
    for damaged in ["AAAA\nAAAA", "AA=A", "A===", "AAAAAA-AAAAA", "=AAA"] {
        stays_failed::<Decoder>(damaged, "AAAA");
    }
}

#[test]
fn prompt_results() {
    for damaged in [
        r#"{"outputs":[{"data":"AAAA*AAA"}]}"#,
        r#"{"outputs":[{"filename":"a"}]}"#,
        r#"{"completed":"yes"}"#,
        r#"{"outputs":[{"data":"AAAA"}]} x"#,
        r#"{"prompt_id":nil}"#,
        // The sink takes no second output.
        r#"{"outputs":[{"data":"AAAA"},{"data":"AAAA"}]}"#,
    ] {
        stays_failed::<WholeResult>(damaged, "{}");
    }
    let mut small = ResultReader::new(4);
    let failure = small.feed(b"{}   ", &mut OneOutput::default()).err();
    assert_eq!(failure.as_ref().map(Error::code), Some(ErrorCode::TooLarge));
    assert_eq!(small.finish(&mut OneOutput::default()).err(), failure);
}

#[test]
fn streamed_answers() {
    for damaged in [
        "event: log_message\ndata: a\n\nevent: prompt_result\ndata: {]\n\nevent: log_message\ndata: b\n\n",
        "event: prompt_result\ndata: {\"outputs\":[{\"data\":\"AA*A\"}]}\n\n",
        "event: prompt_result\ndata: {\nevent: other\n\n",
    ] {
        stays_failed::<Stream>(damaged, "event: prompt_result\ndata: {}\n\n");
    }
}

#[test]
fn events_framed_elsewhere() {
    let (mut reader, mut sinks) = (StreamReader::default(), Sinks::default());
    let failure = reader.event("prompt_result", "{]", &mut sinks.events, &mut sinks.outputs).err();
    assert_eq!(failure.as_ref().map(Error::code), Some(ErrorCode::InvalidResponse));
    assert_eq!(reader.event("log_message", "a", &mut sinks.events, &mut sinks.outputs).err(), failure);
    assert_eq!(reader.feed(b"data: a\n\n", &mut sinks.events, &mut sinks.outputs).err(), failure);
    assert_eq!(sinks.events.0, 0);
    assert_eq!(reader.finish().err(), failure);
}

#[derive(Default)]
struct Json(PushReader<PushError>, Tokens);

#[derive(Default)]
struct Tokens(usize);

impl TokenSink for Tokens {
    type Error = PushError;

    fn token(&mut self, token: Token<'_>) -> Result<(), PushError> {
        self.0 += 1;
        if token == Token::Number("13") {
            return Err(PushError { offset: 13, what: "an unlucky number" });
        }
        Ok(())
    }
}

impl Reader for Json {
    type Error = PushError;

    fn feed(&mut self, chunk: &[u8]) -> Result<(), PushError> {
        self.0.feed(chunk, &mut self.1)
    }

    fn finish(mut self) -> (Option<PushError>, usize) {
        (self.0.finish(&mut self.1).err(), self.1.0)
    }

    fn heard(&self) -> usize {
        self.1.0
    }
}

#[derive(Default)]
struct Sse(SseParser<String>, Data);

#[derive(Default)]
struct Data(usize);

impl SseSink for Data {
    type Error = String;

    fn data(&mut self, name: &str, piece: &[u8]) -> Result<(), String> {
        self.0 += 1;
        let refused = name == "refused" || piece.contains(&b'n');
        if refused { Err(format!("number {}", self.0)) } else { Ok(()) }
    }

    fn dispatch(&mut self, _name: &str) -> Result<(), String> {
        self.0 += 1;
        Ok(())
    }
}

impl Reader for Sse {
    type Error = String;

    fn feed(&mut self, chunk: &[u8]) -> Result<(), String> {
        self.0.feed(chunk, &mut self.1)
    }

    /// An event stream has no end of its own.
    fn finish(mut self) -> (Option<String>, usize) {
        (self.0.feed(b"\n\n", &mut self.1).err(), self.1.0)
    }

    fn heard(&self) -> usize {
        self.1.0
    }
}

#[derive(Default)]
struct Decoder(Base64Decoder);

impl Reader for Decoder {
    type Error = Base64Error;

    fn feed(&mut self, chunk: &[u8]) -> Result<(), Base64Error> {
        self.0.feed(chunk, &mut vec![0; room_for(chunk.len())]).map(drop)
    }

    fn finish(self) -> (Option<Base64Error>, usize) {
        (self.0.finish(&mut [0; 3]).err(), 0)
    }

    fn heard(&self) -> usize {
        0
    }
}

#[derive(Default)]
struct OneOutput(usize);

impl OutputSink for OneOutput {
    fn piece(&mut self, output: usize, buffer: Vec<u8>, _length: usize) -> Result<Vec<u8>, Error> {
        self.0 += 1;
        if output == 0 {
            Ok(buffer)
        } else {
            Err(ErrorKind::StorageFull { output_index: Some(output) }.into())
        }
    }
}

#[derive(Default)]
struct WholeResult(ResultReader, OneOutput);

impl Reader for WholeResult {
    type Error = Error;

    fn feed(&mut self, chunk: &[u8]) -> Result<(), Error> {
        self.0.feed(chunk, &mut self.1)
    }

    fn finish(mut self) -> (Option<Error>, usize) {
        (self.0.finish(&mut self.1).err(), self.1.0)
    }

    fn heard(&self) -> usize {
        self.1.0
    }
}

#[derive(Default)]
struct Events(usize);

impl EventSink for Events {
    fn event(&mut self, _event: Event<'_>) {
        self.0 += 1;
    }
}

#[derive(Default)]
struct Sinks {
    events: Events,
    outputs: OneOutput,
}

#[derive(Default)]
struct Stream(StreamReader, Sinks);

impl Reader for Stream {
    type Error = Error;

    fn feed(&mut self, chunk: &[u8]) -> Result<(), Error> {
        self.0.feed(chunk, &mut self.1.events, &mut self.1.outputs)
    }

    fn finish(self) -> (Option<Error>, usize) {
        let heard = self.heard();
        (self.0.finish().err(), heard)
    }

    fn heard(&self) -> usize {
        self.1.events.0 + self.1.outputs.0
    }
}

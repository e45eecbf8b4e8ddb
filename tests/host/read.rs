//! The crate's readers, driven over chunks: the one place that knows how they are made and fed.

use std::convert::Infallible;
use viewcomfy_wasm::Error;
use viewcomfy_wasm::json::push::{PushError, PushReader, TokenSink};
use viewcomfy_wasm::protocol::base64::{Base64Decoder, Base64Error, room_for};
use viewcomfy_wasm::protocol::result::PIECE;
use viewcomfy_wasm::protocol::sse::{SseParser, SseSink};
use viewcomfy_wasm::protocol::{
    Event, EventSink, OutputSink, Progress, PromptResult, ResultReader, StreamReader,
};

/// All that a reading gave: the result or why there is none, the events before, and the content per output.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    pub result: Result<PromptResult, Error>,
    pub events: Vec<Told>,
    pub files: Vec<Vec<u8>>,
}

impl Reading {
    /// A failed reading's content counts for nothing, so that two failures are alike whatever they had decoded.
    fn new(result: Result<PromptResult, Error>, events: Events, mut files: Files) -> Self {
        let outputs = result.as_ref().map_or(0, |result| result.outputs.len());
        assert!(result.is_err() || files.0.len() <= outputs, "content for an output that is not there");
        files.0.resize(outputs, Vec::new());
        Self { result, events: events.0, files: files.0 }
    }
}

fn stream_reader() -> StreamReader {
    StreamReader::default()
}

fn result_reader() -> ResultReader {
    ResultReader::default()
}

/// Reads a streamed answer.
pub fn stream(chunks: &[&[u8]]) -> Reading {
    let (mut reader, mut events, mut files) = (stream_reader(), Events::default(), Files::default());
    for chunk in chunks {
        if let Err(error) = reader.feed(chunk, &mut events, &mut files) {
            return Reading::new(Err(error), events, files);
        }
    }
    Reading::new(reader.finish(), events, files)
}

/// Reads a streamed answer whose events, `(name, data)`, were framed by somebody else.
pub fn framed(framed: &[(String, String)]) -> Reading {
    let (mut reader, mut events, mut files) = (stream_reader(), Events::default(), Files::default());
    for (name, data) in framed {
        if let Err(error) = reader.event(name, data, &mut events, &mut files) {
            return Reading::new(Err(error), events, files);
        }
    }
    Reading::new(reader.finish(), events, files)
}

/// Reads a plain answer.
pub fn body(chunks: &[&[u8]]) -> Reading {
    let (mut reader, mut files) = (result_reader(), Files::default());
    let fed = chunks.iter().try_for_each(|chunk| reader.feed(chunk, &mut files));
    let result = fed.and_then(|()| reader.finish(&mut files));
    Reading::new(result, Events::default(), files)
}

/// The events of a stream as they are framed, the last event id, and the reconnection time.
#[derive(Debug, Default, PartialEq)]
pub struct Framing {
    pub events: Vec<(String, String)>,
    pub last_event_id: String,
    pub retry_ms: Option<u64>,
}

/// Frames an event stream.
pub fn framing(chunks: &[&[u8]]) -> Framing {
    let (mut parser, mut frames) = (SseParser::default(), Frames::default());
    for chunk in chunks {
        let Ok(()) = parser.feed(chunk, &mut frames);
    }
    Framing {
        events: frames.events,
        last_event_id: parser.last_event_id().to_owned(),
        retry_ms: parser.retry_ms(),
    }
}

/// Pushes JSON to `sink`.
pub fn json<S: TokenSink<Error = PushError>>(chunks: &[&[u8]], sink: &mut S) -> Result<(), PushError> {
    let mut reader = PushReader::default();
    chunks.iter().try_for_each(|chunk| reader.feed(chunk, sink))?;
    reader.finish(sink)
}

/// Decodes base64, with just the room that each chunk needs.
pub fn base64(chunks: &[&[u8]]) -> Result<Vec<u8>, Base64Error> {
    let (mut decoder, mut bytes) = (Base64Decoder::default(), Vec::new());
    for chunk in chunks {
        let mut room = vec![0xa5; room_for(chunk.len())];
        let count = decoder.feed(chunk, &mut room)?;
        bytes.extend_from_slice(&room[..count]);
    }
    let mut room = vec![0xa5; room_for(0)];
    let (count, characters) = decoder.finish(&mut room)?;
    bytes.extend_from_slice(&room[..count]);
    assert_eq!(characters as usize, chunks.iter().map(|chunk| chunk.len()).sum::<usize>());
    Ok(bytes)
}

/// An event of a run, kept.
#[derive(Debug, Clone, PartialEq)]
pub enum Told {
    Log(String),
    Progress(Progress),
    Error(String),
    Preview(String),
}

#[derive(Default)]
struct Events(Vec<Told>);

impl EventSink for Events {
    fn event(&mut self, event: Event<'_>) {
        self.0.push(match event {
            Event::Log(line) => Told::Log(line.to_owned()),
            Event::Progress(progress) => Told::Progress(progress),
            Event::Error(message) => Told::Error(message.to_owned()),
            Event::Preview(json) => Told::Preview(json.to_owned()),
            other => panic!("{other:?}"),
        });
    }
}

/// The content of each output, whose pieces must come in order.
#[derive(Default)]
struct Files(Vec<Vec<u8>>);

impl OutputSink for Files {
    fn piece(&mut self, output: usize, mut buffer: Vec<u8>, length: usize) -> Result<Vec<u8>, Error> {
        assert!((1..=PIECE).contains(&length), "a piece of {length} bytes");
        assert!(output + 1 >= self.0.len(), "a piece of output {output} came late");
        self.0.resize(output + 1, Vec::new());
        self.0[output].extend_from_slice(&buffer[..length]);
        // What the next buffer is and holds must not matter.
        if output % 2 == 1 {
            return Ok(Vec::new());
        }
        buffer[..length].fill(0xa5);
        Ok(buffer)
    }
}

/// Gathers events, each with its whole data.
#[derive(Default)]
pub struct Frames {
    data: Vec<u8>,
    pub events: Vec<(String, String)>,
}

impl SseSink for Frames {
    type Error = Infallible;

    fn data(&mut self, _name: &str, piece: &[u8]) -> Result<(), Infallible> {
        self.data.extend_from_slice(piece);
        Ok(())
    }

    fn dispatch(&mut self, name: &str) -> Result<(), Infallible> {
        let data = std::mem::take(&mut self.data);
        self.events.push((name.to_owned(), String::from_utf8_lossy(&data).into_owned()));
        Ok(())
    }
}

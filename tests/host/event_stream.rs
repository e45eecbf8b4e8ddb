//! Every event stream case, whole and in pieces.

use crate::files::cases;
use crate::read::Frames;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::convert::Infallible;
use viewcomfy_wasm::protocol::sse::{SseParser, SseSink};

/// Streams up to this size are cut at every pair of places, longer ones at every single place.
const CUT_TWICE: usize = 80;

fn stream(case: &Value) -> Vec<u8> {
    match case["base64"].as_str() {
        Some(text) => STANDARD.decode(text).unwrap(),
        None => case["text"].as_str().unwrap().as_bytes().to_vec(),
    }
}

fn expected(case: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    case["events"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| (text(&event["type"]), text(&event["data"])))
        .collect()
}

fn read<'c>(chunks: impl IntoIterator<Item = &'c [u8]>) -> Vec<(String, String)> {
    let (mut parser, mut sink) = (SseParser::default(), Frames::default());
    for chunk in chunks {
        let Ok(()) = parser.feed(chunk, &mut sink);
    }
    sink.events
}

#[test]
fn every_case_read_whole() {
    let cases = cases("sse");
    assert!(cases.len() >= 60, "{}", cases.len());
    for case in cases {
        assert_eq!(read([stream(&case).as_slice()]), expected(&case), "{}", case["name"]);
    }
}

#[test]
fn every_case_byte_by_byte_with_ids_and_retry() {
    for case in cases("sse") {
        let (mut parser, mut sink) = (SseParser::default(), Frames::default());
        let mut events = Vec::new();
        for byte in stream(&case).chunks(1) {
            let Ok(()) = parser.feed(byte, &mut sink);
            for (name, data) in std::mem::take(&mut sink.events) {
                let mut event = json!({"type": name, "data": data});
                if !parser.last_event_id().is_empty() {
                    event["id"] = json!(parser.last_event_id());
                }
                events.push(event);
            }
        }
        assert_eq!(json!(events), case["events"], "{}", case["name"]);
        assert_eq!(
            json!(parser.retry_ms()),
            case.get("retry").cloned().unwrap_or_default(),
            "{}",
            case["name"]
        );
    }
}

#[test]
fn every_case_cut_anywhere() {
    for case in cases("sse") {
        let bytes = stream(&case);
        let expected = expected(&case);
        for first in 0..=bytes.len() {
            let ends = if bytes.len() <= CUT_TWICE { first..=bytes.len() } else { bytes.len()..=bytes.len() };
            for second in ends {
                let chunks = [&bytes[..first], &bytes[first..second], &bytes[second..]];
                assert_eq!(read(chunks), expected, "{} cut at {first} and {second}", case["name"]);
            }
        }
    }
}

#[test]
fn every_case_after_another_complete_event() {
    for case in cases("sse") {
        let bytes = stream(&case);
        // A byte order mark only means one at the very start.
        if bytes.starts_with(b"\xef\xbb") {
            continue;
        }
        let mut longer = b"event: first\r\ndata: 1\r\n\r\n".to_vec();
        longer.extend(&bytes);
        let mut events = vec![("first".to_owned(), "1".to_owned())];
        events.extend(expected(&case));
        for cut in 0..=longer.len() {
            assert_eq!(read([&longer[..cut], &longer[cut..]]), events, "{} cut at {cut}", case["name"]);
        }
    }
}

#[test]
fn a_very_long_line_needs_no_memory_and_no_second_look() {
    struct Counted(usize);
    impl SseSink for Counted {
        type Error = Infallible;
        fn data(&mut self, name: &str, piece: &[u8]) -> Result<(), Infallible> {
            assert_eq!(name, "prompt_result");
            assert!(piece.len() <= 65_536);
            self.0 += piece.len();
            Ok(())
        }
        fn dispatch(&mut self, _name: &str) -> Result<(), Infallible> {
            self.0 += 1_000_000_000;
            Ok(())
        }
    }
    let (mut parser, mut sink) = (SseParser::default(), Counted(0));
    let chunk = vec![b'x'; 65_536];
    let Ok(()) = parser.feed(b"event: prompt_result\r\ndata: ", &mut sink);
    for _ in 0..500 {
        let Ok(()) = parser.feed(&chunk, &mut sink);
    }
    assert_eq!(sink.0, 500 * 65_536, "pieces are handed on as they come");
    let Ok(()) = parser.feed(b"\r\n\r\n", &mut sink);
    assert_eq!(sink.0, 500 * 65_536 + 1_000_000_000);
}

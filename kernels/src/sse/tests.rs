//! Tests of [`super`]: event streams cut anywhere.

use super::*;
use std::convert::Infallible;

#[derive(Default)]
struct Collected {
    data: Vec<u8>,
    events: Vec<(String, String)>,
}

impl SseSink for Collected {
    type Error = Infallible;

    fn data(&mut self, _name: &str, piece: &[u8]) -> Result<(), Infallible> {
        self.data.extend_from_slice(piece);
        Ok(())
    }

    fn dispatch(&mut self, name: &str) -> Result<(), Infallible> {
        let data = std::mem::take(&mut self.data);
        self.events.push((name.into(), String::from_utf8_lossy(&data).into_owned()));
        Ok(())
    }
}

fn read(chunks: &[&[u8]]) -> (Vec<(String, String)>, String, Option<u64>) {
    let (mut parser, mut sink) = (SseParser::default(), Collected::default());
    for chunk in chunks {
        let Ok(()) = parser.feed(chunk, &mut sink);
    }
    (sink.events, parser.last_event_id().into(), parser.retry_ms())
}

fn events(stream: &str) -> Vec<(String, String)> {
    read(&[stream.as_bytes()]).0
}

fn event(name: &str, data: &str) -> Vec<(String, String)> {
    vec![(name.into(), data.into())]
}

#[test]
fn lines_end_in_lf_cr_or_crlf_and_at_nothing_else() {
    for end in ["\n", "\r", "\r\n"] {
        let stream = format!("event: a{end}data: 1\u{2028}2{end}data:3{end}{end}");
        assert_eq!(events(&stream), event("a", "1\u{2028}2\n3"));
    }
}

#[test]
fn one_space_after_the_colon_is_dropped() {
    assert_eq!(events("data:  two \n\n"), event("message", " two "));
    assert_eq!(events("data:\n\n"), event("message", ""));
    assert_eq!(events("data\n\n"), event("message", ""));
    assert_eq!(events("data\ndata\n\n"), event("message", "\n"));
}

#[test]
fn an_event_without_data_is_forgotten_with_its_name() {
    assert_eq!(events("event: lost\n\ndata: x\n\n"), event("message", "x"));
}

#[test]
fn the_last_event_is_discarded_unless_a_blank_line_ends_it() {
    assert_eq!(events("data: x\n"), vec![]);
    assert_eq!(events("data: x"), vec![]);
}

#[test]
fn comments_and_unknown_fields_are_ignored() {
    assert_eq!(
        events(": ping\n:\ndata: x\nother: y\nData: z\ndatax: q\n data: r\n\n"),
        event("message", "x")
    );
}

#[test]
fn one_leading_byte_order_mark_is_dropped() {
    assert_eq!(events("\u{feff}data: x\n\n"), event("message", "x"));
    assert_eq!(events("\u{feff}\u{feff}data: x\n\n"), vec![]);
    assert_eq!(read(&[b"\xef\xbbdata: x\n\n"]).0, vec![]);
}

#[test]
fn ids_and_retries_follow_their_rules() {
    let (_, id, retry) = read(&[b"id: 7\nretry: 3000\n\nid: 8\0\nretry: 3s\nretry:\n\n"]);
    assert_eq!((id.as_str(), retry), ("7", Some(3000)));
    assert_eq!(read(&[b"id: 7\n\nid\n\n"]).1, "");
}

#[test]
fn every_split_gives_the_same_events() {
    let stream = "\u{feff}: c\r\nevent: log_message\r\ndata: é日😀\r\ndata:\u{2028} two\r\n\r\nretry: 5\rid: ü\rdata: x\r\r\ndata\n\n".as_bytes();
    let whole = read(&[stream]);
    assert_eq!(whole.0.len(), 3);
    for first in 0..=stream.len() {
        for second in first..=stream.len() {
            let split = read(&[&stream[..first], &stream[first..second], &stream[second..]]);
            assert_eq!(split, whole, "split at {first} and {second}");
        }
    }
    assert_eq!(read(&stream.chunks(1).collect::<Vec<_>>()), whole);
}

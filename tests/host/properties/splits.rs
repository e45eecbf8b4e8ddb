//! However a valid stream or body is cut, exactly what was put in comes out.

use super::cases;
use crate::given::answer::{Answer, answer};
use crate::given::bytes::cuts;
use crate::given::stream::{Stream, stream, stream_of};
use crate::given::style::style;
use crate::read::{self, Framing, Reading};
use proptest::prelude::*;

/// Up to this size a text is cut at every place, one after the other.
const CUT_EVERYWHERE: usize = 300;

/// The same bytes, cut in the ways that every case must stand.
fn read_in_every_way<R: PartialEq + std::fmt::Debug>(
    bytes: &[u8],
    random: &[&[u8]],
    read: impl Fn(&[&[u8]]) -> R,
) -> Result<R, TestCaseError> {
    let whole = read(&[bytes]);
    prop_assert_eq!(&read(random), &whole, "cut at random");
    prop_assert_eq!(&read(&bytes.chunks(1).collect::<Vec<_>>()), &whole, "byte by byte");
    if bytes.len() <= CUT_EVERYWHERE {
        for cut in 0..=bytes.len() {
            let (head, tail) = bytes.split_at(cut);
            prop_assert_eq!(&read(&[head, tail]), &whole, "cut at {}", cut);
        }
    }
    Ok(whole)
}

fn expected(outcome: &Result<Answer, &str>, reading: &Reading) -> Result<(), TestCaseError> {
    match outcome {
        Ok(answer) => {
            prop_assert_eq!(reading.result.as_ref(), Ok(&answer.result));
            prop_assert_eq!(&reading.files, &answer.files);
        }
        Err(code) => {
            prop_assert_eq!(reading.result.as_ref().map_err(|error| error.code().as_str()), Err(*code))
        }
    }
    Ok(())
}

fn framing_of(stream: &Stream) -> Framing {
    Framing {
        events: stream.framed.clone(),
        last_event_id: stream.last_event_id.clone(),
        retry_ms: stream.retry_ms,
    }
}

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn a_stream_gives_its_events_and_its_result(stream in stream(), cuts in cuts()) {
        let bytes = &stream.bytes.0;
        let reading = read_in_every_way(bytes, &cuts.of(bytes), read::stream)?;
        prop_assert_eq!(&reading.events, &stream.events);
        expected(&stream.outcome, &reading)?;
    }

    #[test]
    fn a_stream_is_framed_by_the_standards_rules(stream in stream(), cuts in cuts()) {
        let bytes = &stream.bytes.0;
        prop_assert_eq!(read_in_every_way(bytes, &cuts.of(bytes), read::framing)?, framing_of(&stream));
    }

    #[test]
    fn events_framed_elsewhere_give_the_same(stream in stream()) {
        let reading = read::framed(&stream.framed);
        prop_assert_eq!(&reading.events, &stream.events);
        expected(&stream.outcome, &reading)?;
    }

    #[test]
    fn a_plain_body_gives_its_result(answer in answer(), cuts in cuts()) {
        let bytes = answer.json.as_bytes();
        let reading = read_in_every_way(bytes, &cuts.of(bytes), read::body)?;
        expected(&Ok(answer.clone()), &reading)?;
    }

    #[test]
    fn a_result_is_the_same_in_a_stream_and_as_a_body(answer in answer(), style in style(), cuts in cuts()) {
        let answer = answer.with_line_feeds();
        let body = read::body(&[answer.json.as_bytes()]);
        let bytes = stream_of(answer, style).bytes.0;
        prop_assert_eq!(read::stream(&cuts.of(&bytes)), body);
    }
}

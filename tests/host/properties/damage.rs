//! One wrong byte in a valid answer: a whole result with the announced sizes or a typed error, never a panic and never
//! a shorter file.

use super::cases;
use crate::given::Style;
use crate::given::answer::{Answer, answer, outputs_only, small};
use crate::given::bytes::{Bytes, Cuts, Damage, cuts, single_byte};
use crate::given::stream::{Stream, stream, stream_of};
use crate::given::style::style;
use crate::read::{self, Reading};
use proptest::prelude::*;
use viewcomfy_wasm::protocol::Body;
use viewcomfy_wasm::{Error, ErrorKind};

/// The outcome of reading damaged bytes, which must not depend on how they are cut.
fn read_damaged(
    bytes: &[u8],
    cuts: &Cuts,
    read: impl Fn(&[&[u8]]) -> Reading,
) -> Result<Reading, TestCaseError> {
    let whole = read(&[bytes]);
    for chunks in [cuts.of(bytes), bytes.chunks(1).collect()] {
        prop_assert_eq!(&read(&chunks), &whole, "{:?} in {} chunks", Bytes(bytes.to_vec()), chunks.len());
    }
    Ok(whole)
}

/// What may come of `damaged`, which had been an answer that was `sound`.
fn acceptable(reading: &Reading, damaged: &[u8], sound: Option<&Answer>) -> Result<(), String> {
    let result = match &reading.result {
        Ok(result) => result,
        Err(error) => return typed(error, damaged.len() as u64, sound),
    };
    let sound = sound.ok_or("a result came of an answer that has none")?;
    for (output, bytes) in result.outputs.iter().zip(&reading.files) {
        if output.body != Body::Inline {
            continue;
        }
        match output.size {
            Some(size) if size != bytes.len() as u64 => {
                return Err(format!("{} bytes, announced as {size}", bytes.len()));
            }
            // The announcement itself was the damage, or there never was one; then this is the whole file.
            None if !sound.files.contains(bytes) && sound.result.outputs.iter().all(|o| o.size.is_some()) => {
                return Err(format!("{} bytes without a size, which no output had", bytes.len()));
            }
            _ => {}
        }
    }
    Ok(())
}

/// A failure must be one of those that an answer can have, and point into it.
fn typed(error: &Error, len: u64, sound: Option<&Answer>) -> Result<(), String> {
    let outputs = sound.map_or(0, |sound| sound.files.len());
    let fits = match error.kind() {
        ErrorKind::InvalidResponse { offset, .. } => offset.is_none_or(|offset| offset <= len),
        ErrorKind::InvalidOutput { output_index, offset, .. } => {
            // A bracket more may make two outputs of one.
            *output_index <= outputs && offset.is_none_or(|offset| offset <= len)
        }
        ErrorKind::StreamEnded { .. } | ErrorKind::ExecutionFailed { .. } => true,
        _ => false,
    };
    if fits {
        Ok(())
    } else {
        Err(format!("{} with facts that cannot be: {:?}", error.code().as_str(), error.kind()))
    }
}

fn damaged(sound: &[u8], damage: &Damage) -> Vec<u8> {
    let mut bytes = sound.to_vec();
    damage.apply(&mut bytes);
    bytes
}

/// Answers of every kind, every other time with little in them but what matters most.
fn streams() -> impl Strategy<Value = Stream> {
    prop_oneof![stream(), (outputs_only(), style()).prop_map(|(answer, style)| stream_of(answer, style))]
}

fn answers() -> impl Strategy<Value = Answer> {
    prop_oneof![answer(), outputs_only()]
}

/// Every byte replaced by every other one, every byte put in everywhere, every byte lost, every end.
fn every_damage(sound: &[u8]) -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    for at in 0..sound.len() {
        let (head, tail) = sound.split_at(at);
        all.extend((0..=255).map(|byte| [head, &[byte], tail].concat()));
        all.extend(
            (0..=255).filter(|byte| *byte != tail[0]).map(|byte| [head, &[byte], &tail[1..]].concat()),
        );
        all.extend([[head, &tail[1..]].concat(), head.to_vec()]);
    }
    all
}

#[test]
fn a_small_body_with_every_wrong_byte_there_is() {
    let answer = small();
    for bytes in every_damage(answer.json.as_bytes()) {
        acceptable(&read::body(&[&bytes]), &bytes, Some(&answer))
            .unwrap_or_else(|why| panic!("{why}: {:?}", Bytes(bytes)));
    }
}

#[test]
fn a_small_stream_with_every_wrong_byte_there_is() {
    let answer = small();
    for bytes in every_damage(&stream_of(answer.clone(), Style::plain()).bytes.0) {
        acceptable(&read::stream(&[&bytes]), &bytes, Some(&answer))
            .unwrap_or_else(|why| panic!("{why}: {:?}", Bytes(bytes)));
    }
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn a_stream_with_one_wrong_byte(stream in streams(), damage in single_byte(), cuts in cuts()) {
        let bytes = damaged(&stream.bytes.0, &damage);
        let reading = read_damaged(&bytes, &cuts, read::stream)?;
        acceptable(&reading, &bytes, stream.outcome.as_ref().ok()).map_err(TestCaseError::fail)?;
        if damage.is_truncation() && reading.result.is_ok() {
            prop_assert_eq!(reading.result.ok(), stream.outcome.map(|answer| answer.result).ok());
        }
    }

    #[test]
    fn a_body_with_one_wrong_byte(answer in answers(), damage in single_byte(), cuts in cuts()) {
        let bytes = damaged(answer.json.as_bytes(), &damage);
        let reading = read_damaged(&bytes, &cuts, read::body)?;
        acceptable(&reading, &bytes, Some(&answer)).map_err(TestCaseError::fail)?;
        if damage.is_truncation() && reading.result.is_ok() {
            prop_assert_eq!(reading.result, Ok(answer.result));
        }
    }
}

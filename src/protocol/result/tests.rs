//! Tests of [`super`]: the prompt result, read while it arrives.

use super::*;
use crate::ErrorKind;
use base64::prelude::{BASE64_STANDARD, Engine};

#[derive(Default, PartialEq, Debug)]
struct Files(Vec<Vec<u8>>);

impl OutputSink for Files {
    fn piece(&mut self, output: usize, buffer: Vec<u8>, length: usize) -> Result<Vec<u8>, Error> {
        self.0.resize(self.0.len().max(output + 1), Vec::new());
        self.0[output].extend_from_slice(&buffer[..length]);
        Ok(buffer)
    }
}

fn read<'c>(chunks: impl IntoIterator<Item = &'c [u8]>) -> Result<(PromptResult, Files), Error> {
    let (mut reader, mut files) = (ResultReader::default(), Files::default());
    for chunk in chunks {
        reader.feed(chunk, &mut files)?;
    }
    Ok((reader.finish(&mut files)?, files))
}

fn whole(json: &str) -> Result<(PromptResult, Files), Error> {
    read([json.as_bytes()])
}

fn document() -> String {
    let data = BASE64_STANDARD.encode(b"hello, outputs").replace('l', r"\u006c");
    format!(
        r#" {{"later": [{{"outputs": [1]}}, null], "outputs": [
            {{"data": "{data}", "size": 14, "filename": "a\u00e9.png", "content_type": "image/png"}},
            {{"filename": "b.mp4", "filepath": "https:\/\/host/b", "data": null, "extra": {{"data": "x"}}}},
            {{"data": ""}} ],
          "prompt": {{ "3": {{"inputs": {{"seed": 18446744073709551615}}}} }} , "prompt_id": "id", "status": "success",
          "completed": true, "execution_time_seconds": 1.5, "error_data": null}} "#
    )
}

#[test]
fn the_words_that_python_writes_cost_no_output() {
    let data = BASE64_STANDARD.encode(b"whole");
    let json = format!(
        r#"{{"prompt": {{"6": {{"is_changed": [NaN, -Infinity]}}}}, "execution_time_seconds": NaN, "status": NaN,
            "outputs": [{{"filename": "a.bin", "size": Infinity, "data": "{data}"}}], "later": [-Infinity], "error_data": null}}"#
    );
    let expected = whole(&json);
    let Ok((result, files)) = &expected else { panic!("{expected:?}") };
    assert_eq!(files.0, vec![b"whole".to_vec()]);
    assert_eq!(result.prompt.as_deref(), Some(r#"{"6": {"is_changed": [NaN, -Infinity]}}"#));
    assert_eq!((result.execution_time_seconds, &result.status, result.outputs[0].size), (None, &None, None));
    for split in 0..=json.len() {
        assert_eq!(
            read([&json.as_bytes()[..split], &json.as_bytes()[split..]]),
            expected,
            "split at {split}"
        );
    }
}

#[test]
fn fields_come_in_any_order_and_any_split() {
    let document = document();
    let expected = whole(&document);
    let Ok((result, files)) = &expected else { panic!("{expected:?}") };
    assert_eq!(files.0, vec![b"hello, outputs".to_vec()]);
    assert_eq!(result.prompt.as_deref(), Some(r#"{ "3": {"inputs": {"seed": 18446744073709551615}} }"#));
    assert_eq!(result.outputs[0].filename, "aé.png");
    assert_eq!(result.outputs[1].body, Body::Link("https://host/b".into()));
    assert_eq!(result.outputs[2].filename, "output-3");
    assert_eq!((result.completed, result.execution_time_seconds), (Some(true), Some(1.5)));
    assert_eq!((&result.prompt_id, &result.error_data), (&Some("id".into()), &None));
    let bytes = document.as_bytes();
    for split in 0..=bytes.len() {
        assert_eq!(read([&bytes[..split], &bytes[split..]]), expected, "split at {split}");
    }
    assert_eq!(read(bytes.chunks(1)), expected);
}

#[test]
fn missing_fields_are_none() {
    assert_eq!(whole("{}").map(|(result, _)| result), Ok(PromptResult::default()));
    let nulls =
        r#"{"prompt_id":null,"status":null,"completed":null,"execution_time_seconds":null,"prompt":null}"#;
    assert_eq!(whole(nulls).map(|(result, _)| result), Ok(PromptResult::default()));
}

#[test]
fn raw_fields_may_be_any_value() {
    for (json, text) in [("\"a\\nb\"", "a\nb"), ("[1, 2.0]", "[1, 2.0]"), ("12", "12"), ("true", "true")] {
        for document in
            [format!(r#"{{"error_data":{json}}}"#), format!(r#"{{"error_data" : {json} , "x":1}}"#)]
        {
            let result = read(document.as_bytes().chunks(2)).map(|(result, _)| result.error_data);
            assert_eq!(result, Ok(Some(text.into())), "{document}");
        }
    }
}

#[test]
fn damaged_outputs_name_themselves() {
    for (output, offset, word) in [
        (r#"{"filename":"a","data":"AAAA*AAA"}"#, Some(4), "not base64"),
        (r#"{"filename":"a","data":"AAAA","size":4}"#, Some(4), "3 bytes"),
        (r#"{"filename":"a","data":"AAAA","data":"AAAA"}"#, Some(4), "twice"),
        (r#"{"filename":"a"}"#, None, "neither"),
    ] {
        let error = whole(&format!(r#"{{"outputs":[{{"data":"AAAA"}},{output}]}}"#)).err();
        let kind = error.as_ref().map(Error::kind);
        let Some(ErrorKind::InvalidOutput { message, output_index: 1, filename, offset: at }) = kind else {
            panic!("{error:?}")
        };
        assert_eq!((filename.as_deref(), *at), (Some("a"), offset));
        assert!(message.contains(word), "{message}");
    }
}

#[test]
fn what_is_not_a_result_is_refused() {
    for json in [
        "[]",
        "1",
        "",
        "{",
        r#"{"outputs":[1]}"#,
        r#"{"outputs":{}}"#,
        r#"{"completed":"yes"}"#,
        r#"{"prompt_id":5}"#,
        r#"{"outputs":[{"data":5}]}"#,
        r#"{"outputs":[{"data":"","size":1.5}]}"#,
        r#"{"status":"ok"} x"#,
    ] {
        let error = whole(json).map_err(|error| error.code().as_str());
        assert_eq!(error.err(), Some("invalid_response"), "{json}");
    }
}

#[test]
fn pieces_are_large_and_a_damaged_one_is_placed() {
    #[derive(Default)]
    struct Sizes(Vec<usize>);
    impl OutputSink for Sizes {
        fn piece(&mut self, _output: usize, _buffer: Vec<u8>, length: usize) -> Result<Vec<u8>, Error> {
            self.0.push(length);
            Ok(Vec::new())
        }
    }
    let content: Vec<u8> = (0..3 * PIECE).map(|i| (i * 31 % 251) as u8).collect();
    let json = format!(r#"{{"outputs": [{{"data": "{}"}}]}}"#, BASE64_STANDARD.encode(&content));
    let (mut reader, mut sizes) = (ResultReader::default(), Sizes::default());
    for chunk in json.as_bytes().chunks(99_991) {
        assert_eq!(reader.feed(chunk, &mut sizes), Ok(()));
    }
    assert!(reader.finish(&mut sizes).is_ok());
    let (last, full) = sizes.0.split_last().map_or((0, &[][..]), |(last, full)| (*last, full));
    assert!(full.iter().all(|size| (PIECE / 10 * 9..=PIECE).contains(size)), "{:?}", sizes.0);
    assert_eq!(full.iter().sum::<usize>() + last, content.len());

    let broken = whole(r#"{"outputs": [{"data": "AAAA"}, {"filename": "b", "data": "AA"#);
    let Err(error) = &broken else { panic!("{broken:?}") };
    let ErrorKind::InvalidResponse { output_index, offset, message } = error.kind() else {
        panic!("{error:?}")
    };
    assert_eq!((*output_index, *offset), (Some(1), Some(60)));
    assert!(message.contains("output 1 (b)"), "{message}");
}

/// Has no room for buffers that grow.
#[derive(Default)]
struct Tight {
    pieces: Vec<usize>,
    bytes: Vec<u8>,
}

impl OutputSink for Tight {
    fn piece(&mut self, _output: usize, buffer: Vec<u8>, length: usize) -> Result<Vec<u8>, Error> {
        self.pieces.push(length);
        self.bytes.extend_from_slice(&buffer[..length]);
        Ok(buffer)
    }

    fn grow(&mut self, _buffer: &mut Vec<u8>, _length: usize) -> bool {
        false
    }
}

#[test]
fn where_buffers_cannot_grow_pieces_are_small_and_all_there() {
    for length in [0, 1, 3, 12_000, 100_000, 1_000_000] {
        let content: Vec<u8> = (0..length).map(|i| (i * 31 % 251) as u8).collect();
        let json = format!(r#"{{"outputs": [{{"data": "{}"}}]}}"#, BASE64_STANDARD.encode(&content));
        for chunk in [json.len(), 70_000, 999] {
            let (mut reader, mut tight) = (ResultReader::default(), Tight::default());
            for part in json.as_bytes().chunks(chunk) {
                assert_eq!(reader.feed(part, &mut tight), Ok(()));
            }
            assert!(reader.finish(&mut tight).is_ok());
            assert!(tight.bytes == content, "{length} bytes by {chunk}");
            assert!(tight.pieces.iter().all(|piece| *piece <= 16 * 1024), "{:?}", tight.pieces);
        }
    }
}

#[test]
fn an_answer_that_ends_early_was_cut_off() {
    let code = |json: &str| {
        let (mut reader, mut files) = (ResultReader::default(), Files::default());
        let fed = reader.feed(json.as_bytes(), &mut files);
        fed.and_then(|()| reader.finish_response(&mut files)).map_err(|error| error.code().as_str())
    };
    for json in ["", " ", "{", r#"{"outputs":[{"data":"AAAA"#, r#"{"status":"success""#, "{\"a\":1.", "-"] {
        assert_eq!(code(json), Err("stream_ended"), "{json}");
    }
    for json in ["12", "[", "null", "<html>", "{} x", r#"{"outputs":[{"data":"AA*"}]}"#] {
        assert_ne!(code(json), Err("stream_ended"), "{json}");
        assert!(code(json).is_err(), "{json}");
    }
    assert!(code("{}").is_ok());
}

#[test]
fn what_says_why_it_failed_has_failed() {
    let failed = |json: &str| whole(json).map(|(result, _)| result.failed());
    for json in [
        r#"{"completed":false}"#,
        r#"{"status":"error"}"#,
        r#"{"error_data":"out of memory"}"#,
        r#"{"error_data":{"why":1},"status":"failed"}"#,
    ] {
        assert_eq!(failed(json), Ok(true), "{json}");
    }
    for json in [
        "{}",
        r#"{"error_data":null}"#,
        r#"{"error_data":""}"#,
        r#"{"error_data":"a warning","status":"success"}"#,
        r#"{"error_data":"a warning","completed":true}"#,
    ] {
        assert_eq!(failed(json), Ok(false), "{json}");
    }
}

//! Tests of [`super`]: the streamed response.

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
            Event::Preview(json) => format!("preview {json}"),
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
    assert_eq!(result.map_err(|e| e.code().as_str()), Err("invalid_response"));
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
    let cut = b"event: prompt_result\ndata: {\"outputs\": [{\"data\": \"AAAA\"}, {\"data\": \"AA".as_slice();
    let (result, ..) = read([cut]);
    let location = match result.as_ref().err().map(Error::kind) {
        Some(ErrorKind::StreamEnded { offset, output_index, .. }) => (*offset, *output_index),
        _ => panic!("{result:?}"),
    };
    assert_eq!(location, (Some(43), Some(1)));
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
    assert_eq!(events(4).0.map_err(|e| e.code().as_str()), Err("too_large"));
    let result = |max_result, json: &str| {
        let stream = format!("event: prompt_result\ndata: {json}\n\n");
        let limits = Limits { max_result, ..Limits::default() };
        read_within(limits, stream.as_bytes().chunks(3)).0
    };
    let json = r#"{"outputs": [{"filename": "a", "data": "AAAA"}]}"#;
    assert!(result(json.len() as u64, json).is_ok());
    assert_eq!(result(json.len() as u64 - 1, json).map_err(|e| e.code().as_str()), Err("too_large"));
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
    assert!(result.as_ref().is_err_and(|error| error.code().as_str() == "execution_failed"), "{result:?}");
}

#[test]
fn a_result_may_say_that_the_run_failed() {
    for json in [r#"{"status":"error","error_data":"boom"}"#, r#"{"completed":false}"#] {
        let (result, ..) = read([format!("event: prompt_result\ndata: {json}\n\n").as_bytes()]);
        let failed = result.ok().and_then(|result| failure_of(&result, vec![]));
        assert!(failed.is_some_and(|error| error.code().as_str() == "execution_failed"), "{json}");
    }
}

#[test]
fn a_result_of_a_run_that_was_refused_is_read_as_its_error_event_is() {
    let reasons = r#"{"error":{"type":"t","message":"m","details":""},"node_errors":{"4":{"class_type":"A","errors":[{"message":"Value not in list","details":"d"}]}}}"#;
    let quoted = serde_json::Value::from(reasons).to_string();
    for data in [reasons, quoted.as_str()] {
        let json = format!(r#"{{"status":"error","completed":true,"error_data":{data}}}"#);
        let (result, ..) = read([format!("event: prompt_result\ndata: {json}\n\n").as_bytes()]);
        let failed = result.ok().and_then(|result| failure_of(&result, vec!["last".into()]));
        assert_eq!(failed, Some(failure::from_event(reasons, vec![])));
    }
}

#[test]
fn previews_are_told_as_they_come() {
    let stream =
        b"event: preview\ndata: {\"node_id\":\"3\"}\n\nevent: prompt_result\ndata: {}\n\n".as_slice();
    let (result, told, _) = read([stream]);
    assert!(result.is_ok());
    assert_eq!(told.0, [r#"preview {"node_id":"3"}"#]);
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

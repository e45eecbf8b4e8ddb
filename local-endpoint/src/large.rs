//! `POST /large` and `GET /large`: a prompt result of any size and a log of any length, generated while they are written.
//!
//! `?outputs=M&bytes=N&logs=L` gives M outputs of N decoded bytes each after L log lines (by default one output of
//! 1 MiB and no lines); with `result=none` the response ends where the result would begin. The form's part `logs`
//! chooses events or plain JSON, as with `/infer`; a GET always gets events. No credentials are needed.

mod content;
mod lines;

use std::convert::Infallible;

use axum::body::Body;
use axum::extract::Query as Parameters;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::stream;
use serde::Deserialize;

use crate::answer::{EVENTS, JSON};
use crate::refusal::Refusal;
use crate::request;
pub use content::decoded;

/// The most log lines: they are kept as text.
const MAX_LINES: u32 = 2_000_000;

/// What is asked for.
#[derive(Clone, Debug, Deserialize)]
#[serde(default)]
pub struct Query {
    outputs: u64,
    /// Decoded bytes of each output.
    bytes: u64,
    logs: u32,
    result: Wanted,
}

/// Whether there is a result at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Wanted {
    Whole,
    None,
}

impl Default for Query {
    fn default() -> Self {
        Self { outputs: 1, bytes: 1 << 20, logs: 0, result: Wanted::Whole }
    }
}

/// `POST /large`: the form is read, but only its part `logs` is used.
pub async fn post(Parameters(query): Parameters<Query>, headers: HeaderMap, body: Body) -> Response {
    let streamed = match request::read(&headers, body).await.and_then(|request| request.streamed()) {
        Ok(streamed) => streamed,
        Err(refusal) => return refusal.into_response(),
    };
    if streamed { events(query, StatusCode::CREATED) } else { plain(query) }
}

/// `GET /large`: the events, for clients that cannot or need not POST.
pub async fn get(Parameters(query): Parameters<Query>) -> Response {
    events(query, StatusCode::OK)
}

fn events(query: Query, status: StatusCode) -> Response {
    if query.logs > MAX_LINES {
        let message = format!("At most {MAX_LINES} log lines");
        return Refusal::detail(StatusCode::UNPROCESSABLE_ENTITY, &message).into_response();
    }
    let headers = [(header::CONTENT_TYPE, EVENTS), (header::CACHE_CONTROL, "no-store")];
    (status, headers, written(event_pieces(query))).into_response()
}

fn plain(query: Query) -> Response {
    let pieces = || (query.result == Wanted::Whole).then(|| result_pieces(&query)).into_iter().flatten();
    let length: u64 = pieces().map(|piece| piece.len() as u64).sum();
    let headers = [(header::CONTENT_TYPE, JSON.to_owned()), (header::CONTENT_LENGTH, length.to_string())];
    (StatusCode::CREATED, headers, written(pieces())).into_response()
}

/// A body that generates each chunk when the reader has room for it.
fn written(pieces: impl Iterator<Item = Bytes> + Send + 'static) -> Body {
    Body::from_stream(stream::iter(pieces.map(Ok::<_, Infallible>)))
}

fn event_pieces(query: Query) -> impl Iterator<Item = Bytes> + Send + 'static {
    let lines = lines::pieces(query.logs);
    let result = (query.result == Wanted::Whole).then(|| {
        let begin = Bytes::from_static(b"event: prompt_result\r\ndata: ");
        let end = Bytes::from_static(b"\r\n\r\n");
        [begin].into_iter().chain(result_pieces(&query)).chain([end])
    });
    lines.chain(result.into_iter().flatten())
}

/// The prompt result as JSON, its fields in the service's order.
fn result_pieces(query: &Query) -> impl Iterator<Item = Bytes> + Send + use<> {
    let &Query { outputs, bytes, .. } = query;
    let begin = Bytes::from_static(
        br#"{"prompt_id":"00000000-0000-4000-8000-000000000000","status":"success","completed":true,"execution_time_seconds":1.25,"prompt":{"3":{"inputs":{"seed":18446744073709551615,"cfg":6.0},"class_type":"KSampler"}},"outputs":["#,
    );
    let all = (0..outputs).flat_map(move |index| output_pieces(index, bytes));
    [begin].into_iter().chain(all).chain([Bytes::from_static(b"]}")])
}

fn output_pieces(index: u64, bytes: u64) -> impl Iterator<Item = Bytes> + Send {
    let comma = if index > 0 { "," } else { "" };
    let name = format!("large_{:05}_.bin", index + 1);
    let begin = format!(r#"{comma}{{"filename":"{name}","content_type":"application/octet-stream","data":""#);
    let end = format!(r#"","size":{bytes}}}"#);
    [Bytes::from(begin)].into_iter().chain(content::base64(index, bytes)).chain([Bytes::from(end)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    use serde_json::Value;

    fn joined(pieces: impl Iterator<Item = Bytes>) -> String {
        let mut all = Vec::new();
        pieces.for_each(|piece| all.extend_from_slice(&piece));
        String::from_utf8(all).unwrap()
    }

    #[test]
    fn a_result_has_its_outputs_each_of_its_own_content() {
        let query = Query { outputs: 3, bytes: 100, ..Query::default() };
        let result: Value = serde_json::from_str(&joined(result_pieces(&query))).unwrap();
        assert_eq!(result["status"], "success");
        let outputs = result["outputs"].as_array().unwrap();
        assert_eq!(outputs.len(), 3);
        for (index, output) in outputs.iter().enumerate() {
            assert_eq!(output["size"], 100);
            let decoded = STANDARD.decode(output["data"].as_str().unwrap()).unwrap();
            assert_eq!(decoded, content::decoded(index as u64, 100));
        }
        assert_ne!(outputs[0]["data"], outputs[1]["data"]);
    }

    #[test]
    fn events_end_in_the_result_unless_it_is_not_wanted() {
        let query = Query { logs: 5, bytes: 10, ..Query::default() };
        let text = joined(event_pieces(query.clone()));
        assert_eq!(text.matches("event: log_message\r\ndata: ").count(), 5);
        let (_, result) = text.split_once("event: prompt_result\r\ndata: ").unwrap();
        let result = result.strip_suffix("\r\n\r\n").unwrap();
        assert!(!result.contains(['\r', '\n']));
        assert_eq!(result, joined(result_pieces(&query)));
        let without = joined(event_pieces(Query { result: Wanted::None, ..query }));
        assert_eq!(text.strip_prefix(&without).map(|rest| rest.len()), Some(28 + result.len() + 4));
    }
}

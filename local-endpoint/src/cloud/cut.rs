//! Responses whose connection breaks.

use axum::body::Body;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::stream;
use serde_json::Value;

/// A response whose connection breaks in the middle of the body.
pub fn cut(status: StatusCode, whole: &Value) -> Response {
    let text = whole.to_string();
    let half = Bytes::copy_from_slice(&text.as_bytes()[..text.len() / 2]);
    let pieces = [Ok(half), Err(std::io::Error::other("cut on request"))];
    (status, [(header::CONTENT_TYPE, "application/json")], Body::from_stream(stream::iter(pieces)))
        .into_response()
}

//! The response with a file's bytes, or with the range of them that a `Range` header asks for.

use std::ops::Range;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, StreamExt};
use sha2::{Digest, Sha256};

use crate::range::{Unsatisfiable, parse};

/// The size of the chunks that a file is sent in.
const PIECE: usize = 64 * 1024;
/// How long a connection stays open after the last chunk before it breaks: a reader loses what it has not read by then,
/// and tests count what is downloaded again.
const BEFORE_BREAK: Duration = Duration::from_millis(500);

/// A file to send.
pub struct Download<'a> {
    pub content_type: &'static str,
    pub name: &'a str,
    pub bytes: Bytes,
}

impl Download<'_> {
    /// The whole file or a range. `break_within` says at which of its bytes the connection breaks, if it does; `note` gets the
    /// number of bytes sent.
    pub fn answer(
        self,
        headers: &HeaderMap,
        break_within: impl FnOnce(&Range<usize>) -> Option<usize>,
        note: impl FnOnce(usize),
    ) -> Response {
        let asked = headers.get(header::RANGE).and_then(|value| value.to_str().ok());
        let size = self.bytes.len();
        let (status, range) = match parse(asked, size) {
            Ok(None) => (StatusCode::OK, 0..size),
            Ok(Some(range)) => (StatusCode::PARTIAL_CONTENT, range),
            Err(Unsatisfiable) => return StatusCode::RANGE_NOT_SATISFIABLE.into_response(),
        };
        let part = self.bytes.slice(range.clone());
        let mut answer = Response::builder()
            .status(status)
            .header(header::CONTENT_TYPE, self.content_type)
            .header(header::CONTENT_DISPOSITION, format!("filename=\"{}\"", self.name.escape_default()))
            .header(header::CONTENT_LENGTH, part.len())
            .header(header::ACCEPT_RANGES, "bytes")
            .header(header::ETAG, etag(&self.bytes))
            .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
        if status == StatusCode::PARTIAL_CONTENT {
            let about = format!("bytes {}-{}/{size}", range.start, range.end - 1);
            answer = answer.header(header::CONTENT_RANGE, about);
        }
        let sent = break_within(&range).unwrap_or(range.end) - range.start;
        note(sent);
        answer.body(pieces(part, sent)).unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
    }
}

/// The middle of a part of a file.
pub fn half_of(part: &Range<usize>) -> usize {
    part.start + part.len() / 2
}

/// The first `sent` bytes of a range, then a broken connection if that is not all of it.
fn pieces(part: Bytes, sent: usize) -> Body {
    let whole = sent == part.len();
    let pieces = (0..sent).step_by(PIECE).map(move |at| Ok(part.slice(at..sent.min(at + PIECE))));
    // What was sent before has to be flushed, or none of it arrives.
    let wait = if sent > 0 { BEFORE_BREAK } else { Duration::ZERO };
    let broken = stream::iter((!whole).then_some(wait)).then(async |wait| {
        tokio::time::sleep(wait).await;
        Err(std::io::Error::other("broken off on request"))
    });
    Body::from_stream(stream::iter(pieces).chain(broken))
}

/// For a large file, its beginning and end stand for the whole.
fn etag(bytes: &[u8]) -> String {
    let ends = PIECE.min(bytes.len());
    let digest =
        Sha256::new().chain_update(&bytes[..ends]).chain_update(&bytes[bytes.len() - ends..]).finalize();
    let start: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("\"{start}-{:x}\"", bytes.len())
}

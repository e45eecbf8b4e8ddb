//! The response with a file's bytes, or with the range of them that a `Range` header asks for.

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
    /// The whole file or a range. `breaks` says whether the connection breaks half-way; `note` gets the number of bytes sent.
    pub fn answer(
        self,
        headers: &HeaderMap,
        breaks: impl FnOnce() -> bool,
        note: impl FnOnce(usize),
    ) -> Response {
        let asked = headers.get(header::RANGE).and_then(|value| value.to_str().ok());
        let size = self.bytes.len();
        let (status, part, about) = match parse(asked, size) {
            Ok(None) => (StatusCode::OK, self.bytes.clone(), None),
            Ok(Some(range)) => {
                let about = format!("bytes {}-{}/{size}", range.start, range.end - 1);
                (StatusCode::PARTIAL_CONTENT, self.bytes.slice(range), Some(about))
            }
            Err(Unsatisfiable) => return StatusCode::RANGE_NOT_SATISFIABLE.into_response(),
        };
        let mut answer = Response::builder()
            .status(status)
            .header(header::CONTENT_TYPE, self.content_type)
            .header(header::CONTENT_DISPOSITION, format!("filename=\"{}\"", self.name.escape_default()))
            .header(header::CONTENT_LENGTH, part.len())
            .header(header::ACCEPT_RANGES, "bytes")
            .header(header::ETAG, etag(&self.bytes))
            .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
        if let Some(about) = about {
            answer = answer.header(header::CONTENT_RANGE, about);
        }
        let sent = if breaks() { part.len() / 2 } else { part.len() };
        note(sent);
        answer.body(pieces(part, sent)).unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
    }
}

/// The first `sent` bytes of a range, then a broken connection if that is not all of it.
fn pieces(part: Bytes, sent: usize) -> Body {
    let whole = sent == part.len();
    let pieces = (0..sent).step_by(PIECE).map(move |at| Ok(part.slice(at..sent.min(at + PIECE))));
    let broken = stream::iter((!whole).then_some(())).then(async |()| {
        // What was sent before has to be flushed, or none of it arrives.
        tokio::time::sleep(BEFORE_BREAK).await;
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

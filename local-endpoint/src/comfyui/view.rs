//! `GET /view`: the bytes of a file.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{Query as Parameters, State as Shared};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::files::{Folder, Location};
use super::range::{Unsatisfiable, parse};
use crate::app::App;

/// How much of a file goes out at a time.
const PIECE: usize = 64 * 1024;

#[derive(Deserialize)]
pub struct Wanted {
    filename: Option<String>,
    #[serde(default)]
    subfolder: String,
    #[serde(rename = "type", default)]
    folder: Option<String>,
}

/// `GET /view`.
pub async fn view(
    Shared(app): Shared<Arc<App>>,
    Parameters(wanted): Parameters<Wanted>,
    headers: HeaderMap,
) -> Response {
    let location = match locate(wanted) {
        Ok(location) => location,
        Err(status) => return status.into_response(),
    };
    let Some(bytes) = app.comfy.files.get(&location) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let range = headers.get(header::RANGE).and_then(|value| value.to_str().ok());
    let size = bytes.len();
    let (status, part, about) = match parse(range, size) {
        Ok(None) => (StatusCode::OK, bytes.clone(), None),
        Ok(Some(range)) => {
            let about = format!("bytes {}-{}/{size}", range.start, range.end - 1);
            (StatusCode::PARTIAL_CONTENT, bytes.slice(range), Some(about))
        }
        Err(Unsatisfiable) => return StatusCode::RANGE_NOT_SATISFIABLE.into_response(),
    };
    let mut answer = Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, content_type(&location.name))
        .header(header::CONTENT_DISPOSITION, format!("filename=\"{}\"", location.name.escape_default()))
        .header(header::CONTENT_LENGTH, part.len())
        .header(header::ACCEPT_RANGES, "bytes")
        .header(header::ETAG, etag(&bytes))
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    if let Some(about) = about {
        answer = answer.header(header::CONTENT_RANGE, about);
    }
    let sent = if app.comfy.control.breaks_download() { part.len() / 2 } else { part.len() };
    app.comfy.control.note_downloaded(sent);
    answer.body(pieces(part, sent)).unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

/// The first `sent` bytes of a part, and a broken connection where that is not all of it.
fn pieces(part: Bytes, sent: usize) -> Body {
    let whole = sent == part.len();
    let pieces = (0..sent).step_by(PIECE).map(move |at| Ok(part.slice(at..sent.min(at + PIECE))));
    let broken = (!whole).then(|| Err(std::io::Error::other("broken off on request")));
    Body::from_stream(stream::iter(pieces.chain(broken)))
}

fn locate(wanted: Wanted) -> Result<Location, StatusCode> {
    let filename = wanted.filename.ok_or(StatusCode::NOT_FOUND)?;
    if filename.starts_with('/') || filename.contains("..") {
        return Err(StatusCode::BAD_REQUEST);
    }
    if wanted.subfolder.split(['/', '\\']).any(|part| part == "..") {
        return Err(StatusCode::FORBIDDEN);
    }
    let named = Location::of_input(&filename);
    let is_annotated = named.name.len() < filename.len() && filename.ends_with(']');
    let folder = match wanted.folder.as_deref() {
        None | Some("") if is_annotated => named.folder,
        None | Some("") => Folder::Output,
        Some(name) => Folder::named(name).ok_or(StatusCode::BAD_REQUEST)?,
    };
    let name = if is_annotated { named.name } else { filename };
    Ok(Location { folder, subfolder: wanted.subfolder, name })
}

fn etag(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let start: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("\"{start}-{:x}\"", bytes.len())
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "png" | "apng" => "image/png",
        "gif" => "image/gif",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "wav" => "audio/x-wav",
        "txt" => "text/plain",
        _ => "application/octet-stream",
    }
}

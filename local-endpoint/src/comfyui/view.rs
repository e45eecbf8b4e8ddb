//! `GET /view`: the bytes of a file.

use std::sync::Arc;

use axum::extract::{Query as Parameters, State as Shared};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::files::{Folder, Location};
use crate::app::App;
use crate::download::Download;

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
    let download = Download { content_type: content_type(&location.name), name: &location.name, bytes };
    download.answer(
        &headers,
        |part| app.comfy.control.break_within(part),
        |sent| app.comfy.control.note_downloaded(sent),
    )
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

//! `POST /upload/image` and `POST /upload/mask`. Any file is taken, under the name `image`.

use std::io::Cursor;
use std::sync::Arc;

use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::State as Shared;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::files::{Folder, Location};
use crate::app::App;
use crate::request;

/// A file, and where it is to lie.
struct Upload {
    location: Location,
    bytes: Bytes,
    overwrite: bool,
    /// Of a mask: the picture it belongs to.
    original: Option<Location>,
}

/// `POST /upload/image`.
pub async fn image(Shared(app): Shared<Arc<App>>, headers: HeaderMap, body: Body) -> Response {
    match read(&headers, body).await {
        Ok(Upload { location, bytes, overwrite, .. }) => keep(&app, location, bytes, overwrite),
        Err(refusal) => refusal,
    }
}

/// `POST /upload/mask`: the picture's copy with this one's transparency, under this one's name.
pub async fn mask(Shared(app): Shared<Arc<App>>, headers: HeaderMap, body: Body) -> Response {
    let Upload { location, mut bytes, overwrite, original } = match read(&headers, body).await {
        Ok(upload) => upload,
        Err(refusal) => return refusal,
    };
    if let Some(original) = original.and_then(|location| app.comfy.files.get(&location)) {
        match with_transparency(&original, &bytes) {
            Ok(masked) => bytes = masked,
            Err(_) => return StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        }
    }
    keep(&app, location, bytes, overwrite)
}

fn keep(app: &App, location: Location, bytes: Bytes, overwrite: bool) -> Response {
    let location = if overwrite {
        app.comfy.files.put(location.clone(), bytes);
        location
    } else {
        app.comfy.files.add(location, bytes)
    };
    let Location { folder, subfolder, name } = location;
    Json(json!({"name": name, "subfolder": subfolder, "type": folder.name()})).into_response()
}

async fn read(headers: &HeaderMap, body: Body) -> Result<Upload, Response> {
    let form = request::read(headers, body).await.map_err(IntoResponse::into_response)?;
    let text = |name: &str| form.others.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let file = form.files.iter().find(|file| file.name == "image" && !file.filename.is_empty());
    let file = file.ok_or_else(|| StatusCode::BAD_REQUEST.into_response())?;
    let subfolder = text("subfolder").unwrap_or_default().trim_matches('/').to_owned();
    if subfolder.split(['/', '\\']).any(|part| part == "..") {
        return Err(StatusCode::BAD_REQUEST.into_response());
    }
    let folder = Folder::named(text("type").unwrap_or("input")).ok_or_else(|| {
        let message = "500 Internal Server Error\n\nServer got itself in trouble";
        (StatusCode::INTERNAL_SERVER_ERROR, message).into_response()
    })?;
    let name = file.filename.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
    Ok(Upload {
        location: Location { folder, subfolder, name },
        bytes: file.bytes.clone(),
        overwrite: matches!(text("overwrite"), Some("true" | "1")),
        original: text("original_ref").and_then(original),
    })
}

fn original(text: &str) -> Option<Location> {
    let reference: Value = serde_json::from_str(text).ok()?;
    let field = |name: &str| reference[name].as_str();
    Some(Location {
        folder: Folder::named(field("type").unwrap_or("output"))?,
        subfolder: field("subfolder").unwrap_or_default().to_owned(),
        name: field("filename")?.to_owned(),
    })
}

fn with_transparency(original: &[u8], mask: &[u8]) -> image::ImageResult<Bytes> {
    let mut picture = image::load_from_memory(original)?.into_rgba8();
    let mask = image::load_from_memory(mask)?.into_rgba8();
    for (pixel, masked) in picture.pixels_mut().zip(mask.pixels()) {
        pixel.0[3] = masked.0[3];
    }
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png)?;
    Ok(bytes.into_inner().into())
}

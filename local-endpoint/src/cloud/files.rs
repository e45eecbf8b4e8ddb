//! The files that results link to. A link's signature says how long it is valid.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use axum::extract::{Path, Query as Parameters, State as Shared};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::jobs::Job;
use crate::app::App;
use crate::download::{Download, half_of};
use crate::lock::lock;
use crate::result::OutputFile;

/// A link's query.
#[derive(Deserialize)]
pub struct Signed {
    /// The number of the look-up that returned the link.
    signature: u32,
}

const EXPIRED: &str =
    "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>";

/// The address of a file.
pub fn link(job: &Job, name: &str, signature: u32) -> String {
    let name: String = form_urlencoded::byte_serialize(name.as_bytes()).collect();
    format!("{}/cloud/files/{}/{}?signature={signature}", job.base, job.run.id, name.replace('+', "%20"))
}

/// `GET /files/{id}/{file}`.
pub async fn file(
    Shared(app): Shared<Arc<App>>,
    Path((id, file)): Path<(String, String)>,
    Parameters(signed): Parameters<Signed>,
    headers: HeaderMap,
) -> Response {
    let Some(job) = app.cloud.jobs.find(&id) else { return StatusCode::NOT_FOUND.into_response() };
    if signed.signature < job.faults.expired {
        return (StatusCode::FORBIDDEN, [(header::CONTENT_TYPE, "application/xml")], EXPIRED).into_response();
    }
    let Some(output) = job.outputs().into_iter().find(|output| output.filename == file) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let break_within = |part: &Range<usize>| {
        let mut downloads = lock(&job.downloads);
        let count = downloads.entry(file.clone()).or_default();
        *count += 1;
        (*count <= job.faults.broken).then(|| half_of(part))
    };
    let note = |sent: usize| {
        job.downloaded.fetch_add(sent as u64, Ordering::Relaxed);
    };
    let OutputFile { content_type, bytes, .. } = output;
    Download { content_type, name: &file, bytes }.answer(&headers, break_within, note)
}

//! Looking jobs up: `GET /api/workflow/infer/?prompt_ids=A&prompt_ids=B`, and the list of running ones.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use axum::Json;
use axum::extract::{RawQuery, State as Shared};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::cut::cut;
use super::faults::LookUp;
use super::files;
use super::jobs::Job;
use crate::app::App;
use crate::refusal::Refusal;

/// `GET /api/workflow/infer/`.
pub async fn look_up(
    Shared(app): Shared<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    if app.accepted.check(&headers).is_none() {
        return Refusal::unauthorized().into_response();
    }
    let mut records = Vec::new();
    let mut wrong = None;
    for (_, id) in
        form_urlencoded::parse(query.unwrap_or_default().as_bytes()).filter(|(name, _)| name == "prompt_ids")
    {
        let Some(job) = app.cloud.jobs.find(&id) else { continue };
        match fault(&job) {
            None => records.push(record(&job)),
            Some(LookUp::Unknown) => {}
            fault => wrong = fault,
        }
    }
    match wrong {
        None | Some(LookUp::Unknown) => Json(records).into_response(),
        Some(LookUp::Fail) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        Some(LookUp::Cut) => cut(StatusCode::OK, &json!([{"promptId": "cut"}])),
        Some(LookUp::Never) => std::future::pending().await,
    }
}

/// `GET /api/workflow/infer/running`.
pub async fn running(Shared(app): Shared<Arc<App>>, headers: HeaderMap) -> Response {
    if app.accepted.check(&headers).is_none() {
        return Refusal::unauthorized().into_response();
    }
    let jobs = app.cloud.jobs.all();
    let records: Vec<Value> = jobs.iter().filter(|job| !job.run.has_ended()).map(|job| record(job)).collect();
    Json(records).into_response()
}

fn fault(job: &Job) -> Option<LookUp> {
    let before = job.look_ups.fetch_add(1, Ordering::Relaxed);
    job.faults.look_up.filter(|_| before < job.faults.look_ups.max(1))
}

/// A job's record.
pub fn record(job: &Job) -> Value {
    let ended = job.run.has_ended();
    let created = humantime::format_rfc3339_millis(job.created).to_string();
    let mut record = json!({
        "promptId": job.run.id,
        "status": job.status(),
        "completed": ended,
        "createdAt": created,
        "workflow": null,
        "clientId": "local-id",
        "user": null,
    });
    if let Some(result) = job.run.result() {
        record["executionTimeSeconds"] = json!((result.seconds * 100.0).round() / 100.0);
        record["prompt"] = result.prompt.clone().into();
        let signature = job.links.fetch_add(1, Ordering::Relaxed);
        record["outputs"] = outputs(job, "contentType", signature);
    }
    if let Some(error) = job.error() {
        record["errorData"] = error.into();
    }
    record
}

/// A job's outputs as links, with the content type under this name.
pub fn outputs(job: &Job, content_type: &str, signature: u32) -> Value {
    let outputs = job.outputs();
    let entry = |output: &crate::result::OutputFile| {
        json!({
            "filename": output.filename,
            content_type: output.content_type,
            "filepath": files::link(job, &output.filename, signature),
            "size": output.bytes.len(),
        })
    };
    if job.error().is_some() { json!([]) } else { outputs.iter().map(entry).collect() }
}

//! `/jobs`: what waits, runs and ran, each with a status that tells a cancelled run from a failed one.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query as Parameters, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::history::{End, Entry};
use super::item::Item;
use super::queue::Place;
use super::state::Comfy;
use crate::app::App;

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Filter {
    status: Option<String>,
}

/// `GET /api/jobs`.
pub async fn all(Shared(app): Shared<Arc<App>>, Parameters(filter): Parameters<Filter>) -> Json<Value> {
    let queued = app.comfy.queue.all();
    let ended = app.comfy.history.all();
    let jobs =
        queued.iter().map(|(place, item)| of_item(*place, item)).chain(ended.iter().rev().map(of_entry));
    let wanted: Option<Vec<&str>> = filter.status.as_deref().map(|status| status.split(',').collect());
    let is_wanted = |job: &Value| {
        wanted.as_ref().is_none_or(|wanted| wanted.iter().any(|status| job["status"] == *status))
    };
    let jobs: Vec<Value> = jobs.filter(is_wanted).collect();
    let total = jobs.len();
    let pagination = json!({"offset": 0, "limit": null, "total": total, "has_more": false});
    Json(json!({"jobs": jobs, "pagination": pagination}))
}

/// `GET /api/jobs/{id}`.
pub async fn one(Shared(app): Shared<Arc<App>>, Path(id): Path<String>) -> Response {
    match job(&app.comfy, &id) {
        Some(job) => Json(job).into_response(),
        None => (StatusCode::NOT_FOUND, Json(json!({"error": "Job not found"}))).into_response(),
    }
}

fn job(comfy: &Comfy, id: &str) -> Option<Value> {
    if let Some((place, item)) = comfy.queue.find(id) {
        return Some(of_item(place, &item));
    }
    let entry = comfy.history.find(id)?;
    let mut job = of_entry(&entry);
    job["outputs"] = Value::Object(entry.outputs.clone());
    job["execution_status"] = json!({"messages": entry.messages});
    job["workflow"] = json!({"prompt": entry.prompt[2], "extra_data": entry.prompt[3]});
    Some(job)
}

/// `POST /api/jobs/{id}/cancel`: interrupts or takes out, whichever it is.
pub async fn cancel(Shared(app): Shared<Arc<App>>, Path(id): Path<String>) -> Json<Value> {
    let queue = &app.comfy.queue;
    let cancelled = queue.delete(&id) || queue.interrupt(Some(&id));
    app.comfy.tell_status();
    Json(json!({"cancelled": cancelled}))
}

fn of_item(place: Place, item: &Item) -> Value {
    let status = if place == Place::Running { "in_progress" } else { "pending" };
    json!({
        "id": item.id, "status": status, "priority": item.number, "create_time": item.created,
        "execution_start_time": null, "execution_end_time": null,
        "outputs_count": 0, "previewable_outputs_count": 0, "preview_output": null,
    })
}

fn of_entry(entry: &Entry) -> Value {
    let status = match entry.end {
        End::Success => "completed",
        End::Error => "failed",
        End::Interrupted => "cancelled",
    };
    json!({
        "id": entry.id, "status": status, "priority": entry.prompt[0], "create_time": entry.created,
        "execution_start_time": entry.started, "execution_end_time": entry.ended,
        "outputs_count": entry.outputs.len(), "previewable_outputs_count": entry.outputs.len(),
        "preview_output": null,
    })
}

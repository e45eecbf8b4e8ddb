//! Controls for tests, beside the API's own routes: faults on request, and counts of what happened.

use std::sync::Arc;

use axum::Json;
use axum::extract::State as Shared;
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::control::Wanted;
use crate::app::App;

/// `GET /cloud-control`: the counts.
pub async fn read(Shared(app): Shared<Arc<App>>) -> Json<Value> {
    let cloud = &app.cloud;
    let jobs: Vec<Value> = cloud.jobs.all().iter().map(|job| job.counts()).collect();
    Json(json!({
        "jobs": jobs,
        "calls": cloud.control.calls(),
        "sockets": cloud.sockets.count(),
        "handshakes": cloud.sockets.handshakes(),
    }))
}

/// `PUT /cloud-control`: sets the faults.
pub async fn set(Shared(app): Shared<Arc<App>>, Json(wanted): Json<Wanted>) -> StatusCode {
    app.cloud.control.want(wanted);
    StatusCode::NO_CONTENT
}

/// `DELETE /cloud-control`: no faults, no jobs, no counts.
pub async fn forget(Shared(app): Shared<Arc<App>>) -> StatusCode {
    app.cloud.control.clear();
    app.cloud.jobs.clear();
    StatusCode::NO_CONTENT
}

/// `DELETE /cloud-control/sockets`: drops every socket.
pub async fn cut_sockets(Shared(app): Shared<Arc<App>>) -> StatusCode {
    app.cloud.sockets.cut();
    StatusCode::NO_CONTENT
}

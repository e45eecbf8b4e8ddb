//! Controls for tests, beside the API's own routes: faults on request, and counts of what happened.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::Json;
use axum::extract::State as Shared;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::faults::Faults;
use crate::app::App;
use crate::lock::lock;

/// What tests ask for. Each `PUT` sets all of it.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Wanted {
    /// What happens to sockets that want to connect.
    pub sockets: Connecting,
    /// Faults of the jobs that do not bring their own.
    pub jobs: Faults,
}

/// What happens to a socket that wants to connect.
#[derive(Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Connecting {
    #[default]
    Taken,
    /// The handshake is answered with an error.
    Refused,
    /// The handshake is never answered.
    Silent,
}

/// What was asked for, and the counts that belong to no job.
#[derive(Default)]
pub struct Control {
    wanted: Mutex<Wanted>,
    /// Schedule calls by prompt id, refused ones too.
    calls: Mutex<BTreeMap<String, u32>>,
}

impl Control {
    pub fn connecting(&self) -> Connecting {
        lock(&self.wanted).sockets
    }

    pub fn faults(&self) -> Faults {
        lock(&self.wanted).jobs.clone()
    }

    /// Counts a schedule call, and gives the number of those before it with the same id.
    pub fn note_call(&self, id: &str) -> u32 {
        let mut calls = lock(&self.calls);
        let count = calls.entry(id.to_owned()).or_default();
        *count += 1;
        *count - 1
    }
}

/// `GET /cloud-control`: the counts.
pub async fn read(Shared(app): Shared<Arc<App>>) -> Json<Value> {
    let cloud = &app.cloud;
    let jobs: Vec<Value> = cloud.jobs.all().iter().map(|job| job.counts()).collect();
    Json(json!({
        "jobs": jobs,
        "calls": *lock(&cloud.control.calls),
        "sockets": cloud.sockets.count(),
        "handshakes": cloud.sockets.handshakes(),
    }))
}

/// `PUT /cloud-control`: sets the faults.
pub async fn set(Shared(app): Shared<Arc<App>>, Json(wanted): Json<Wanted>) -> StatusCode {
    *lock(&app.cloud.control.wanted) = wanted;
    StatusCode::NO_CONTENT
}

/// `DELETE /cloud-control`: no faults, no jobs, no counts.
pub async fn forget(Shared(app): Shared<Arc<App>>) -> StatusCode {
    *lock(&app.cloud.control.wanted) = Wanted::default();
    lock(&app.cloud.control.calls).clear();
    app.cloud.jobs.clear();
    StatusCode::NO_CONTENT
}

/// `DELETE /cloud-control/sockets`: drops every socket.
pub async fn cut_sockets(Shared(app): Shared<Arc<App>>) -> StatusCode {
    app.cloud.sockets.cut();
    StatusCode::NO_CONTENT
}

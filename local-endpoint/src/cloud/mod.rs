//! Stands in for the service's cloud API, under `/cloud`: it takes jobs under the ids that their callers chose, tells of them by
//! Socket.IO, and gives their results as links to its own files. What it computes is what the deployment beside it computes.

mod cancel;
mod control;
mod faults;
mod files;
mod jobs;
mod look_up;
mod schedule;
mod sockets;
mod telling;

use std::sync::Arc;

use axum::Router;
use axum::routing::{delete, get, post};

use crate::app::App;
use control::Control;
use jobs::Jobs;
use sockets::Sockets;
pub use sockets::layer;

/// The state of the cloud API.
#[derive(Default)]
pub struct Cloud {
    jobs: Jobs,
    sockets: Sockets,
    control: Control,
}

/// The API's routes, and the controls for tests beside them.
pub fn router() -> Router<Arc<App>> {
    let infer = || get(look_up::look_up).post(schedule::schedule);
    Router::new()
        .route("/cloud/api/workflow/infer", infer())
        .route("/cloud/api/workflow/infer/", infer())
        .route("/cloud/api/workflow/infer/running", get(look_up::running))
        .route("/cloud/api/workflow/infer/cancel", post(cancel::cancel))
        .route("/cloud/api/workflow/infer/subscribe/{sid}", post(sockets::subscribe))
        .route("/cloud/api/viewcomfy-app/playground/infer/cancel/{id}", post(cancel::cancel_with_token))
        .route("/cloud/files/{id}/{file}", get(files::file))
        .route("/cloud-control", get(control::read).put(control::set).delete(control::forget))
        .route("/cloud-control/sockets", delete(control::cut_sockets))
}

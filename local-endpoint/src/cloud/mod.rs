//! Stands in for the service's cloud API, under `/cloud`: it accepts jobs under ids that their callers chose, sends
//! their events over Socket.IO, and returns their results as links to its own files. It computes the same as the
//! deployment beside it.

mod cancel;
mod control;
mod controls;
mod cut;
mod faults;
mod files;
mod jobs;
mod live;
mod look_up;
mod schedule;
mod sockets;
pub mod state;
mod telling;

use std::sync::Arc;

use axum::Router;
use axum::routing::{delete, get, post};

use crate::app::App;
pub use live::layer;

/// The API's routes, and the controls for tests beside them.
pub fn router() -> Router<Arc<App>> {
    let infer = || get(look_up::look_up).post(schedule::schedule);
    Router::new()
        .route("/cloud/api/workflow/infer", infer())
        .route("/cloud/api/workflow/infer/", infer())
        .route("/cloud/api/workflow/infer/running", get(look_up::running))
        .route("/cloud/api/workflow/infer/cancel", post(cancel::cancel))
        .route("/cloud/api/workflow/infer/subscribe/{sid}", post(live::subscribe))
        .route("/cloud/api/viewcomfy-app/playground/infer/cancel/{id}", post(cancel::cancel_with_token))
        .route("/cloud/files/{id}/{file}", get(files::file))
        .route("/cloud-control", get(controls::read).put(controls::set).delete(controls::forget))
        .route("/cloud-control/sockets", delete(controls::cut_sockets))
}

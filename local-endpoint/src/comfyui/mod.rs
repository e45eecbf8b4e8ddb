//! Stands in for a ComfyUI server, under `/comfyui`: its routes, queue, sockets and habits, as they were observed on
//! ComfyUI 0.33.0. What it computes is what the deployment beside it computes, so the same request gives the same bytes.

mod choices;
mod clock;
mod control;
mod files;
mod history;
mod info;
mod item;
mod jobs;
mod logs;
mod outputs;
mod performance;
mod preview;
mod prompt;
mod queue;
mod routes;
mod sockets;
pub mod state;
mod upload;
mod validation_log;
mod view;
mod worker;

use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::routing::{delete, get, patch, post};

use crate::app::App;
pub use worker::work;

/// The server's routes, each with and without `/api` in front, and the controls for tests beside them.
pub fn router(app: &Arc<App>) -> Router<Arc<App>> {
    let control = Router::new()
        .route("/", get(routes::control::read).put(routes::control::set))
        .route("/restart", post(routes::control::restart))
        .route("/sockets", delete(routes::control::cut_sockets));
    let routes = routes().layer(from_fn_with_state(app.clone(), routes::control::questions));
    Router::new()
        .nest("/comfyui/api", routes.clone())
        .nest("/comfyui", routes)
        .nest("/comfyui-control", control)
}

fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/ws", get(routes::sockets::open))
        .route("/prompt", get(info::exec_info).post(prompt::queue))
        .route("/queue", get(routes::queue::read).post(routes::queue::change))
        .route("/interrupt", post(routes::queue::interrupt))
        .route("/history", get(routes::history::all).post(routes::history::change))
        .route("/history/{id}", get(routes::history::one))
        .route("/jobs", get(jobs::all))
        .route("/jobs/{id}", get(jobs::one))
        .route("/jobs/{id}/cancel", post(jobs::cancel))
        .route("/view", get(view::view))
        .route("/upload/image", post(upload::image))
        .route("/upload/mask", post(upload::mask))
        .route("/system_stats", get(info::system_stats))
        .route("/features", get(info::features))
        .route("/object_info", get(info::object_info))
        .route("/object_info/{class}", get(info::one_class))
        .route("/internal/logs/raw", get(routes::logs::read))
        .route("/internal/logs/subscribe", patch(routes::logs::subscribe))
        .fallback(|| async { StatusCode::NOT_FOUND })
}

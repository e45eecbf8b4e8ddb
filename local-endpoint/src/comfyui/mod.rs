//! Stands in for a ComfyUI server, under `/comfyui`: its routes, queue, sockets and habits, as they were observed on
//! ComfyUI 0.33.0. What it computes is what the deployment beside it computes, so the same request gives the same bytes.

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
mod sockets;
mod upload;
mod view;
mod worker;

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::routing::{delete, get, patch, post};

use crate::app::App;
use control::Control;
use files::Files;
use history::History;
use logs::Logs;
use queue::Queue;
use sockets::Sockets;
use worker::Current;
pub use worker::work;

/// The state of a ComfyUI server.
#[derive(Default)]
pub struct Comfy {
    queue: Queue,
    history: History,
    sockets: Sockets,
    files: Files,
    logs: Logs,
    control: Control,
    current: Mutex<Option<Current>>,
}

/// The server's routes, each with and without `/api` in front, and the controls for tests beside them.
pub fn router(app: &Arc<App>) -> Router<Arc<App>> {
    let control = Router::new()
        .route("/", get(control::read).put(control::set))
        .route("/restart", post(control::restart))
        .route("/sockets", delete(control::cut_sockets));
    let routes = routes().layer(from_fn_with_state(app.clone(), control::questions));
    Router::new()
        .nest("/comfyui/api", routes.clone())
        .nest("/comfyui", routes)
        .nest("/comfyui-control", control)
}

fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/ws", get(sockets::open))
        .route("/prompt", get(info::exec_info).post(prompt::queue))
        .route("/queue", get(queue::read).post(queue::change))
        .route("/interrupt", post(queue::interrupt))
        .route("/history", get(history::all).post(history::change))
        .route("/history/{id}", get(history::one))
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
        .route("/internal/logs/raw", get(logs::read))
        .route("/internal/logs/subscribe", patch(logs::subscribe))
        .fallback(|| async { StatusCode::NOT_FOUND })
}

/// Milliseconds since 1970, as ComfyUI's messages have them.
fn now() -> u64 {
    let elapsed = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    elapsed.map_or(0, |elapsed| elapsed.as_millis() as u64)
}

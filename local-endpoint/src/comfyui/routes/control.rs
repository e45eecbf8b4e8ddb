//! The controls for tests, and what they do to the server's own routes.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Request, State as Shared};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use crate::app::App;
use crate::comfyui::control::Faults;

/// `GET /comfyui-control`: the counts, and the faults that are on.
pub async fn read(Shared(app): Shared<Arc<App>>) -> Json<Value> {
    let sockets = &app.comfy.sockets;
    let log_listeners = sockets.count_of(&app.comfy.logs.subscribers());
    Json(app.comfy.control.to_json(sockets.count(), log_listeners))
}

/// `PUT /comfyui-control`: sets the faults.
pub async fn set(Shared(app): Shared<Arc<App>>, Json(faults): Json<Faults>) {
    app.comfy.control.set(faults);
}

/// `DELETE /comfyui-control/sockets`: cuts every WebSocket off.
pub async fn cut_sockets(Shared(app): Shared<Arc<App>>) {
    app.comfy.sockets.cut();
}

/// `POST /comfyui-control/restart`: what a restart does. Queue and history are lost, sockets cut; files stay.
pub async fn restart(Shared(app): Shared<Arc<App>>) {
    let comfy = &app.comfy;
    comfy.sockets.cut();
    comfy.queue.restart();
    comfy.history.clear();
}

/// Answers 500 where a question for a prompt's state is to fail, and 404 for jobs where there are none.
pub async fn questions(Shared(app): Shared<Arc<App>>, request: Request, next: Next) -> Response {
    let control = &app.comfy.control;
    let path = request.uri().path();
    let about = |name: &str| path.split('/').any(|part| part == name);
    if about("jobs") && control.has_no_jobs() {
        return StatusCode::NOT_FOUND.into_response();
    }
    let asks = request.method() == Method::GET && ["queue", "history", "jobs"].into_iter().any(about);
    if asks && control.fails_question() {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    next.run(request).await
}

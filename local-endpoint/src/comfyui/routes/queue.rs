//! The routes of the queue.

use std::sync::Arc;

use axum::Json;
use axum::extract::State as Shared;
use bytes::Bytes;
use serde::Deserialize;
use serde_json::Value;

use crate::app::App;

/// `GET /queue`.
pub async fn read(Shared(app): Shared<Arc<App>>) -> Json<Value> {
    Json(app.comfy.queue.to_json())
}

/// The body of `POST /queue` and `POST /history`.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Change {
    pub clear: bool,
    pub delete: Vec<String>,
}

/// `POST /queue`: takes waiting prompts out. Nobody is told, and the history does not have them.
pub async fn change(Shared(app): Shared<Arc<App>>, Json(change): Json<Change>) {
    if change.clear {
        app.comfy.queue.clear();
    }
    for id in &change.delete {
        app.comfy.queue.delete(id);
    }
    app.comfy.tell_status();
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Interrupt {
    prompt_id: Option<String>,
}

/// `POST /interrupt`: answers 200 whether it hit something or not.
pub async fn interrupt(Shared(app): Shared<Arc<App>>, body: Bytes) {
    let Interrupt { prompt_id } = serde_json::from_slice(&body).unwrap_or_default();
    app.comfy.control.note_interrupt(prompt_id.as_deref());
    app.comfy.queue.interrupt(prompt_id.as_deref());
}

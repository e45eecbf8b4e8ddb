//! The routes of the history.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query as Parameters, State as Shared};
use serde::Deserialize;
use serde_json::Value;

use super::queue::Change;
use crate::app::App;

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Page {
    max_items: Option<usize>,
}

/// `GET /history`.
pub async fn all(Shared(app): Shared<Arc<App>>, Parameters(page): Parameters<Page>) -> Json<Value> {
    let entries = app.comfy.history.all();
    let skipped = page.max_items.map_or(0, |count| entries.len().saturating_sub(count));
    let entries = entries.iter().skip(skipped).map(|entry| (entry.id.clone(), entry.to_json()));
    Json(Value::Object(entries.collect()))
}

/// `GET /history/{id}`: an empty object for what is not over or not known.
pub async fn one(Shared(app): Shared<Arc<App>>, Path(id): Path<String>) -> Json<Value> {
    let entry = app.comfy.history.find(&id).map(|entry| (entry.id.clone(), entry.to_json()));
    Json(Value::Object(entry.into_iter().collect()))
}

/// `POST /history`.
pub async fn change(Shared(app): Shared<Arc<App>>, Json(change): Json<Change>) {
    if change.clear {
        app.comfy.history.clear();
    }
    for id in &change.delete {
        app.comfy.history.delete(id);
    }
}

//! The history: what ran, with its outputs and how it ended.

use std::sync::{Arc, Mutex};

use axum::Json;
use axum::extract::{Path, Query as Parameters, State as Shared};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::queue::Change;
use crate::app::App;
use crate::lock::lock;

/// What a prompt came to.
#[derive(Clone)]
pub struct Entry {
    pub id: String,
    /// The item as the queue showed it.
    pub prompt: Value,
    /// What each output node made, by id.
    pub outputs: Map<String, Value>,
    pub end: End,
    /// The messages of its beginning and its end.
    pub messages: Vec<Value>,
    pub created: u64,
    pub started: u64,
    pub ended: u64,
}

/// How a prompt ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Success,
    Error,
    Interrupted,
}

impl Entry {
    fn to_json(&self) -> Value {
        // An interrupted run says "error", too: only its messages tell.
        let status = if self.end == End::Success { "success" } else { "error" };
        let meta: Map<String, Value> = self
            .outputs
            .keys()
            .map(|id| {
                let meta =
                    json!({"node_id": id, "display_node": id, "parent_node": null, "real_node_id": id});
                (id.clone(), meta)
            })
            .collect();
        json!({
            "prompt": self.prompt,
            "outputs": self.outputs,
            "status": {"status_str": status, "completed": self.end == End::Success, "messages": self.messages},
            "meta": meta,
        })
    }
}

/// The entries, oldest first. They last as long as the server.
#[derive(Default)]
pub struct History(Mutex<Vec<Entry>>);

impl History {
    /// Adds an entry.
    pub fn add(&self, entry: Entry) {
        lock(&self.0).push(entry);
    }

    /// The entry of a prompt.
    pub fn find(&self, id: &str) -> Option<Entry> {
        lock(&self.0).iter().find(|entry| entry.id == id).cloned()
    }

    /// Every entry, oldest first.
    pub fn all(&self) -> Vec<Entry> {
        lock(&self.0).clone()
    }

    /// Forgets everything, as a restart does.
    pub fn clear(&self) {
        lock(&self.0).clear();
    }

    fn delete(&self, id: &str) {
        lock(&self.0).retain(|entry| entry.id != id);
    }
}

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

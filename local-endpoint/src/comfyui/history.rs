//! The history: what ran, with its outputs and how it ended.

use std::sync::Mutex;

use serde_json::{Map, Value, json};

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
    /// As `GET /history` shows it.
    pub fn to_json(&self) -> Value {
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

    /// Forgets a prompt.
    pub fn delete(&self, id: &str) {
        lock(&self.0).retain(|entry| entry.id != id);
    }
}

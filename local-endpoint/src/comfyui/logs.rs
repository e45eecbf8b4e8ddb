//! The server's log: the newest lines, and clients that hear each new one.

use std::collections::{HashSet, VecDeque};
use std::sync::{Arc, Mutex};

use axum::Json;
use axum::extract::State as Shared;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Comfy;
use crate::app::App;
use crate::lock::lock;

/// How many lines are kept.
const KEPT: usize = 300;

#[derive(Default)]
pub struct Logs {
    entries: Mutex<VecDeque<Value>>,
    subscribers: Mutex<HashSet<String>>,
}

impl Comfy {
    /// Writes to the log. A progress bar begins with a carriage return and has no line break.
    pub(super) fn log(&self, line: &str) {
        let written = if line.contains("it/s]") || line.contains("s/it]") {
            format!("\r{line}")
        } else {
            format!("\u{1b}[32m[INFO]\u{1b}[0m {line}\n")
        };
        let time = humantime::format_rfc3339_micros(std::time::SystemTime::now()).to_string();
        let entry = json!({"t": time.trim_end_matches('Z'), "m": written});
        let message = json!({"type": "logs", "data": {"entries": [entry], "size": null}});
        for client_id in &*lock(&self.logs.subscribers) {
            self.sockets.send(client_id, &message);
        }
        let mut entries = lock(&self.logs.entries);
        if entries.len() == KEPT {
            entries.pop_front();
        }
        entries.push_back(entry);
    }
}

/// `GET /internal/logs/raw`.
pub async fn read(Shared(app): Shared<Arc<App>>) -> Json<Value> {
    let entries: Vec<Value> = lock(&app.comfy.logs.entries).iter().cloned().collect();
    Json(json!({"entries": entries, "size": {"cols": 80, "rows": 24}}))
}

#[derive(Deserialize)]
pub struct Subscription {
    #[serde(rename = "clientId")]
    client_id: String,
    enabled: bool,
}

/// `PATCH /internal/logs/subscribe`.
pub async fn subscribe(Shared(app): Shared<Arc<App>>, Json(subscription): Json<Subscription>) {
    let mut subscribers = lock(&app.comfy.logs.subscribers);
    if subscription.enabled {
        subscribers.insert(subscription.client_id);
    } else {
        subscribers.remove(&subscription.client_id);
    }
}

//! The state of a ComfyUI server.

use std::sync::Mutex;

use serde_json::{Value, json};

use super::control::Control;
use super::files::Files;
use super::history::History;
use super::item::Item;
use super::logs::{Level, Logs};
use super::queue::Queue;
use super::sockets::Sockets;
use crate::lock::lock;

/// What its routes and its worker share.
#[derive(Default)]
pub struct Comfy {
    pub(super) queue: Queue,
    pub(super) history: History,
    pub(super) sockets: Sockets,
    pub(super) files: Files,
    pub(super) logs: Logs,
    pub(super) control: Control,
    current: Mutex<Option<Current>>,
}

/// The node that is being executed, for a socket that comes back.
struct Current {
    client_id: Option<String>,
    prompt_id: String,
    node: String,
}

impl Comfy {
    /// Writes to the log, and tells those who want to hear it.
    pub(super) fn log(&self, line: &str) {
        self.log_at(Level::Info, line);
    }

    /// The same, at any level.
    pub(super) fn log_at(&self, level: Level, line: &str) {
        let entry = self.logs.add(level, line);
        let message = json!({"type": "logs", "data": {"entries": [entry], "size": null}});
        for client_id in self.logs.subscribers() {
            self.sockets.send(&client_id, &message);
        }
    }

    /// Notes the node that is being executed.
    pub(super) fn enter(&self, item: &Item, node: Option<&str>) {
        *lock(&self.current) = node.map(|node| Current {
            client_id: item.client_id.clone(),
            prompt_id: item.id.clone(),
            node: node.to_owned(),
        });
    }

    /// The message that tells how much waits; the first one of a socket says its id, too.
    pub(super) fn status(&self, sid: Option<&str>) -> Value {
        let status = json!({"exec_info": {"queue_remaining": self.queue.remaining()}});
        match sid {
            Some(sid) => json!({"type": "status", "data": {"status": status, "sid": sid}}),
            None => json!({"type": "status", "data": {"status": status}}),
        }
    }

    /// What a client that comes back hears of its prompt.
    pub(super) fn executing(&self, client_id: &str) -> Option<Value> {
        let current = lock(&self.current);
        let current = current.as_ref().filter(|current| current.client_id.as_deref() == Some(client_id))?;
        let node = &current.node;
        let data = json!({"node": node, "display_node": node, "prompt_id": current.prompt_id});
        Some(json!({"type": "executing", "data": data}))
    }

    /// Tells everybody how much waits.
    pub(super) fn tell_status(&self) {
        self.sockets.broadcast(&self.status(None));
    }
}

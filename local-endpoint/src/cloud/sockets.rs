//! The sockets that receive jobs' events.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::Value;
use socketioxide::extract::SocketRef;

use crate::lock::lock;

/// The connected sockets, by their ids in the namespace.
#[derive(Default)]
pub struct Sockets {
    connected: Mutex<BTreeMap<String, SocketRef>>,
    handshakes: AtomicU32,
}

impl Sockets {
    pub fn count(&self) -> usize {
        lock(&self.connected).len()
    }

    pub fn handshakes(&self) -> u32 {
        self.handshakes.load(Ordering::Relaxed)
    }

    pub fn note_handshake(&self) {
        self.handshakes.fetch_add(1, Ordering::Relaxed);
    }

    pub fn add(&self, socket: SocketRef) {
        lock(&self.connected).insert(socket.id.to_string(), socket);
    }

    /// Forgets a disconnected socket.
    pub fn remove(&self, sid: &str) {
        lock(&self.connected).remove(sid);
    }

    /// Sends an event to a socket, unless it has disconnected.
    pub fn tell(&self, sid: &str, event: &str, data: &Value) {
        let socket = lock(&self.connected).get(sid).cloned();
        if let Some(socket) = socket {
            let _ = socket.emit(event, data);
        }
    }

    /// Drops a socket.
    pub fn drop(&self, sid: &str) {
        let socket = lock(&self.connected).remove(sid);
        let _ = socket.map(SocketRef::disconnect);
    }

    /// Drops all of them.
    pub fn cut(&self) {
        let all: Vec<String> = lock(&self.connected).keys().cloned().collect();
        all.iter().for_each(|sid| self.drop(sid));
    }
}

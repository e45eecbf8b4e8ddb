//! The WebSockets: who hears what, and how a client id passes from one socket to the next.

use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::body::Bytes;
use axum::extract::ws::Message;
use serde_json::Value;
use tokio::sync::mpsc::UnboundedSender;

use crate::lock::lock;

/// What goes out on a socket; nothing more comes after `Cut`.
pub enum Frame {
    Send(Message),
    Cut,
}

struct Socket {
    /// Tells this socket from others that came under the same id.
    serial: u64,
    frames: UnboundedSender<Frame>,
    /// It said that it takes previews with facts about them.
    preview_facts: bool,
}

/// The sockets by client id: one id, one socket.
#[derive(Default)]
pub struct Sockets {
    by_id: Mutex<HashMap<String, Socket>>,
    serials: AtomicU64,
}

impl Sockets {
    /// Sends a message to one client.
    pub fn send(&self, client_id: &str, message: &Value) {
        if let Some(socket) = lock(&self.by_id).get(client_id) {
            let _ = socket.frames.send(Frame::Send(text(message)));
        }
    }

    /// Sends a message to everybody.
    pub fn broadcast(&self, message: &Value) {
        for socket in lock(&self.by_id).values() {
            let _ = socket.frames.send(Frame::Send(text(message)));
        }
    }

    /// Sends bytes to a client, or to everybody; which ones depends on what the client declared.
    pub fn send_bytes(&self, client_id: Option<&str>, plain: &[u8], with_facts: &[u8]) {
        for (id, socket) in &*lock(&self.by_id) {
            if client_id.is_none_or(|wanted| wanted == id) {
                let bytes = if socket.preview_facts { with_facts } else { plain };
                let _ = socket.frames.send(Frame::Send(Message::Binary(Bytes::copy_from_slice(bytes))));
            }
        }
    }

    /// Cuts every connection off, without a closing handshake.
    pub fn cut(&self) {
        for (_, socket) in lock(&self.by_id).drain() {
            let _ = socket.frames.send(Frame::Cut);
        }
    }

    /// How many clients are connected.
    pub fn count(&self) -> usize {
        lock(&self.by_id).len()
    }

    /// How many of these clients are connected.
    pub fn count_of(&self, client_ids: &[String]) -> usize {
        let by_id = lock(&self.by_id);
        client_ids.iter().filter(|id| by_id.contains_key(*id)).count()
    }

    /// A client connected: its socket takes the id.
    pub fn add(&self, id: &str, frames: UnboundedSender<Frame>) -> u64 {
        let serial = self.serials.fetch_add(1, Ordering::Relaxed);
        // The one before goes silent, but it stays open.
        lock(&self.by_id).insert(id.to_owned(), Socket { serial, frames, preview_facts: false });
        serial
    }

    /// A socket closed. The id is forgotten even when a newer socket has it, which goes deaf then: ComfyUI does so.
    pub fn remove(&self, id: &str) {
        lock(&self.by_id).remove(id);
    }

    /// The client takes previews with facts about them.
    pub fn declare(&self, id: &str, serial: u64) {
        if let Some(socket) = lock(&self.by_id).get_mut(id).filter(|socket| socket.serial == serial) {
            socket.preview_facts = true;
        }
    }
}

fn text(message: &Value) -> Message {
    Message::Text(message.to_string().into())
}

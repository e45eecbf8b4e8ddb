//! The WebSockets: who hears what, and how a client id passes from one socket to the next.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use axum::body::Bytes;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Query as Parameters, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use futures_util::{SinkExt, StreamExt};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

use super::Comfy;
use crate::app::App;
use crate::lock::lock;

/// What goes out on a socket; nothing more comes after `Cut`.
enum Frame {
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

    fn add(&self, id: &str, frames: UnboundedSender<Frame>) -> u64 {
        let serial = self.serials.fetch_add(1, Ordering::Relaxed);
        // The one before goes silent, but it stays open.
        lock(&self.by_id).insert(id.to_owned(), Socket { serial, frames, preview_facts: false });
        serial
    }

    /// A socket closed. The id is forgotten even when a newer socket has it, which goes deaf then: ComfyUI does so.
    fn remove(&self, id: &str) {
        lock(&self.by_id).remove(id);
    }

    fn declare(&self, id: &str, serial: u64) {
        if let Some(socket) = lock(&self.by_id).get_mut(id).filter(|socket| socket.serial == serial) {
            socket.preview_facts = true;
        }
    }
}

fn text(message: &Value) -> Message {
    Message::Text(message.to_string().into())
}

#[derive(Deserialize)]
pub struct Who {
    #[serde(rename = "clientId")]
    client_id: Option<String>,
}

/// `GET /ws`.
pub async fn open(
    Shared(app): Shared<Arc<App>>,
    Parameters(who): Parameters<Who>,
    upgrade: WebSocketUpgrade,
) -> Response {
    if app.comfy.control.refuses_sockets() {
        return StatusCode::BAD_GATEWAY.into_response();
    }
    let id = who.client_id.unwrap_or_else(|| uuid::Uuid::new_v4().simple().to_string());
    upgrade.on_upgrade(move |socket| serve(app, id, socket))
}

async fn serve(app: Arc<App>, id: String, socket: WebSocket) {
    let comfy = &app.comfy;
    let (mut outgoing, mut incoming) = socket.split();
    let (frames, mut queued) = unbounded_channel();
    let serial = comfy.sockets.add(&id, frames);
    comfy.sockets.send(&id, &comfy.status(Some(&id)));
    if let Some(executing) = comfy.executing(&id) {
        comfy.sockets.send(&id, &executing);
    }
    let mut first = true;
    let mut sent = 0;
    loop {
        if comfy.control.cuts_sockets_after().is_some_and(|most| sent >= most) {
            break;
        }
        tokio::select! {
            frame = queued.recv() => match frame {
                Some(Frame::Send(message)) => {
                    sent += 1;
                    if outgoing.send(message).await.is_err() { break }
                }
                Some(Frame::Cut) => return,
                // A newer socket took the id: this one hears nothing more, and stays until its client closes it.
                None => {
                    drain(&mut incoming).await;
                    break;
                }
            },
            message = incoming.next() => match message {
                Some(Ok(Message::Text(text))) => {
                    if std::mem::take(&mut first) && declares_features(&text) {
                        comfy.sockets.declare(&id, serial);
                        let features = json!({"supports_preview_metadata": true, "max_upload_size": 104_857_600});
                        comfy.sockets.send(&id, &json!({"type": "feature_flags", "data": features}));
                    }
                }
                Some(Ok(Message::Close(_)) | Err(_)) | None => break,
                Some(Ok(_)) => {}
            },
        }
    }
    comfy.sockets.remove(&id);
}

async fn drain(incoming: &mut (impl StreamExt<Item = Result<Message, axum::Error>> + Unpin)) {
    while let Some(Ok(message)) = incoming.next().await {
        if matches!(message, Message::Close(_)) {
            return;
        }
    }
}

fn declares_features(text: &str) -> bool {
    let message: Value = serde_json::from_str(text).unwrap_or_default();
    message["type"] == "feature_flags" && message["data"]["supports_preview_metadata"] == true
}

impl Comfy {
    /// The message that tells how much waits; the first one of a socket says its id, too.
    fn status(&self, sid: Option<&str>) -> Value {
        let status = json!({"exec_info": {"queue_remaining": self.queue.remaining()}});
        match sid {
            Some(sid) => json!({"type": "status", "data": {"status": status, "sid": sid}}),
            None => json!({"type": "status", "data": {"status": status}}),
        }
    }

    /// What a client that comes back hears of its prompt.
    fn executing(&self, client_id: &str) -> Option<Value> {
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

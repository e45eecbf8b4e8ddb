//! The route of the WebSockets: one connection from its first message to its last.

use std::sync::Arc;

use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Query as Parameters, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use futures_util::{SinkExt, StreamExt};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::mpsc::unbounded_channel;

use crate::app::App;
use crate::comfyui::sockets::Frame;

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

//! Live events: Socket.IO at `/cloud/socket.io`, and the call that subscribes a socket again.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State as Shared};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::json;
use socketioxide::extract::{SocketRef, TryData};
use socketioxide::handler::ConnectHandler;
use socketioxide::layer::SocketIoLayer;
use socketioxide::{SocketIo, TransportType};

use super::control::Connecting;
use crate::app::App;
use crate::lock::lock;
use crate::refusal::Refusal;

/// How many events may be queued for a socket: enough for a whole run.
const WAITING: usize = 4096;

/// A socket's credentials: an id with its secret, or a token without `Bearer`.
#[derive(Default, Deserialize, Serialize)]
#[serde(default)]
struct Credentials {
    client_id: String,
    client_secret: String,
    authorization: String,
}

/// The layer that serves `/cloud/socket.io`.
pub fn layer(app: &Arc<App>) -> SocketIoLayer {
    let (layer, io) = SocketIo::builder()
        .req_path("/cloud/socket.io")
        .transports([TransportType::Websocket])
        .max_buffer_size(WAITING)
        .build_layer();
    let (admitting, connecting) = (app.clone(), app.clone());
    let admit =
        move |TryData(shown): TryData<Credentials>| admitted(admitting.clone(), shown.unwrap_or_default());
    let connect = move |socket: SocketRef| {
        let app = connecting.clone();
        async move { connected(&app, socket) }
    };
    io.ns("/", connect.with(admit));
    layer
}

async fn admitted(app: Arc<App>, shown: Credentials) -> Result<(), &'static str> {
    app.cloud.sockets.note_handshake();
    match app.cloud.control.connecting() {
        Connecting::Taken => {}
        Connecting::Refused => return Err("Refused on request"),
        Connecting::Silent => std::future::pending().await,
    }
    let accepted = &app.accepted;
    let by_pair = shown.client_id == accepted.client_id && shown.client_secret == accepted.client_secret;
    if by_pair || shown.authorization == accepted.token { Ok(()) } else { Err("Unauthorized") }
}

fn connected(app: &Arc<App>, socket: SocketRef) {
    let leaving = app.clone();
    socket.on_disconnect(move |socket: SocketRef| {
        leaving.cloud.sockets.remove(&socket.id.to_string());
        async {}
    });
    app.cloud.sockets.add(socket);
}

/// `POST /api/workflow/infer/subscribe/{sid}`: from now on this socket receives the events of all running jobs.
pub async fn subscribe(
    Shared(app): Shared<Arc<App>>,
    Path(sid): Path<String>,
    headers: HeaderMap,
) -> Response {
    if app.accepted.check(&headers).is_none() {
        return Refusal::unauthorized().into_response();
    }
    for job in app.cloud.jobs.all() {
        let mut sids = lock(&job.sids);
        if !job.run.has_ended() && !sids.contains(&sid) {
            sids.push(sid.clone());
        }
    }
    Json(json!({"message": "Subscribed"})).into_response()
}

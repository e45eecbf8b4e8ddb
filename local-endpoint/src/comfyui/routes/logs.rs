//! The routes of the log.

use std::sync::Arc;

use axum::Json;
use axum::extract::State as Shared;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::app::App;

/// `GET /internal/logs/raw`.
pub async fn read(Shared(app): Shared<Arc<App>>) -> Json<Value> {
    Json(json!({"entries": app.comfy.logs.entries(), "size": {"cols": 80, "rows": 24}}))
}

#[derive(Deserialize)]
pub struct Subscription {
    #[serde(rename = "clientId")]
    client_id: String,
    enabled: bool,
}

/// `PATCH /internal/logs/subscribe`.
pub async fn subscribe(Shared(app): Shared<Arc<App>>, Json(subscription): Json<Subscription>) {
    app.comfy.logs.subscribe(subscription.client_id, subscription.enabled);
}

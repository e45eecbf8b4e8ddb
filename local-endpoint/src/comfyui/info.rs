//! What the server says of itself and of its classes.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State as Shared};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::app::App;

const VERSION: &str = "0.33.0";

/// `GET /prompt`.
pub async fn exec_info(Shared(app): Shared<Arc<App>>) -> Json<Value> {
    Json(json!({"exec_info": {"queue_remaining": app.comfy.queue.remaining()}}))
}

/// `GET /system_stats`.
pub async fn system_stats() -> Json<Value> {
    Json(json!({
        "system": {
            "os": "posix", "ram_total": 0, "ram_free": 0, "comfyui_version": VERSION,
            "required_frontend_version": null, "python_version": "local-endpoint", "pytorch_version": "none",
            "embedded_python": false, "argv": ["local-endpoint"],
        },
        "devices": [],
    }))
}

/// `GET /features`.
pub async fn features() -> Json<Value> {
    Json(json!({"supports_preview_metadata": true, "max_upload_size": 104_857_600}))
}

/// `GET /object_info`: the file that the server was given, as it is.
pub async fn object_info(Shared(app): Shared<Arc<App>>) -> Response {
    match tokio::fs::read(&app.flags.object_info).await {
        Ok(bytes) => ([(header::CONTENT_TYPE, "application/json; charset=utf-8")], bytes).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

/// `GET /object_info/{class}`: an empty object for a class that is not known.
pub async fn one_class(Shared(app): Shared<Arc<App>>, Path(class): Path<String>) -> Json<Value> {
    let bytes = tokio::fs::read(&app.flags.object_info).await.unwrap_or_default();
    let mut all: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    match all.get_mut(&class) {
        Some(definition) => Json(json!({class: definition.take()})),
        None => Json(json!({})),
    }
}

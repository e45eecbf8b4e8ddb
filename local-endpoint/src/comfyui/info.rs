//! What the server says of itself and of its classes.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use super::choices;
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

/// `GET /object_info`: the classes of the file that the server was given.
pub async fn object_info(Shared(app): Shared<Arc<App>>) -> Response {
    match classes(&app).await {
        Ok(classes) => Json(classes).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

/// `GET /object_info/{class}`: an empty object for a class that is not known.
pub async fn one_class(Shared(app): Shared<Arc<App>>, Path(class): Path<String>) -> Response {
    match classes(&app).await {
        Ok(mut classes) => match classes.remove(&class) {
            Some(definition) => Json(json!({class: definition})).into_response(),
            None => Json(json!({})).into_response(),
        },
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

/// A server's own answer, or the package's definitions, which have the classes inside.
async fn classes(app: &App) -> std::io::Result<Map<String, Value>> {
    let bytes = tokio::fs::read(&app.flags.object_info).await?;
    let mut all: Map<String, Value> = serde_json::from_slice(&bytes)?;
    match all.remove("classes") {
        Some(Value::Object(classes)) => choices::completed(classes),
        _ => Ok(all),
    }
}

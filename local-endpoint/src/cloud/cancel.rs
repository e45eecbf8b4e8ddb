//! Canceling a job, in the two forms that the service's clients use.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use axum::Json;
use axum::extract::{Path, State as Shared};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;

use crate::app::App;
use crate::credentials::AuthorizedBy;
use crate::refusal::Refusal;

/// The body of a cancel call, with the field names of the Python or the TypeScript client.
#[derive(Deserialize)]
pub struct Wanted {
    #[serde(alias = "promptId")]
    prompt_id: String,
    #[serde(alias = "viewComfyApiUrl")]
    view_comfy_api_url: String,
}

/// `POST /api/workflow/infer/cancel`, with id and secret.
pub async fn cancel(
    Shared(app): Shared<Arc<App>>,
    headers: HeaderMap,
    Json(wanted): Json<Wanted>,
) -> Response {
    if app.accepted.check(&headers) != Some(AuthorizedBy::Client) || wanted.view_comfy_api_url.is_empty() {
        return Refusal::unauthorized().into_response();
    }
    cancelled(&app, &wanted.prompt_id)
}

/// `POST /api/viewcomfy-app/playground/infer/cancel/{id}`, with a token.
pub async fn cancel_with_token(
    Shared(app): Shared<Arc<App>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    if app.accepted.check(&headers) != Some(AuthorizedBy::Token) {
        return Refusal::unauthorized().into_response();
    }
    cancelled(&app, &id)
}

fn cancelled(app: &App, id: &str) -> Response {
    let Some(job) = app.cloud.jobs.find(id) else {
        return Refusal::service(StatusCode::NOT_FOUND, "DomainException", "No such job").into_response();
    };
    job.canceled.fetch_add(1, Ordering::Relaxed);
    job.run.cancel();
    (StatusCode::CREATED, Json(json!({"message": "The workflow was canceled"}))).into_response()
}

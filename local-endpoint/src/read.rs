//! What can be read back: a run's events and outputs, and the list of requests.

use std::sync::Arc;

use axum::extract::{Path, Query as Parameters, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::answer::{self, Context};
use crate::app::App;
use crate::faults::{Fault, Query};
use crate::refusal::Refusal;
use crate::request::base_url;

/// `GET /runs/{id}/events`: the id is unguessable, so no credentials are needed.
pub async fn events(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Parameters(mut query): Parameters<Query>,
    headers: HeaderMap,
) -> Response {
    let Some(run) = app.runs.find(&id) else {
        return Refusal::detail(StatusCode::NOT_FOUND, "No such run").into_response();
    };
    if query.fault.is_none() {
        query = run.query.clone();
    }
    if query.fault == Some(Fault::Never) {
        std::future::pending::<()>().await;
    }
    if let Some(refusal) = query.fault.and_then(Refusal::of_fault) {
        return refusal.into_response();
    }
    let context = Context { query, base: base_url(&headers), ping: app.ping(), owner: None };
    answer::events(run, context, StatusCode::OK)
}

/// `GET /outputs/{id}/{file}`: what a result given as links points to.
pub async fn output(State(app): State<Arc<App>>, Path((id, file)): Path<(String, String)>) -> Response {
    let result = app.runs.find(&id).and_then(|run| run.result());
    let output = result.iter().flat_map(|result| &result.outputs).find(|output| output.filename == file);
    let Some(output) = output else {
        return Refusal::detail(StatusCode::NOT_FOUND, "No such output").into_response();
    };
    ([(header::CONTENT_TYPE, output.content_type)], output.bytes.clone()).into_response()
}

/// `GET /requests`.
pub async fn requests(State(app): State<Arc<App>>) -> Response {
    match app.requests.to_json() {
        Ok(text) => ([(header::CONTENT_TYPE, "application/json")], text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// `DELETE /requests`.
pub async fn forget_requests(State(app): State<Arc<App>>) -> StatusCode {
    app.requests.clear();
    StatusCode::NO_CONTENT
}

/// `PUT /hold`: withholds results.
pub async fn hold(State(app): State<Arc<App>>) -> StatusCode {
    app.hold.set(true);
    StatusCode::NO_CONTENT
}

/// `DELETE /hold`: releases them.
pub async fn release(State(app): State<Arc<App>>) -> StatusCode {
    app.hold.set(false);
    StatusCode::NO_CONTENT
}

//! `POST /prompt`: checks a prompt and puts it into the queue.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::State as Shared;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::files::{Files, Location};
use super::item::Item;
use super::validation_log::{tell_arrival, tell_left_out, tell_refusal};
use crate::app::App;
use crate::job::{Job, NodeFiles};
use crate::request::Upload;
use crate::validate;
use crate::workflow::Workflow;

/// Inputs that name a file of the server, by the class that has them.
const FILE_INPUTS: [(&str, &str); 5] = [
    ("LoadImage", "image"),
    ("LoadImageMask", "image"),
    ("LoadImageOutput", "image"),
    ("LoadAudio", "audio"),
    ("LoadVideo", "file"),
];

#[derive(Deserialize)]
struct Posted {
    prompt: Option<Value>,
    client_id: Option<String>,
    extra_data: Option<Map<String, Value>>,
    prompt_id: Option<String>,
    number: Option<f64>,
    #[serde(default)]
    front: bool,
}

/// `POST /prompt`.
pub async fn queue(Shared(app): Shared<Arc<App>>, body: Bytes) -> Response {
    tell_arrival(&app.comfy);
    // ComfyUI answers these with a text, not with JSON.
    let Ok(posted) = serde_json::from_slice::<Posted>(&body) else { return in_trouble() };
    let Some(prompt) = posted.prompt else {
        return refused("no_prompt", "No prompt provided", "No prompt provided");
    };
    let Value::Object(nodes) = prompt else { return in_trouble() };
    if nodes.values().any(|node| !node.is_object()) {
        return in_trouble();
    }
    let id = posted.prompt_id.unwrap_or_else(|| uuid::Uuid::new_v4().to_string());
    if uuid::Uuid::parse_str(&id).is_ok_and(|uuid| uuid.to_string() != id)
        || uuid::Uuid::parse_str(&id).is_err()
    {
        let details = format!("prompt_id must be a canonical UUID, got {id:?}");
        return refused("invalid_prompt_id", "Invalid prompt_id", &details);
    }
    if app.comfy.control.loses_prompt() {
        return broken();
    }
    app.comfy.control.note_posted(&id);
    let workflow = Workflow::new(nodes);
    let check = |node: &str| missing_file(&app.comfy.files, &workflow, node);
    let valid = match validate::validate_with(&workflow, true, &check) {
        Ok(valid) => valid,
        Err(body) => {
            tell_refusal(&app.comfy, &body);
            return (StatusCode::BAD_REQUEST, Json(body)).into_response();
        }
    };
    tell_left_out(&app.comfy, &valid.node_errors);
    let files = files(&app.comfy.files, &workflow);
    let job = Job { workflow, outputs: valid.outputs, files, notes: Vec::new() };
    let mut extra_data = posted.extra_data.unwrap_or_default();
    if let Some(client_id) = &posted.client_id {
        extra_data.insert("client_id".into(), client_id.as_str().into());
    }
    let number = posted.number.map(|number| number as i64);
    let item = app.comfy.queue.add(number, posted.front, |number| {
        Item::new(number, id, job, Value::Object(extra_data), posted.client_id)
    });
    app.comfy.tell_status();
    if app.comfy.control.loses_answer() {
        return broken();
    }
    Json(json!({"prompt_id": item.id, "number": item.number, "node_errors": valid.node_errors}))
        .into_response()
}

/// An answer whose connection breaks before anything of it arrives.
fn broken() -> Response {
    let cut = futures_util::stream::iter([Err::<Bytes, _>(std::io::Error::other("lost on request"))]);
    Body::from_stream(cut).into_response()
}

fn in_trouble() -> Response {
    let text = "500 Internal Server Error\n\nServer got itself in trouble";
    (StatusCode::INTERNAL_SERVER_ERROR, text).into_response()
}

fn refused(kind: &str, message: &str, details: &str) -> Response {
    let error = json!({"type": kind, "message": message, "details": details, "extra_info": {}});
    (StatusCode::BAD_REQUEST, Json(json!({"error": error, "node_errors": {}}))).into_response()
}

/// The input of a node that names a file, and the name.
fn named_file<'a>(workflow: &'a Workflow, id: &str) -> Option<(&'static str, &'a str)> {
    let class_type = workflow.class_type(id);
    let (_, input) = FILE_INPUTS.iter().find(|(class, _)| *class == class_type)?;
    Some((input, workflow.input(id, input)?.as_str()?))
}

/// What ComfyUI says of a node whose file it does not have.
fn missing_file(files: &Files, workflow: &Workflow, id: &str) -> Option<Value> {
    let (input, name) = named_file(workflow, id)?;
    if files.get(&Location::of_input(name)).is_some() {
        return None;
    }
    Some(json!({
        "type": "custom_validation_failed",
        "message": "Custom validation failed for node",
        "details": format!("{input} - Invalid {input} file: {name}"),
        "extra_info": {"input_name": input, "received_value": name},
    }))
}

/// The files that nodes load.
fn files(files: &Files, workflow: &Workflow) -> HashMap<String, NodeFiles> {
    let mut by_node = HashMap::new();
    for id in workflow.ids() {
        let Some((_, name)) = named_file(workflow, id) else { continue };
        let Some(bytes) = files.get(&Location::of_input(name)) else { continue };
        let file = Upload::of_bytes(name, bytes);
        by_node.insert(id.to_owned(), NodeFiles { file: Some(file), mask: None });
    }
    by_node
}

//! Refusals, in the formats of the service, FastAPI, ComfyUI and a gateway.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use serde_json::{Value, json};

use crate::faults::Fault;

/// A refusal as it is sent.
pub struct Refusal {
    status: StatusCode,
    retry_after: Option<String>,
    body: Body,
}

enum Body {
    Json(Value),
    Html(&'static str),
}

const GATEWAY_PAGE: &str = "<!doctype html>\n<html><head><title>500 Internal Server Error</title></head>\n\
<body><center><h1>500 Internal Server Error</h1></center><hr><center>gateway</center></body></html>\n";

impl Refusal {
    fn json(status: StatusCode, body: Value) -> Self {
        Self { status, retry_after: None, body: Body::Json(body) }
    }

    /// Credentials are missing or wrong.
    pub fn unauthorized() -> Self {
        Self::service(
            StatusCode::UNAUTHORIZED,
            "UnAuthorizedException",
            "The client id, secret or token is not valid",
        )
    }

    /// The body as text.
    pub fn text(&self) -> String {
        match &self.body {
            Body::Json(value) => value.to_string(),
            Body::Html(page) => (*page).to_owned(),
        }
    }

    /// A refusal in the service's own format.
    pub fn service(status: StatusCode, error_type: &str, details: &str) -> Self {
        let message = status.canonical_reason().unwrap_or("Error");
        Self::json(status, json!({"errorMsg": message, "errorDetails": details, "errorType": error_type}))
    }

    /// `{"detail": "…"}`, as FastAPI's `HTTPException` produces.
    pub fn detail(status: StatusCode, detail: &str) -> Self {
        Self::json(status, json!({"detail": detail}))
    }

    /// One entry of FastAPI's list of invalid parts of a body.
    pub fn invalid_part(part: &str, kind: &str, message: &str, input: Value) -> Self {
        let entry = json!({"type": kind, "loc": ["body", part], "msg": message, "input": input});
        Self::json(StatusCode::UNPROCESSABLE_ENTITY, json!({"detail": [entry]}))
    }

    /// ComfyUI's response to a workflow that it refuses.
    pub fn comfyui(body: Value) -> Self {
        Self::json(StatusCode::BAD_REQUEST, body)
    }

    /// The refusal that a fault asks for, if any.
    pub fn of_fault(fault: Fault) -> Option<Self> {
        Some(match fault {
            Fault::Unauthorized => Self::unauthorized(),
            Fault::Forbidden => Self::detail(StatusCode::FORBIDDEN, "This deployment is not yours"),
            Fault::InvalidParams => {
                Self::invalid_part("params", "dict_type", "Input should be a valid dictionary", Value::Null)
            }
            Fault::NodeErrors => Self::comfyui(node_errors_example()),
            Fault::RateLimited => Self::rate_limited("7".into()),
            Fault::RateLimitedDate => Self::rate_limited(in_seven_seconds()),
            Fault::Html500 => Self {
                status: StatusCode::INTERNAL_SERVER_ERROR,
                retry_after: None,
                body: Body::Html(GATEWAY_PAGE),
            },
            _ => return None,
        })
    }

    fn rate_limited(retry_after: String) -> Self {
        let refusal = Self::detail(StatusCode::TOO_MANY_REQUESTS, "Too many requests");
        Self { retry_after: Some(retry_after), ..refusal }
    }
}

fn in_seven_seconds() -> String {
    httpdate::fmt_http_date(std::time::SystemTime::now() + std::time::Duration::from_secs(7))
}

/// What ComfyUI says about a sampler whose name it does not know.
pub fn node_errors_example() -> Value {
    json!({
        "error": {
            "type": "prompt_outputs_failed_validation",
            "message": "Prompt outputs failed validation",
            "details": "",
            "extra_info": {}
        },
        "node_errors": {
            "3": {
                "errors": [{
                    "type": "value_not_in_list",
                    "message": "Value not in list",
                    "details": "sampler_name: 'eulr' not in ['euler', 'dpmpp_2m']",
                    "extra_info": {
                        "input_name": "sampler_name",
                        "input_config": [["euler", "dpmpp_2m"], {}],
                        "received_value": "eulr"
                    }
                }],
                "dependent_outputs": ["9"],
                "class_type": "KSampler"
            }
        }
    })
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = match self.body {
            Body::Json(value) => (self.status, Json(value)).into_response(),
            Body::Html(page) => (self.status, Html(page)).into_response(),
        };
        if let Some(value) = self.retry_after.and_then(|text| HeaderValue::from_str(&text).ok()) {
            response.headers_mut().insert(header::RETRY_AFTER, value);
        }
        response
    }
}

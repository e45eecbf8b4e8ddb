//! Reads what a service says if it refuses a run: HTTP bodies and `error` events, in all the shapes that it writes.

use crate::error::{HttpKind, NodeError};
use crate::json::Value;
use crate::json::value::Kind;
use crate::text::find;
use crate::{Error, ErrorKind};

/// How much of a body is kept, in characters.
const MAX_BODY: usize = 2_000;

/// The error for an HTTP response with a status outside 2xx.
///
/// ```
/// use viewcomfy_wasm::{ErrorCode, protocol::failure::from_http};
///
/// let error = from_http(429, Some(2000.0), "");
/// assert_eq!(error.code(), ErrorCode::RateLimited);
/// assert_eq!(error.to_string(), "too many requests: wait and try again (HTTP 429)");
/// ```
pub fn from_http(status: u16, retry_after_ms: Option<f64>, body: &str) -> Error {
    let said = Said::read(body);
    let kind = match status {
        401 | 403 => HttpKind::Unauthorized,
        429 => HttpKind::RateLimited,
        _ if !said.node_errors.is_empty() => return said.into_validation_failed(Some(status), body),
        _ => HttpKind::Status,
    };
    let advice = match kind {
        HttpKind::Unauthorized => "the credentials were refused: check client id and secret, or the token",
        HttpKind::RateLimited => "too many requests: wait and try again",
        HttpKind::Status if status >= 500 => "the service failed: try again, or look at the deployment's log",
        HttpKind::Status => "the request was refused",
    };
    let message = match said.message.is_empty() {
        true => format!("{advice} (HTTP {status})"),
        false => format!("{advice} (HTTP {status}: {})", said.message),
    };
    ErrorKind::Http {
        kind,
        message,
        status,
        body: shortened(body),
        error_type: said.error_type,
        retry_after_ms,
    }
    .into()
}

/// The error for a run that sent an `error` event with this text and no result.
pub fn from_event(text: &str, logs: Vec<String>) -> Error {
    let said = Said::read(text);
    if !said.node_errors.is_empty() {
        return said.into_validation_failed(None, text);
    }
    ErrorKind::ExecutionFailed {
        message: format!("the run failed: {}", said.message),
        logs,
        error_data: Some(text.to_owned()),
    }
    .into()
}

/// The error for a run that ComfyUI did not start, if this text has its reasons by node; `None` for any other text.
pub fn refused(text: &str) -> Option<Error> {
    let said = Said::read(text);
    (!said.node_errors.is_empty()).then(|| said.into_validation_failed(None, text))
}

/// How a call failed that got no response. The browser does not say why.
#[derive(Debug, Clone, Copy)]
pub struct Unreachable {
    /// The call asked for a streamed response.
    pub streamed: bool,
    /// The page and the endpoint have different origins.
    pub cross_origin: bool,
    /// Redirects were not followed, so that the credentials in the headers were sent only to this address.
    pub stays: bool,
    /// How long the call took, in seconds.
    pub seconds: f64,
}

/// A plain call that broke after this long was probably redirected by the gateway, which does so after 150 s.
const GATEWAY_SECONDS: f64 = 100.0;

/// The error for a call that got no response; its message names the likely reasons.
pub fn unreachable(call: &Unreachable) -> Error {
    let message = if call.cross_origin && !call.streamed && call.seconds > GATEWAY_SECONDS {
        "the call broke after more than 100 s: a deployment's gateway redirects (303) a plain call that takes longer \
         than 150 s, and a page of another origin cannot follow such a redirect; ask for a streamed response, or call \
         through your own backend"
    } else if call.cross_origin {
        "the endpoint could not be reached: it is down, or it does not allow calls from this page (CORS); if so, call \
         through your own backend"
    } else {
        "the endpoint could not be reached: check its address and the network"
    };
    let redirects = if call.stays {
        "; if it redirects, that is not followed, because a browser would send client_id and client_secret to the new \
        address as well: call through your own backend"
    } else {
        ""
    };
    ErrorKind::Network { message: format!("{message}{redirects}"), logs: Vec::new() }.into()
}

/// The error for a response that ended before its result was complete; `position` is how many bytes of the result had
/// arrived, and the output that was being read, if any.
pub fn ended_early(position: Option<(u64, Option<usize>)>, logs: Vec<String>) -> Error {
    let location = match position {
        None | Some((0, _)) => "without a result".to_owned(),
        Some((bytes, None)) => format!("in the middle of its result, after {bytes} bytes of it"),
        Some((bytes, Some(output))) => {
            format!("in the middle of output {output}, after {bytes} bytes of the result")
        }
    };
    let said =
        logs.last().map(|line| format!("; the last line of its log: {}", line.trim())).unwrap_or_default();
    ErrorKind::StreamEnded {
        message: format!(
            "the response ended {location}: the deployment crashed or a gateway cut it off{said}; run it again"
        ),
        logs,
        offset: position.map(|(bytes, _)| bytes),
        output_index: position.and_then(|(_, output)| output),
    }
    .into()
}

/// The error for a connection that broke in the middle of the response.
pub fn connection_broke(logs: Vec<String>) -> Error {
    let message = "the connection broke in the middle of the response: check the network, and run it again";
    ErrorKind::Network { message: message.into(), logs }.into()
}

/// What a body says, whatever its shape.
#[derive(Default)]
struct Said {
    message: String,
    error_type: Option<String>,
    node_errors: Vec<NodeError>,
}

impl Said {
    fn read(body: &str) -> Self {
        match Value::parse(body) {
            Ok(value) => Self::from_json(value),
            Err(_) => Self { message: plain_text(body), ..Self::default() },
        }
    }

    fn from_json(value: Value<'_>) -> Self {
        if let Some(text) = value.as_str() {
            return Self { message: plain_text(&text.decode()), ..Self::default() };
        }
        match value.get("detail") {
            Some(detail) if detail.kind() == Kind::Array => return Self::from_fastapi(detail),
            Some(detail) => return Self::from_json(detail),
            None => {}
        }
        if value.get("node_errors").is_some() {
            return Self::from_comfyui(value);
        }
        let nested = value.get("error").and_then(|error| text(error, "message"));
        let message = text(value, "errorMsg")
            .or(nested)
            .or_else(|| text(value, "error"))
            .or_else(|| text(value, "message"));
        let parts = [message.unwrap_or_default(), text_list(value.get("errorDetails"))];
        Self {
            message: parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": "),
            error_type: text(value, "errorType"),
            node_errors: Vec::new(),
        }
    }

    /// FastAPI: a list of `{loc, msg, type}`.
    fn from_fastapi(list: Value<'_>) -> Self {
        let error = |item: Value<'_>| NodeError {
            node_id: None,
            class_type: None,
            input: item.get("loc").map(input_path),
            kind: text(item, "type"),
            message: text(item, "msg").unwrap_or_default(),
            details: String::new(),
        };
        let node_errors: Vec<NodeError> = list.items().into_iter().map(error).collect();
        Self { message: summary(&node_errors), error_type: None, node_errors }
    }

    /// ComfyUI: `{error: {type, message, details, extra_info}, node_errors: {id: {class_type, errors}}}`.
    fn from_comfyui(value: Value<'_>) -> Self {
        let mut node_errors = Vec::new();
        for (id, node) in value.get("node_errors").map(Value::entries).unwrap_or_default() {
            for error in node.get("errors").map(Value::items).unwrap_or_default() {
                node_errors.push(node_error(error, Some(id.decode().into_owned()), text(node, "class_type")));
            }
        }
        let alone = value.get("error").filter(|error| error.kind() == Kind::Object && node_errors.is_empty());
        if let Some(error) = alone {
            let about = |key| error.get("extra_info").and_then(|info| text(info, key));
            node_errors.push(node_error(error, about("node_id"), about("class_type")));
        }
        Self { message: summary(&node_errors), error_type: None, node_errors }
    }

    fn into_validation_failed(self, status: Option<u16>, body: &str) -> Error {
        ErrorKind::ValidationFailed {
            message: format!("the workflow or its parameters were refused: {}", self.message),
            status,
            body: shortened(body),
            node_errors: self.node_errors,
        }
        .into()
    }
}

fn node_error(error: Value<'_>, node_id: Option<String>, class_type: Option<String>) -> NodeError {
    NodeError {
        node_id,
        class_type,
        input: error.get("extra_info").and_then(|info| text(info, "input_name")),
        kind: text(error, "type"),
        message: text(error, "message").unwrap_or_default(),
        details: text(error, "details").unwrap_or_default(),
    }
}

/// One line for all errors, of which the first few are complete.
fn summary(errors: &[NodeError]) -> String {
    let mut parts: Vec<String> = errors.iter().take(3).map(sentence).collect();
    if errors.len() > parts.len() {
        parts.push(format!("{} more", errors.len() - parts.len()));
    }
    parts.join("; ")
}

fn sentence(error: &NodeError) -> String {
    let mut out = String::new();
    if let Some(id) = &error.node_id {
        out += &format!("node {id}");
        if let Some(class) = &error.class_type {
            out += &format!(" ({class})");
        }
        out += ": ";
    }
    out += &error.message;
    for part in [error.input.as_deref().unwrap_or_default(), &error.details] {
        if !part.is_empty() && find(&out, part).is_none() {
            out += &format!(" ({part})");
        }
    }
    out
}

/// `["body", "params", 0]` as `params.0`.
fn input_path(path: Value<'_>) -> String {
    let part = |part: Value<'_>| {
        part.as_str().map_or_else(|| part.raw().to_owned(), |text| text.decode().into_owned())
    };
    let parts: Vec<String> = path.items().into_iter().map(part).filter(|part| part != "body").collect();
    parts.join(".")
}

fn text(value: Value<'_>, key: &str) -> Option<String> {
    Some(value.get(key)?.as_str()?.decode().into_owned())
}

/// A string, or the strings of a list, joined.
fn text_list(value: Option<Value<'_>>) -> String {
    let Some(value) = value else { return String::new() };
    let parts = if value.kind() == Kind::Array { value.items() } else { vec![value] };
    parts
        .into_iter()
        .filter_map(Value::as_str)
        .map(|text| text.decode().into_owned())
        .collect::<Vec<_>>()
        .join(", ")
}

/// One line of readable text; for an HTML page, its title.
fn plain_text(body: &str) -> String {
    let lower = body.to_ascii_lowercase();
    let title = find(&lower, "<title>").and_then(|start| {
        let end = find(&lower[start..], "</title>")? + start;
        body.get(start + "<title>".len()..end)
    });
    let text = match title {
        Some(title) => title,
        None if lower.trim_start().starts_with('<') => "an HTML page",
        None => body,
    };
    let mut line = String::new();
    for word in text.split_whitespace() {
        line.extend((!line.is_empty()).then_some(' '));
        line.push_str(word);
    }
    line.chars().take(300).collect()
}

fn shortened(body: &str) -> String {
    body.chars().take(MAX_BODY).collect()
}

#[cfg(test)]
mod tests;

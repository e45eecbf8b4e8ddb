//! A request's body, multipart or form-encoded, as one struct.

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, StatusCode, header};
use bytes::Bytes;
use futures_util::StreamExt;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::refusal::Refusal;

/// The largest body that is accepted, in bytes.
const LIMIT: usize = 512 * 1024 * 1024;

/// An uploaded file.
#[derive(Clone)]
pub struct Upload {
    pub name: String,
    pub filename: String,
    pub content_type: String,
    pub bytes: Bytes,
    pub sha256: String,
}

impl Upload {
    /// A file that is already on the server.
    pub fn of_bytes(name: &str, bytes: Bytes) -> Self {
        let sha256 = hex(&Sha256::digest(&bytes));
        let content_type = "application/octet-stream".to_owned();
        Self { name: name.to_owned(), filename: name.to_owned(), content_type, bytes, sha256 }
    }
}

/// The parts of a request, decoded if they are text.
#[derive(Default)]
pub struct Request {
    pub content_type: String,
    pub params: Option<String>,
    pub workflow_api: Option<String>,
    pub logs: Option<String>,
    /// Text under any other name: a value for that parameter key.
    pub others: Vec<(String, String)>,
    pub files: Vec<Upload>,
}

/// Reads the whole body.
pub async fn read(headers: &HeaderMap, body: Body) -> Result<Request, Refusal> {
    let sent = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = sent.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let mut request = Request { content_type: essence, ..Request::default() };
    match request.content_type.as_str() {
        "multipart/form-data" => {
            let boundary = multer::parse_boundary(sent).map_err(|error| malformed(&error))?;
            read_multipart(&mut request, boundary, body).await.map_err(|error| malformed(&error))?;
        }
        "application/x-www-form-urlencoded" => {
            let bytes = whole(body).await?;
            for (name, value) in form_urlencoded::parse(&bytes) {
                request.put_text(&name, value.into_owned());
            }
        }
        _ => {
            whole(body).await?;
        }
    }
    Ok(request)
}

async fn whole(body: Body) -> Result<Bytes, Refusal> {
    to_bytes(body, LIMIT).await.map_err(|_| too_large())
}

async fn read_multipart(request: &mut Request, boundary: String, body: Body) -> multer::Result<()> {
    let limits = multer::SizeLimit::new().whole_stream(LIMIT as u64);
    let constraints = multer::Constraints::new().size_limit(limits);
    let mut body = body.into_data_stream();
    let mut parts = multer::Multipart::with_constraints(&mut body, boundary, constraints);
    while let Some(part) = parts.next_field().await? {
        let name = part.name().unwrap_or_default().to_owned();
        let Some(filename) = part.file_name().map(str::to_owned) else {
            let text = part.text().await?;
            request.put_text(&name, text);
            continue;
        };
        let content_type = part.content_type().map_or("application/octet-stream".into(), ToString::to_string);
        let bytes = part.bytes().await?;
        let sha256 = hex(&Sha256::digest(&bytes));
        request.files.push(Upload { name, filename, content_type, bytes, sha256 });
    }
    drop(parts);
    // A chunked body ends after its last part. If that end is not read, hyper closes the connection, and
    // the end of the response is lost with the reset.
    while let Some(Ok(_)) = body.next().await {}
    Ok(())
}

fn malformed(error: &multer::Error) -> Refusal {
    if matches!(error, multer::Error::StreamSizeExceeded { .. }) {
        return too_large();
    }
    Refusal::detail(StatusCode::BAD_REQUEST, &format!("There was an error parsing the body: {error}"))
}

fn too_large() -> Refusal {
    Refusal::detail(StatusCode::PAYLOAD_TOO_LARGE, "The body is larger than 512 MB, or broke off")
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Request {
    fn put_text(&mut self, name: &str, value: String) {
        match name {
            "params" => self.params = Some(value),
            "logs" => self.logs = Some(value),
            // The Python client sends an unset workflow as an empty string.
            "workflow_api" => self.workflow_api = Some(value).filter(|text| !text.is_empty()),
            _ => self.others.push((name.to_owned(), value)),
        }
    }

    /// Whether the answer is to be streamed.
    pub fn streamed(&self) -> Result<bool, Refusal> {
        match self.logs.as_deref().map(str::to_ascii_lowercase).as_deref() {
            None | Some("" | "false" | "0" | "no" | "off") => Ok(false),
            Some("true" | "1" | "yes" | "on") => Ok(true),
            Some(other) => Err(Refusal::invalid_part(
                "logs",
                "bool_parsing",
                "Input should be a valid boolean, unable to interpret input",
                other.into(),
            )),
        }
    }

    /// The parameters: a JSON object, which must not be empty unless there is a file.
    pub fn overrides(&self) -> Result<Map<String, Value>, Refusal> {
        let Some(text) = self.params.as_deref() else {
            return Err(Refusal::invalid_part("params", "missing", "Field required", Value::Null));
        };
        let map = object("params", text)?;
        if map.is_empty() && self.files.is_empty() {
            let message = "Dictionary should have at least 1 item after validation, not 0";
            return Err(Refusal::invalid_part("params", "too_short", message, Value::Object(map)));
        }
        Ok(map)
    }
}

/// A part's text as a JSON object.
pub fn object(part: &str, text: &str) -> Result<Map<String, Value>, Refusal> {
    match serde_json::from_str(text) {
        Ok(Value::Object(map)) => Ok(map),
        Ok(_) => {
            Err(Refusal::invalid_part(part, "dict_type", "Input should be a valid dictionary", start(text)))
        }
        Err(error) => {
            Err(Refusal::invalid_part(part, "json_invalid", &format!("Invalid JSON: {error}"), start(text)))
        }
    }
}

/// Enough of a text to recognise it.
fn start(text: &str) -> Value {
    text.chars().take(200).collect::<String>().into()
}

/// This server's address as the caller knows it.
pub fn base_url(headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("127.0.0.1");
    format!("http://{host}")
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn form(text: &'static str) -> Request {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, "application/x-www-form-urlencoded".parse().unwrap());
        read(&headers, Body::from(text)).await.ok().unwrap()
    }

    #[tokio::test]
    async fn reads_a_form_and_takes_an_empty_workflow_as_none() {
        let request = form("params=%7B%221-inputs-a%22%3A+1%7D&logs=True&workflow_api=").await;
        assert_eq!(request.params.as_deref(), Some("{\"1-inputs-a\": 1}"));
        assert!(request.streamed().ok().unwrap());
        assert!(request.workflow_api.is_none());
    }

    #[tokio::test]
    async fn reads_texts_and_files_of_a_multipart_body() {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, "multipart/form-data; boundary=X".parse().unwrap());
        let body = "--X\r\nContent-Disposition: form-data; name=\"params\"\r\n\r\n{\"a\":1}\r\n\
            --X\r\nContent-Disposition: form-data; name=\"5-inputs-image\"; filename=\"猫.png\"\r\n\
            Content-Type: image/png\r\n\r\nabc\r\n--X--\r\n";
        let request = read(&headers, Body::from(body)).await.ok().unwrap();
        assert_eq!(request.params.as_deref(), Some("{\"a\":1}"));
        let file = &request.files[0];
        assert_eq!((file.name.as_str(), file.filename.as_str()), ("5-inputs-image", "猫.png"));
        assert_eq!(file.content_type, "image/png");
        assert_eq!(file.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[tokio::test]
    async fn refuses_parameters_that_are_no_object() {
        for text in ["logs=false", "params=", "params=nonsense", "params=%5B%5D", "params=%7B%7D"] {
            assert!(form(text).await.overrides().is_err(), "{text}");
        }
        assert!(form("logs=perhaps").await.streamed().is_err());
    }
}

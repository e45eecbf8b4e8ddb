//! One request of a run: the form, the headers, and how it is sent and refused.

use super::error::Failure;
use super::options::wrong_type;
use super::params::Built;
use super::settings::Settings;
use super::timing;
use crate::Error;
use crate::protocol::failure;
use gloo_net::http::{Headers as GlooHeaders, Method, RequestBuilder};
use js_sys::{Date, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortSignal, FormData, Headers, ReadableStream, ReadableStreamDefaultReader, Request, Response,
};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = fetch, catch)]
    fn global_fetch(request: &Request) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_name = URL)]
    type Url;

    #[wasm_bindgen(constructor, js_class = "URL", catch)]
    fn new(address: &str, base: &str) -> Result<Url, JsValue>;

    #[wasm_bindgen(method, getter)]
    fn origin(this: &Url) -> String;
}

/// The parts of the form, as a deployment's endpoint takes them.
pub fn form(built: &Built, streamed: bool, workflow_api: Option<&str>) -> Result<FormData, Failure> {
    let fill = || {
        let form = FormData::new()?;
        form.append_with_str("params", built.json())?;
        form.append_with_str("logs", if streamed { "true" } else { "false" })?;
        if let Some(workflow) = workflow_api {
            form.append_with_str("workflow_api", workflow)?;
        }
        for (key, filename, blob) in built.files() {
            form.append_with_blob_and_filename(key, blob, &filename)?;
        }
        Ok(form)
    };
    fill().map_err(Failure::Thrown)
}

/// Sends the form; the promise is that of `fetch`.
pub fn send(
    settings: &Settings,
    form: FormData,
    signal: &AbortSignal,
    token: &JsValue,
) -> Result<Promise, Failure> {
    let request = request(settings, form, signal, settings.request_headers(token)?)?;
    let answer = match &settings.fetch {
        Some(fetch) => Function::call1(fetch, &JsValue::UNDEFINED, &request),
        None => global_fetch(&request),
    };
    // A fetch that throws at once has failed like one that rejects.
    Ok(answer.map_or_else(|cause| Promise::reject(&cause), |answer| Promise::resolve(&answer)))
}

fn request(
    settings: &Settings,
    form: FormData,
    signal: &AbortSignal,
    headers: Headers,
) -> Result<Request, Failure> {
    let mut builder = RequestBuilder::new(&settings.endpoint)
        .method(Method::POST)
        .headers(GlooHeaders::from_raw(headers))
        .abort_signal(Some(signal));
    if let Some(credentials) = settings.credentials {
        builder = builder.credentials(credentials);
    }
    builder.body(form).map(Request::from).map_err(|error| {
        let message = "the endpoint is not an address that can be called from here: give a whole one (https://…); \
                       relative addresses work in a page only";
        Failure::caused(Error::invalid_param("endpoint", message), JsError::from(error).into())
    })
}

/// How much of a refusal is read, in bytes, and how long it may take, in milliseconds.
const MAX_REFUSAL: usize = 64 * 1024;
const REFUSAL_TIME: u32 = 3_000;

/// The body of an answer outside 2xx, as far as it is of interest.
pub async fn refusal_body(stream: Option<ReadableStream>) -> Result<JsValue, JsValue> {
    let mut body = Vec::new();
    if let Some(stream) = stream {
        let reader = ReadableStreamDefaultReader::new(&stream)?;
        let mut reading = Box::pin(read_refusal(&reader, &mut body));
        timing::within(REFUSAL_TIME, &mut reading).await;
    }
    Ok(String::from_utf8_lossy(&body).as_ref().into())
}

/// The error for an answer outside 2xx with this body.
pub fn refusal(response: &Response, body: &str) -> Failure {
    let retry_after = response.headers().get("retry-after").ok().flatten();
    failure::from_http(response.status(), retry_after.as_deref().and_then(retry_after_ms), body).into()
}

/// Reads until the body ends, breaks, or is longer than anyone would read.
async fn read_refusal(reader: &ReadableStreamDefaultReader, body: &mut Vec<u8>) {
    while body.len() < MAX_REFUSAL {
        let Ok(read) = JsFuture::from(reader.read()).await else { return };
        let Ok(Some(chunk)) = chunk_of(&read) else { return };
        body.extend_from_slice(&chunk.to_vec());
    }
}

/// The bytes of what `read()` gave; none at the end of the body.
pub fn chunk_of(read: &JsValue) -> Result<Option<Uint8Array>, Failure> {
    let field = |name: &str| Reflect::get(read, &name.into()).map_err(Failure::Thrown);
    if field("done")?.is_truthy() {
        return Ok(None);
    }
    let bytes = field("value")?.dyn_into::<Uint8Array>();
    bytes.map(Some).map_err(|other| wrong_type("a chunk of the answer", "a Uint8Array", &other))
}

/// `Retry-After` in seconds or as a date (RFC 9110, section 10.2.3).
fn retry_after_ms(value: &str) -> Option<f64> {
    let value = value.trim();
    if value.starts_with(|c: char| !c.is_ascii_alphabetic()) {
        return value.parse::<u32>().ok().map(|seconds| f64::from(seconds) * 1000.0);
    }
    let date = Date::parse(value);
    date.is_finite().then(|| (date - Date::now()).max(0.0))
}

/// True when the page that runs this has another origin than the endpoint; false where there is no page.
pub fn is_cross_origin(endpoint: &str) -> bool {
    let page = Reflect::get(&js_sys::global(), &"location".into()).ok();
    let href =
        page.and_then(|page| Reflect::get(&page, &"href".into()).ok()).and_then(|href| href.as_string());
    let Some(href) = href else { return false };
    match (Url::new(endpoint, &href), Url::new(&href, &href)) {
        (Ok(endpoint), Ok(page)) => endpoint.origin() != page.origin(),
        _ => false,
    }
}

//! One call of an endpoint: the request is made, and then sent.

use crate::Error;
use crate::protocol::failure::{Unreachable, unreachable};
use crate::wasm::error::Failure;
use gloo_net::http::{Headers as GlooHeaders, Method, RequestBuilder};
use js_sys::{Date, Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, FormData, Headers, Request, RequestCredentials, RequestRedirect};

/// The request of a run. `credentials` are one of fetch's own words.
#[wasm_bindgen]
pub fn request(
    endpoint: &str,
    headers: Headers,
    credentials: Option<RequestCredentials>,
    form: FormData,
    signal: &AbortSignal,
    stays: bool,
) -> Result<Request, Failure> {
    let mut builder = RequestBuilder::new(endpoint)
        .method(Method::POST)
        .headers(GlooHeaders::from_raw(headers))
        .abort_signal(Some(signal));
    if let Some(credentials) = credentials {
        builder = builder.credentials(credentials);
    }
    if stays {
        builder = builder.redirect(RequestRedirect::Error);
    }
    builder.body(form).map(Request::from).map_err(|error| {
        let message = "the endpoint is not an address that can be called from here: give a whole one (https://…); \
                       relative addresses work in a page only";
        Failure::caused(Error::invalid_param("endpoint", message), JsError::from(error).into())
    })
}

/// Calls `fetch` with the request and waits for the answer, whatever its status.
#[wasm_bindgen]
pub async fn send(
    fetch: Function,
    request: Request,
    streamed: bool,
    cross_origin: bool,
    stays: bool,
) -> Result<JsValue, Failure> {
    let began = Date::now();
    // A fetch that throws at once has failed like one that rejects.
    let answer = match Function::call1(&fetch, &JsValue::UNDEFINED, &request) {
        Ok(promise) => JsFuture::from(Promise::resolve(&promise)).await,
        Err(cause) => Err(cause),
    };
    answer.map_err(|cause| {
        let seconds = (Date::now() - began) / 1000.0;
        Failure::caused(unreachable(&Unreachable { streamed, cross_origin, stays, seconds }), cause)
    })
}

//! A run before its answer: the request is checked and made, and then sent.

use super::options::{Options, wrong_type};
use super::params::Built;
use super::settings::Settings;
use crate::protocol::failure::{Unreachable, unreachable};
use crate::wasm::error::Failure;
use crate::wasm::values;
use crate::workflow::Workflow;
use gloo_net::http::{Headers as GlooHeaders, Method, RequestBuilder};
use js_sys::{Date, Function, Promise, Reflect};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, FormData, Headers, Request, Response};

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

/// One run, ready to be sent.
#[wasm_bindgen]
pub struct Call {
    settings: Rc<Settings>,
    streamed: bool,
    form: FormData,
    sent: JsValue,
}

impl Call {
    /// Checks the request and makes its form: whatever is wrong with it is said before anything is sent.
    pub fn new(settings: Rc<Settings>, request: &Options<'_>, streamed: bool) -> Result<Self, Failure> {
        let bytes = |name: &str| request.get(name)?.map(|value| values::workflow_bytes(&value)).transpose();
        let (deployed, instead) = (bytes("workflow")?, bytes("workflowApi")?);
        let deployed = deployed.as_deref().map(Workflow::parse).transpose()?;
        let instead = instead.as_deref().map(Workflow::parse).transpose()?;
        let params = request.get("params")?.unwrap_or(JsValue::UNDEFINED);
        let built = Built::new(&params, deployed.as_ref().or(instead.as_ref()))?;
        let form = form(&built, streamed, instead.as_ref().map(Workflow::text)).map_err(Failure::Thrown)?;
        Ok(Self { settings, streamed, form, sent: built.to_js()? })
    }
}

#[wasm_bindgen]
impl Call {
    /// What is sent, as the caller may read it.
    #[wasm_bindgen(getter)]
    pub fn sent(&self) -> JsValue {
        self.sent.clone()
    }

    /// A promise of the token; a token function is asked now.
    pub fn token(&self) -> Result<Promise, Failure> {
        self.settings.ask_token()
    }

    /// Sends the form and waits for the answer, whatever its status.
    pub async fn send(self, token: JsValue, signal: AbortSignal) -> Result<JsValue, Failure> {
        let began = Date::now();
        let request = self.request(self.settings.request_headers(&token)?, &signal)?;
        // A fetch that throws at once has failed like one that rejects.
        let answer = match &self.settings.fetch {
            Some(fetch) => Function::call1(fetch, &JsValue::UNDEFINED, &request),
            None => global_fetch(&request),
        };
        let answer = match answer {
            Ok(promise) => JsFuture::from(Promise::resolve(&promise)).await,
            Err(cause) => Err(cause),
        };
        let answer = answer.map_err(|cause| self.unreachable(cause, began))?;
        match answer.dyn_into::<Response>() {
            Ok(response) => Ok(response.into()),
            Err(other) => Err(wrong_type("what fetch gives", "a Response", &other)),
        }
    }
}

impl Call {
    fn request(&self, headers: Headers, signal: &AbortSignal) -> Result<Request, Failure> {
        let mut builder = RequestBuilder::new(&self.settings.endpoint)
            .method(Method::POST)
            .headers(GlooHeaders::from_raw(headers))
            .abort_signal(Some(signal));
        if let Some(credentials) = self.settings.credentials {
            builder = builder.credentials(credentials);
        }
        builder.body(self.form.clone()).map(Request::from).map_err(|error| {
            let message = "the endpoint is not an address that can be called from here: give a whole one (https://…); \
                           relative addresses work in a page only";
            Failure::caused(crate::Error::invalid_param("endpoint", message), JsError::from(error).into())
        })
    }

    fn unreachable(&self, cause: JsValue, began: f64) -> Failure {
        let call = Unreachable {
            streamed: self.streamed,
            cross_origin: is_cross_origin(&self.settings.endpoint),
            seconds: (Date::now() - began) / 1000.0,
        };
        Failure::caused(unreachable(&call), cause)
    }
}

/// The parts of the form, as a deployment's endpoint takes them.
fn form(built: &Built, streamed: bool, workflow_api: Option<&str>) -> Result<FormData, JsValue> {
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
}

/// True when the page that runs this has another origin than the endpoint; false where there is no page.
fn is_cross_origin(endpoint: &str) -> bool {
    let page = Reflect::get(&js_sys::global(), &"location".into()).ok();
    let href =
        page.and_then(|page| Reflect::get(&page, &"href".into()).ok()).and_then(|href| href.as_string());
    let Some(href) = href else { return false };
    match (Url::new(endpoint, &href), Url::new(&href, &href)) {
        (Ok(endpoint), Ok(page)) => endpoint.origin() != page.origin(),
        _ => false,
    }
}

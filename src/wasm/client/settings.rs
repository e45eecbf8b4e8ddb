//! The options of a client, checked once and kept.

use super::options::{Options, wrong_type};
use crate::wasm::error::Failure;
use crate::{Error, ErrorKind};
use js_sys::{Function, Object, Promise};
use wasm_bindgen::prelude::*;
use web_sys::{Headers, RequestCredentials};

/// What a client knows of its deployment. Secrets stay in here: no message and no `Debug` shows them.
pub struct Settings {
    pub endpoint: String,
    headers: Headers,
    token: Option<Token>,
    pub credentials: Option<RequestCredentials>,
    pub fetch: Option<Function>,
}

enum Token {
    Fixed(String),
    Asked(Function),
}

impl Settings {
    pub fn new(options: &Options<'_>) -> Result<Self, Failure> {
        Ok(Self {
            endpoint: endpoint(options)?,
            headers: headers(options)?,
            token: token(options)?,
            credentials: credentials(options)?,
            fetch: options.function("fetch")?,
        })
    }

    /// A promise of the token, undefined without one; a token function is asked anew for each request.
    pub fn ask_token(&self) -> Result<Promise, Failure> {
        let token = match &self.token {
            None => JsValue::UNDEFINED,
            Some(Token::Fixed(token)) => token.into(),
            Some(Token::Asked(ask)) => ask.call0(&JsValue::UNDEFINED).map_err(Failure::Thrown)?,
        };
        Ok(Promise::resolve(&token))
    }

    /// The headers of one request, with what [`Settings::ask_token`] promised.
    pub fn request_headers(&self, token: &JsValue) -> Result<Headers, Failure> {
        let headers = Headers::new_with_headers(&self.headers).map_err(Failure::Thrown)?;
        if self.token.is_some() {
            let token = token.as_string().ok_or_else(|| wrong_type("token()", "a string", token))?;
            set_header(&headers, "authorization", &format!("Bearer {token}"), "token")?;
        }
        Ok(headers)
    }
}

fn endpoint(options: &Options<'_>) -> Result<String, Failure> {
    let Some(value) = options.get("endpoint")? else { return Err(ErrorKind::MissingEndpoint {}.into()) };
    let text = match value.as_string() {
        Some(text) => text,
        None if value.is_object() => <Object>::unchecked_from_js_ref(&value).to_string().into(),
        None => return Err(wrong_type("endpoint", "a string or a URL", &value)),
    };
    let text = text.trim();
    if text.is_empty() {
        return Err(ErrorKind::MissingEndpoint {}.into());
    }
    Ok(text.to_owned())
}

fn headers(options: &Options<'_>) -> Result<Headers, Failure> {
    let headers = match options.get("headers")? {
        Some(given) => Headers::new_with_headers(given.unchecked_ref()).map_err(|cause| {
            Failure::caused(Error::invalid_param("headers", "headers must be what fetch takes"), cause)
        })?,
        None => Headers::new().map_err(Failure::Thrown)?,
    };
    // The browser names the boundary of the form itself; a content type set by hand would break the request.
    headers.delete("content-type").map_err(Failure::Thrown)?;
    let (id, secret) = (options.string("clientId")?, options.string("clientSecret")?);
    match (id.filter(|id| !id.is_empty()), secret.filter(|secret| !secret.is_empty())) {
        (Some(id), Some(secret)) => {
            set_header(&headers, "client_id", &id, "clientId")?;
            set_header(&headers, "client_secret", &secret, "clientSecret")?;
        }
        (Some(_), None) => {
            return Err(ErrorKind::MissingCredentials { given: "clientId", missing: "clientSecret" }.into());
        }
        (None, Some(_)) => {
            return Err(ErrorKind::MissingCredentials { given: "clientSecret", missing: "clientId" }.into());
        }
        (None, None) => {}
    }
    Ok(headers)
}

/// Sets a header without letting its value into the error: the browser's own message would quote it.
fn set_header(headers: &Headers, name: &str, value: &str, option: &str) -> Result<(), Failure> {
    headers.set(name, value).map_err(|_| {
        Error::invalid_param(option, format!("{option} has characters that no header can carry")).into()
    })
}

fn token(options: &Options<'_>) -> Result<Option<Token>, Failure> {
    let Some(value) = options.get("token")? else { return Ok(None) };
    if let Some(token) = value.as_string() {
        return Ok((!token.is_empty()).then_some(Token::Fixed(token)));
    }
    let checked = value.dyn_into::<Function>();
    checked
        .map(|ask| Some(Token::Asked(ask)))
        .map_err(|value| wrong_type("token", "a string or a function", &value))
}

fn credentials(options: &Options<'_>) -> Result<Option<RequestCredentials>, Failure> {
    let Some(value) = options.get("credentials")? else { return Ok(None) };
    match RequestCredentials::from_js_value(&value) {
        Some(credentials) => Ok(Some(credentials)),
        None => Err(wrong_type("credentials", "\"omit\", \"same-origin\" or \"include\"", &value)),
    }
}

//! One run by POST: send, wait, read, and hand out what comes in batches.

use super::error::Failure;
use super::files::Files;
use super::options::{Options, wrong_type};
use super::params::Built;
use super::settings::Settings;
use super::timing::{Timing, Woken};
use super::{events, request, values};
use crate::Error;
use crate::protocol::failure::{BrokenCall, broken_call};
use crate::protocol::{Event, PromptResult, ResultReader, StreamReader};
use crate::workflow::Workflow;
use js_sys::{Array, Date, Promise, Uint8Array};
use std::pin::Pin;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, FormData, ReadableStreamDefaultReader, Response};

/// Default limits for a whole run, in milliseconds; the reference clients' own.
const PLAIN_TIMEOUT: f64 = 2_400_000.0;
const STREAMED_TIMEOUT: f64 = 24_000_000.0;

/// A run that is asked for its events with `next()` until it gives the result or throws.
#[wasm_bindgen]
pub struct Run {
    settings: Rc<Settings>,
    streamed: bool,
    timing: Timing,
    sent: JsValue,
    began: f64,
    stage: Stage,
    /// What the stage waits for.
    awaited: Pin<Box<dyn Future<Output = Result<JsValue, JsValue>>>>,
    files: Files,
    /// Why the run failed, when that came right behind events that had to be told first.
    failed: Option<Failure>,
    buffer: Vec<u8>,
}

/// A run waits for one promise after another: the token, the answer, then chunk after chunk.
enum Stage {
    Token(FormData),
    Answer,
    /// The body of an answer outside 2xx.
    Refusal(Response),
    Chunk(ReadableStreamDefaultReader, Box<Answer>),
    Over,
}

enum Answer {
    Plain(ResultReader),
    Streamed(StreamReader),
}

impl Run {
    pub fn new(
        settings: Rc<Settings>,
        request: &Options<'_>,
        streamed: bool,
        cancel: &AbortSignal,
    ) -> Result<Self, Failure> {
        let default = if streamed { STREAMED_TIMEOUT } else { PLAIN_TIMEOUT };
        let timeout = request.duration("timeoutMs")?.or(settings.timeout_ms).unwrap_or(default);
        let (form, sent) = prepare(request, streamed)?;
        let timing = Timing::new(cancel, request, timeout, settings.waiting_after)?;
        let token = settings.ask_token()?;
        Ok(Self {
            settings,
            streamed,
            timing,
            sent,
            began: Date::now(),
            stage: Stage::Token(form),
            awaited: Box::pin(JsFuture::from(token)),
            files: Files::default(),
            failed: None,
            buffer: Vec::new(),
        })
    }
}

#[wasm_bindgen]
impl Run {
    /// The next events, at least one; the last is the result.
    pub async fn next(&mut self) -> Result<Array, Failure> {
        if let Some(failure) = self.failed.take() {
            return Err(failure);
        }
        loop {
            let batch = match self.timing.wait(&mut self.awaited).await {
                Woken::Aborted(failure) => return Err(failure),
                Woken::Ready(outcome) => self.advance(outcome)?,
                // A slow token or a slow refusal is no cold start.
                Woken::Waiting(_) if matches!(self.stage, Stage::Token(_) | Stage::Refusal(_)) => continue,
                Woken::Waiting(seconds) => events::waiting(seconds)?,
            };
            if batch.length() > 0 {
                return Ok(batch);
            }
        }
    }
}

impl Run {
    /// Takes what the stage waited for and goes on to the next; gives the events that this tells.
    fn advance(&mut self, outcome: Result<JsValue, JsValue>) -> Result<Array, Failure> {
        match std::mem::replace(&mut self.stage, Stage::Over) {
            Stage::Token(form) => self.send(form, &outcome.map_err(Failure::Thrown)?),
            Stage::Answer => match outcome {
                Ok(response) => self.open(response),
                Err(cause) => Err(self.broken(cause, false, Vec::new())),
            },
            Stage::Refusal(response) => {
                let body = outcome.ok().and_then(|body| body.as_string()).unwrap_or_default();
                Err(request::refusal(&response, &body))
            }
            Stage::Chunk(body, answer) => match outcome {
                Ok(read) => self.read(&read, body, answer),
                Err(cause) => Err(self.broken(cause, true, answer.last_lines())),
            },
            Stage::Over => Err(Error::invalid_response("the run is over", None).into()),
        }
    }

    fn wait_for(&mut self, promise: Promise, stage: Stage) {
        self.awaited = Box::pin(JsFuture::from(promise));
        self.stage = stage;
    }

    fn send(&mut self, form: FormData, token: &JsValue) -> Result<Array, Failure> {
        self.began = Date::now();
        let answer = request::send(&self.settings, form, &self.timing.signal, token)?;
        self.wait_for(answer, Stage::Answer);
        Ok(Array::new())
    }

    fn open(&mut self, response: JsValue) -> Result<Array, Failure> {
        let response = response.dyn_into::<Response>();
        let response = response.map_err(|other| wrong_type("what fetch gives", "a Response", &other))?;
        if !response.ok() {
            self.awaited = Box::pin(request::refusal_body(response.body()));
            self.stage = Stage::Refusal(response);
            return Ok(Array::new());
        }
        if self.streamed {
            check_content_type(&response)?;
        }
        let Some(stream) = response.body() else {
            return Err(Error::invalid_response("the answer has no body", None).into());
        };
        let body = ReadableStreamDefaultReader::new(&stream).map_err(Failure::Thrown)?;
        let answer = Box::new(match self.streamed {
            true => Answer::Streamed(StreamReader::default()),
            false => Answer::Plain(ResultReader::default()),
        });
        self.wait_for(body.read(), Stage::Chunk(body, answer));
        events::open(Some(response.status()), self.sent.clone())
    }

    fn read(
        &mut self,
        read: &JsValue,
        body: ReadableStreamDefaultReader,
        answer: Box<Answer>,
    ) -> Result<Array, Failure> {
        self.timing.stop_waiting();
        match request::chunk_of(read)? {
            Some(bytes) => self.take(&bytes, body, answer),
            None => self.finish(answer).map(|result| Array::of1(&result)),
        }
    }

    /// Reads one chunk, which crosses into wasm memory here and only here.
    fn take(
        &mut self,
        bytes: &Uint8Array,
        body: ReadableStreamDefaultReader,
        mut answer: Box<Answer>,
    ) -> Result<Array, Failure> {
        self.buffer.resize(bytes.length() as usize, 0);
        bytes.copy_to(&mut self.buffer);
        let mut told = Vec::new();
        let fed = answer.feed(&self.buffer, &mut told, &mut self.files);
        let batch = events::all(told)?;
        if let Err(error) = fed {
            return self.fail_after(batch, error.into());
        }
        if !answer.has_result() {
            self.wait_for(body.read(), Stage::Chunk(body, answer));
            return Ok(batch);
        }
        // What follows the result does not matter; the surface aborts the request.
        match self.finish(answer) {
            Ok(result) => {
                batch.push(&result);
                Ok(batch)
            }
            Err(failure) => self.fail_after(batch, failure),
        }
    }

    /// Tells what came before the failure first.
    fn fail_after(&mut self, batch: Array, failure: Failure) -> Result<Array, Failure> {
        if batch.length() == 0 {
            return Err(failure);
        }
        self.failed = Some(failure);
        Ok(batch)
    }

    fn finish(&mut self, answer: Box<Answer>) -> Result<JsValue, Failure> {
        let logs = answer.last_lines();
        let mut files = std::mem::take(&mut self.files);
        let result = answer.finish(&mut files)?;
        events::result(files.deliver(result, logs, &self.sent, self.settings.rewrite_url.as_ref())?)
    }

    fn broken(&self, cause: JsValue, answered: bool, logs: Vec<String>) -> Failure {
        let call = BrokenCall {
            answered,
            streamed: self.streamed,
            cross_origin: request::is_cross_origin(&self.settings.endpoint),
            seconds: (Date::now() - self.began) / 1000.0,
        };
        Failure::caused(broken_call(&call, logs), cause)
    }
}

impl Answer {
    fn feed(&mut self, chunk: &[u8], told: &mut Vec<Event>, files: &mut Files) -> Result<(), Error> {
        match self {
            Self::Plain(reader) => reader.feed(chunk, files),
            Self::Streamed(reader) => reader.feed(chunk, told, files),
        }
    }

    fn has_result(&self) -> bool {
        matches!(self, Self::Streamed(reader) if reader.has_result())
    }

    fn last_lines(&self) -> Vec<String> {
        match self {
            Self::Plain(_) => Vec::new(),
            Self::Streamed(reader) => reader.last_lines(),
        }
    }

    fn finish(self, files: &mut Files) -> Result<PromptResult, Error> {
        match self {
            Self::Plain(reader) => reader.finish(files),
            Self::Streamed(reader) => reader.finish(),
        }
    }
}

/// Checks the request and makes its form, and what was sent as the caller may read it.
fn prepare(request: &Options<'_>, streamed: bool) -> Result<(FormData, JsValue), Failure> {
    let bytes = |name: &str| request.get(name)?.map(|value| values::workflow_bytes(&value)).transpose();
    let (deployed, instead) = (bytes("workflow")?, bytes("workflowApi")?);
    let deployed = deployed.as_deref().map(Workflow::parse).transpose()?;
    let instead = instead.as_deref().map(Workflow::parse).transpose()?;
    let params = request.get("params")?.unwrap_or(JsValue::UNDEFINED);
    let built = Built::new(&params, deployed.as_ref().or(instead.as_ref()))?;
    let form = request::form(&built, streamed, instead.as_ref().map(Workflow::text))?;
    Ok((form, built.to_js()?))
}

fn check_content_type(response: &Response) -> Result<(), Failure> {
    let kind = response.headers().get("content-type").ok().flatten().unwrap_or_default();
    if kind.trim_start().to_ascii_lowercase().starts_with("text/event-stream") {
        return Ok(());
    }
    let kind = if kind.is_empty() { "no content type" } else { &kind };
    let message = format!(
        "the answer is no event stream but {kind}: check that the endpoint is a deployment's address"
    );
    Err(Error::invalid_response(message, None).into())
}

//! Responses of a run: Server-Sent Events or plain JSON, with or without a fault.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::body::{self, Disconnected, Writer};
use crate::faults::{Fault, Query};
use crate::refusal::{Refusal, node_errors_example};
use crate::requests::{Record, State};
use crate::result::PromptResult;
use crate::runs::{CancelOnDrop, Event, Next, Run};
use crate::sse;

/// The content type of a streamed response.
pub const EVENTS: &str = "text/event-stream; charset=utf-8";
/// The content type of a plain response.
pub const JSON: &str = "application/json";
const FAILURE: &str = "RuntimeError: a failure on request";

/// The number of events written before a connection is cut in the log.
const BEFORE_CUT: usize = 3;

/// What a response needs to know besides its run.
pub struct Context {
    pub query: Query,
    /// This server's address, for links.
    pub base: String,
    /// Time between two `: ping` comments.
    pub ping: Duration,
    /// The request to settle, whose run ends when its client leaves; none for a client that only listens.
    pub owner: Option<Record>,
}

impl Context {
    /// Records how the request ended.
    pub fn settle(&self, state: State) {
        if let Some(record) = &self.owner {
            record.settle(state);
        }
    }
}

/// A run's events, from the first one.
pub fn events(run: Arc<Run>, context: Context, status: StatusCode) -> Response {
    if context.query.fault == Some(Fault::WrongType) {
        return wrong_type(&context);
    }
    let (writer, body) = body::channel(context.query.piece());
    tokio::spawn(async move {
        let _cancel = context.owner.is_some().then(|| CancelOnDrop(run.clone()));
        let state = match write_events(&run, &context, writer).await {
            Ok(state) => state,
            Err(Disconnected) => State::Cancelled,
        };
        context.settle(state);
    });
    (status, [(header::CONTENT_TYPE, EVENTS), (header::CACHE_CONTROL, "no-store")], body).into_response()
}

async fn write_events(run: &Run, context: &Context, mut writer: Writer) -> Result<State, Disconnected> {
    if context.query.fault == Some(Fault::Silent) {
        match writer.stay_silent().await? {}
    }
    let mut index = 0;
    loop {
        let next = tokio::select! {
            next = run.next(index) => next,
            () = writer.closed() => return Err(Disconnected),
            () = tokio::time::sleep(context.ping) => {
                writer.write(sse::ping()).await?;
                continue;
            }
        };
        if context.query.fault == Some(Fault::DropInLog) && index == BEFORE_CUT {
            writer.write("event: log_message\r\ndata: this line is cut o").await?;
            writer.cut().await?;
            return Ok(State::Failed);
        }
        match next {
            Next::Event(Event::Log(line)) => writer.write(sse::event("log_message", &line)).await?,
            Next::Event(Event::Error(message)) => writer.write(sse::event("error", &message)).await?,
            Next::End(Some(result)) => return write_result(&result, context, writer).await,
            Next::End(None) => return Ok(State::Cancelled),
        }
        index += 1;
    }
}

async fn write_result(
    result: &PromptResult,
    context: &Context,
    mut writer: Writer,
) -> Result<State, Disconnected> {
    let fault = context.query.fault;
    match fault {
        Some(Fault::NoResult) => return Ok(State::Failed),
        Some(Fault::ErrorEvent) => {
            writer.write(sse::event("error", FAILURE)).await?;
            return Ok(State::Failed);
        }
        Some(Fault::NodeErrorsEvent) => {
            writer.write(sse::event("error", &node_errors_example().to_string())).await?;
            return Ok(State::Failed);
        }
        Some(Fault::ErrorThenResult) => writer.write(sse::event("error", FAILURE)).await?,
        _ => {}
    }
    let mut text = sse::event("prompt_result", &result.to_json(fault, &context.base));
    if fault == Some(Fault::DropInResult) {
        text.truncate(middle(&text));
        writer.write(text).await?;
        writer.cut().await?;
        return Ok(State::Failed);
    }
    writer.write(text).await?;
    Ok(outcome(result, fault))
}

/// The plain response, at the end of the run.
pub async fn plain(run: Arc<Run>, context: Context) -> Response {
    let fault = context.query.fault;
    if fault == Some(Fault::WrongType) {
        return wrong_type(&context);
    }
    if fault == Some(Fault::Silent) {
        return silent(run, context);
    }
    let _cancel = CancelOnDrop(run.clone());
    let Some(result) = run.ended().await else {
        return Refusal::detail(StatusCode::INTERNAL_SERVER_ERROR, "The run was cancelled").into_response();
    };
    context.settle(outcome(&result, fault));
    let text = result.to_json(fault, &context.base);
    match fault {
        Some(Fault::ErrorEvent) => {
            Refusal::service(StatusCode::INTERNAL_SERVER_ERROR, "DomainException", FAILURE).into_response()
        }
        Some(Fault::NodeErrorsEvent) => Refusal::comfyui(node_errors_example()).into_response(),
        Some(Fault::NoResult) => json(Body::empty()),
        Some(Fault::DropInLog) => broken("{".into()),
        Some(Fault::DropInResult) => broken(text[..middle(&text)].to_owned()),
        Some(Fault::SlowChunks) => in_pieces(text, &context),
        _ => json(text.into()),
    }
}

fn json(body: Body) -> Response {
    (StatusCode::CREATED, [(header::CONTENT_TYPE, JSON)], body).into_response()
}

/// A body whose connection breaks after this text.
fn broken(text: String) -> Response {
    let (mut writer, body) = body::channel(None);
    tokio::spawn(async move {
        writer.write(text).await?;
        writer.cut().await
    });
    json(body)
}

fn in_pieces(text: String, context: &Context) -> Response {
    let (mut writer, body) = body::channel(context.query.piece());
    tokio::spawn(async move { writer.write(text).await });
    json(body)
}

fn silent(run: Arc<Run>, context: Context) -> Response {
    let (writer, body) = body::channel(None);
    tokio::spawn(async move {
        let _cancel = CancelOnDrop(run);
        let Err(Disconnected) = writer.stay_silent().await;
        context.settle(State::Cancelled);
    });
    json(body)
}

fn wrong_type(context: &Context) -> Response {
    context.settle(State::Failed);
    let page = "<!doctype html>\n<title>Sign in</title>\n<p>This is not a result.</p>\n";
    (StatusCode::CREATED, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()
}

/// The state of the request once its result has been sent.
fn outcome(result: &PromptResult, fault: Option<Fault>) -> State {
    let spoilt = matches!(
        fault,
        Some(
            Fault::DropInLog
                | Fault::DropInResult
                | Fault::NoResult
                | Fault::ErrorEvent
                | Fault::NodeErrorsEvent
                | Fault::FailedResult
        )
    );
    if spoilt || result.error.is_some() { State::Failed } else { State::Finished }
}

/// About the middle of a text, at a character boundary.
fn middle(text: &str) -> usize {
    (0..=text.len() / 2).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}

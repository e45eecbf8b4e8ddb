//! How the gateway responds to long plain calls: 303 to the same address with one more query parameter, again and again.
//!
//! `?fault=hops&hops=N`: a plain POST gets 303 at once, and so do the first N GETs of that address; the next one gets
//! the result. The run goes on meanwhile. Every GET needs the credentials and is recorded like a POST.

use std::sync::Arc;

use axum::extract::{Query as Parameters, State as Shared};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

use crate::answer::{self, Context};
use crate::app::App;
use crate::faults::Query;
use crate::refusal::Refusal;
use crate::request::{Request, base_url};
use crate::requests::State;
use crate::runs::Run;

/// How many GETs are redirected if the address does not say.
const DEFAULT_HOPS: u32 = 2;

/// The response to the POST that started the run; its query is not empty, since it asks for this fault.
pub fn first(run: &Run, context: &Context, uri: &Uri) -> Response {
    redirect(context, &format!("{uri}&call={}", run.id))
}

/// `GET /infer?…&call=ID`: another redirect, or the result.
pub async fn hop(
    Shared(app): Shared<Arc<App>>,
    Parameters(query): Parameters<Query>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let Some(call) = &query.call else {
        return method_not_allowed();
    };
    let authorized_by = app.accepted.check(&headers);
    let record = app.requests.note((Method::GET, &uri), &Request::default(), &headers, authorized_by);
    let _guard = record.guard();
    let refuse = |refusal: Refusal| {
        record.settle(State::Failed);
        refusal.into_response()
    };
    if authorized_by.is_none() {
        return refuse(Refusal::unauthorized());
    }
    let Some(run) = app.runs.find(call) else {
        return refuse(Refusal::detail(StatusCode::NOT_FOUND, "No such call"));
    };
    record.started(&run.id);
    let hops = query.hops.unwrap_or(DEFAULT_HOPS);
    let context = Context { query, base: base_url(&headers), ping: app.ping(), owner: Some(record) };
    if run.hop() < hops {
        return redirect(&context, &uri.to_string());
    }
    answer::plain(run, context).await
}

fn redirect(context: &Context, path: &str) -> Response {
    context.settle(State::Redirected);
    let location = format!("{}{path}", context.base);
    (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
}

fn method_not_allowed() -> Response {
    let refusal = Refusal::detail(StatusCode::METHOD_NOT_ALLOWED, "Method Not Allowed");
    ([(header::ALLOW, "POST")], refusal).into_response()
}

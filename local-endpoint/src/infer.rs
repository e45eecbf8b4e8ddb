//! `POST /infer` and `POST /runs`: check, start a run, respond.

use std::io::Write;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Query as Parameters, State as Shared};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::answer::{self, Context};
use crate::app::App;
use crate::faults::{Fault, Query};
use crate::hops;
use crate::job::Job;
use crate::refusal::Refusal;
use crate::request::{self, Request, base_url};
use crate::requests::{Guard, Record, State};
use crate::runs::Run;
use crate::walk;

/// How much of the parameters a line on stdout shows, in characters.
const MAX_SHOWN: usize = 2000;

/// A request that may run.
struct Admitted {
    record: Record,
    guard: Guard,
    streamed: bool,
    job: Job,
}

/// `POST /infer`: runs the job and responds with the events or the result.
pub async fn infer(
    Shared(app): Shared<Arc<App>>,
    Parameters(query): Parameters<Query>,
    uri: Uri,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let Admitted { record, guard, streamed, job } = match admit(&app, &query, &uri, &headers, body).await {
        Ok(admitted) => admitted,
        Err(refusal) => return refusal.into_response(),
    };
    app.warm_up().await;
    let run = app.runs.begin(query.clone());
    record.started(&run.id);
    tokio::spawn(execute(app.clone(), run.clone(), job));
    let context = Context { query, base: base_url(&headers), ping: app.ping(), owner: Some(record) };
    if !streamed && context.query.fault == Some(Fault::Hops) {
        return hops::first(&run, &context, &uri);
    }
    if streamed {
        guard.release();
        return answer::events(run, context, StatusCode::CREATED);
    }
    answer::plain(run, context).await
}

/// `POST /runs`: starts a run that does not depend on its client; the response says where to read it.
pub async fn begin(
    Shared(app): Shared<Arc<App>>,
    Parameters(query): Parameters<Query>,
    uri: Uri,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let Admitted { record, guard, job, .. } = match admit(&app, &query, &uri, &headers, body).await {
        Ok(admitted) => admitted,
        Err(refusal) => return refusal.into_response(),
    };
    guard.release();
    let run = app.runs.begin(query);
    record.started(&run.id);
    let answer = json!({"prompt_id": run.id, "events": format!("/runs/{}/events", run.id)});
    tokio::spawn(async move {
        app.warm_up().await;
        execute(app, run.clone(), job).await;
        let failed = run.result().is_none_or(|result| result.error.is_some());
        record.settle(if failed { State::Failed } else { State::Finished });
    });
    (StatusCode::CREATED, axum::Json(answer)).into_response()
}

/// Runs a job to its end, and waits with the end while results are withheld.
pub async fn execute(app: Arc<App>, run: Arc<Run>, job: Job) {
    let whole = async {
        let result = walk::walk(&run, job, app.flags.speed).await;
        app.hold.released().await;
        result
    };
    let result = tokio::select! {
        result = whole => Some(result),
        () = run.cancelled() => None,
    };
    run.end(result);
}

/// Reads a request, records it, and checks everything that can be checked before it runs.
async fn admit(
    app: &App,
    query: &Query,
    uri: &Uri,
    headers: &HeaderMap,
    body: Body,
) -> Result<Admitted, Refusal> {
    let request = request::read(headers, body).await?;
    let authorized_by = app.accepted.check(headers);
    let record = app.requests.note((Method::POST, uri), &request, headers, authorized_by);
    let guard = record.guard();
    let path = uri.path();
    if query.fault == Some(Fault::Never) {
        report(path, &request, "never answered, as asked");
        std::future::pending::<()>().await;
    }
    let checked = check(app, query, &request, authorized_by.is_some());
    report(path, &request, if checked.is_ok() { "accepted" } else { "refused" });
    match checked {
        Ok((streamed, job)) => Ok(Admitted { record, guard, streamed, job }),
        Err(refusal) => {
            record.settle(State::Failed);
            Err(refusal)
        }
    }
}

fn check(app: &App, query: &Query, request: &Request, authorized: bool) -> Result<(bool, Job), Refusal> {
    if !authorized {
        return Err(Refusal::unauthorized());
    }
    if let Some(refusal) = query.fault.and_then(Refusal::of_fault) {
        return Err(refusal);
    }
    let streamed = request.streamed()?;
    let job = Job::prepare(request, &app.flags.workflow, query.strict_nodes())?;
    Ok((streamed, job))
}

/// Prints a line to stdout, without headers and thus without secrets.
fn report(path: &str, request: &Request, what: &str) {
    let params: String = request.params.as_deref().unwrap_or("none").chars().take(MAX_SHOWN).collect();
    let files = request.files.len();
    // A closed stdout is not a reason to stop serving.
    let _ = writeln!(
        std::io::stdout(),
        "POST {path} (standing in for a deployment): {what}, logs={}, params {params}, {files} file(s)",
        request.logs.as_deref().unwrap_or("false"),
    );
}

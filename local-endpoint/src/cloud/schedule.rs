//! `POST /api/workflow/infer`: accepts a job under the id that its caller chose.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use axum::body::Body;
use axum::extract::State as Shared;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::cut::cut;
use super::faults::{End, Faults, Schedule};
use super::jobs::Job;
use super::{look_up, telling};
use crate::app::App;
use crate::faults::Query;
use crate::infer::execute;
use crate::job::Job as Work;
use crate::lock::lock;
use crate::refusal::Refusal;
use crate::request::{self, Request, base_url};
use crate::requests::{Record, State};

/// `POST /api/workflow/infer`.
pub async fn schedule(Shared(app): Shared<Arc<App>>, uri: Uri, headers: HeaderMap, body: Body) -> Response {
    let mut request = match request::read(&headers, body).await {
        Ok(request) => request,
        Err(refusal) => return refusal.into_response(),
    };
    let authorized_by = app.accepted.check(&headers);
    let record = app.requests.note((Method::POST, &uri), &request, &headers, authorized_by);
    let asked = match check(&mut request, authorized_by.is_some()) {
        Ok(asked) => asked,
        Err(refusal) => {
            record.settle(State::Failed);
            return refusal.into_response();
        }
    };
    answer(&app, asked, &request, &record, base_url(&headers)).await
}

/// What a request asks for.
struct Asked {
    id: String,
    api_url: String,
    sid: Option<String>,
}

fn check(request: &mut Request, authorized: bool) -> Result<Asked, Refusal> {
    if !authorized {
        return Err(Refusal::unauthorized());
    }
    request.overrides()?;
    let id = required(request, "prompt_id")?;
    let is_v4 = uuid::Uuid::parse_str(&id).is_ok_and(|id| id.get_version_num() == 4);
    if !is_v4 {
        return Err(Refusal::invalid_part(
            "prompt_id",
            "uuid_parsing",
            "Input should be a valid UUID v4",
            id.into(),
        ));
    }
    let api_url = required(request, "view_comfy_api_url")?;
    Ok(Asked { id, api_url, sid: text(request, "sid") })
}

fn required(request: &mut Request, name: &str) -> Result<String, Refusal> {
    text(request, name).ok_or_else(|| Refusal::invalid_part(name, "missing", "Field required", Value::Null))
}

/// Removes a text from the form that a deployment would not expect.
fn text(request: &mut Request, name: &str) -> Option<String> {
    let at = request.others.iter().position(|(part, _)| part == name)?;
    Some(request.others.swap_remove(at).1)
}

async fn answer(app: &Arc<App>, asked: Asked, request: &Request, record: &Record, base: String) -> Response {
    let faults = Faults::of_address(&asked.api_url).unwrap_or_else(|| app.cloud.control.faults());
    let before = app.cloud.control.note_call(&asked.id);
    let fault = faults.schedule.filter(|_| before < faults.schedules.max(1));
    if let Some(fault) = fault.filter(|fault| !fault.takes()) {
        record.settle(State::Failed);
        return refuse(fault);
    }
    let job = take(app, asked, request, (faults, base));
    record.started(&job.run.id);
    record.settle(State::Finished);
    let taken = json!({"data": {
        "prompt_id": job.run.id,
        "message": "The workflow was scheduled",
        "workflow": look_up::record(&job),
    }});
    match fault {
        Some(Schedule::TakenCut) => cut(StatusCode::CREATED, &taken),
        Some(Schedule::TakenTimeout) => StatusCode::GATEWAY_TIMEOUT.into_response(),
        Some(Schedule::TakenNever) => std::future::pending().await,
        _ => (StatusCode::CREATED, axum::Json(taken)).into_response(),
    }
}

fn refuse(fault: Schedule) -> Response {
    match fault {
        Schedule::Cut => cut(StatusCode::CREATED, &json!({"data": {}})),
        Schedule::Limited => {
            let refusal =
                Refusal::service(StatusCode::TOO_MANY_REQUESTS, "DomainException", "Too many requests");
            ([(header::RETRY_AFTER, "7")], refusal).into_response()
        }
        _ => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// Accepts a job. If there is already one with this id, it is counted once more and goes on unchanged.
fn take(app: &Arc<App>, asked: Asked, request: &Request, (faults, base): (Faults, String)) -> Arc<Job> {
    let known = app.cloud.jobs.find(&asked.id);
    let is_new = known.is_none();
    let job = known.unwrap_or_else(|| {
        let run = app.runs.begin_as(asked.id, Query::default());
        Arc::new(Job::new(run, faults, base))
    });
    job.taken.fetch_add(1, Ordering::Relaxed);
    lock(&job.sids).extend(asked.sid);
    if is_new {
        app.cloud.jobs.add(job.clone());
        begin(app, &job, request);
    }
    job
}

fn begin(app: &Arc<App>, job: &Arc<Job>, request: &Request) {
    tokio::spawn(telling::tell(app.clone(), job.clone()));
    let work = match Work::prepare(request, &app.flags.workflow, false) {
        Ok(work) => work,
        // The API accepts any job; if the deployment refuses it, the job fails.
        Err(refusal) => {
            job.run.fail(&refusal.text());
            return;
        }
    };
    if job.faults.job == Some(End::Canceled) {
        job.run.cancel();
    }
    let (app, run) = (app.clone(), job.run.clone());
    tokio::spawn(async move {
        app.warm_up().await;
        execute(app, run, work).await;
    });
}

//! The worker: executes one prompt after the other.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::clock::now;
use super::history::{End, Entry};
use super::item::Item;
use super::performance::Performance;
use crate::app::App;
use crate::compute::Failure;
use crate::walk::{Memory, NodeFailure, perform};

/// Executes prompts as long as the server runs.
pub async fn work(app: Arc<App>) {
    let comfy = &app.comfy;
    let mut memory = Memory::default();
    let mut shown = Map::new();
    loop {
        let item = comfy.queue.take().await;
        comfy.tell_status();
        comfy.control.note_executed(&item.id);
        let (entry, seconds) = execute(&app, &item, &mut memory, &shown).await;
        shown.extend(entry.outputs.clone());
        if !item.is_forgotten() {
            comfy.history.add(entry);
        }
        comfy.queue.finished();
        comfy.enter(&item, None);
        comfy.tell_status();
        if let Some(client_id) = &item.client_id {
            let data = json!({"node": null, "prompt_id": item.id});
            comfy.sockets.send(client_id, &json!({"type": "executing", "data": data}));
        }
        comfy.log(&format!("Prompt executed in {seconds:.2} seconds"));
    }
}

/// Executes a prompt, and gives its entry and the seconds that it says it took.
async fn execute(app: &App, item: &Item, memory: &mut Memory, shown: &Map<String, Value>) -> (Entry, f64) {
    let comfy = &app.comfy;
    let started = now();
    let performance = Performance::new(comfy, item, app.flags.previews, shown);
    performance.begin();
    let outcome = tokio::select! {
        outcome = perform(&performance, &item.job, app.flags.speed, memory) => Some(outcome),
        () = item.interrupted() => None,
    };
    let mut outcome = tokio::select! {
        () = comfy.control.released() => outcome,
        () = item.interrupted() => None,
    };
    if let Some(outcome) =
        outcome.as_mut().filter(|outcome| outcome.failed.is_none() && comfy.control.fails_run())
    {
        outcome.failed = Some(failure_on_request(item));
    }
    let end = match &outcome {
        None => End::Interrupted,
        Some(outcome) => outcome.failed.as_ref().map_or(End::Success, |_| End::Error),
    };
    match outcome.as_ref().map(|outcome| outcome.failed.as_ref()) {
        None => performance.interrupt(),
        Some(Some(failed)) => performance.fail(failed),
        Some(None) => performance.succeed(),
    }
    let seconds = outcome.map_or(0.0, |outcome| outcome.seconds);
    let (outputs, messages) = performance.into_record();
    let (id, prompt, created) = (item.id.clone(), item.to_json(), item.created);
    (Entry { id, prompt, outputs, end, messages, created, started, ended: now() }, seconds)
}

fn failure_on_request(item: &Item) -> NodeFailure {
    let id = item.job.outputs.first().cloned().unwrap_or_default();
    let class_type = item.job.workflow.class_type(&id).to_owned();
    NodeFailure { id, class_type, failure: Failure::new("RuntimeError", "a failure on request") }
}

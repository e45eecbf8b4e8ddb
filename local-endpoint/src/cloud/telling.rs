//! Sends a job's events to its sockets, with the faults that were asked for.

use std::sync::Arc;

use serde_json::{Value, json};

use super::faults::Faults;
use super::jobs::Job;
use super::look_up;
use crate::app::App;
use crate::lock::lock;
use crate::runs::{Event, Next};

const LOG: &str = "infer_log_message";
const ERROR: &str = "infer_error_message";
const EXECUTED: &str = "infer_executed_message";
const RESULT: &str = "infer_result_message";
const CANCELED: &str = "infer_canceled_message";

/// Sends a job's events until it has ended.
pub async fn tell(app: Arc<App>, job: Arc<Job>) {
    let mut telling = Telling { app, job, count: 0, held: None };
    if telling.job.faults.false_error {
        telling.say(ERROR, "RuntimeError: a warning that looks like an error");
    }
    for index in 0.. {
        match telling.job.run.next(index).await {
            Next::Event(Event::Log(line)) => telling.say(LOG, &line),
            Next::Event(Event::Error(message)) => telling.say(ERROR, &message),
            Next::End(result) => {
                telling.end(result.is_some());
                return;
            }
        }
    }
}

struct Telling {
    app: Arc<App>,
    job: Arc<Job>,
    /// Events so far, including lost ones.
    count: u32,
    /// An event that is held back until the next one has been sent.
    held: Option<(&'static str, Value)>,
}

impl Telling {
    fn faults(&self) -> &Faults {
        &self.job.faults
    }

    /// A message with a text.
    fn say(&mut self, event: &'static str, text: &str) {
        let data = match self.faults().bare {
            true => text.into(),
            false => json!({"prompt_id": self.job.run.id, "data": text}),
        };
        self.send(event, data);
    }

    fn end(&mut self, has_result: bool) {
        let error = self.job.error();
        if !has_result {
            self.send(CANCELED, json!({"prompt_id": self.job.run.id, "data": "canceled"}));
        } else if let Some(error) = error {
            self.say(ERROR, &error);
        } else {
            self.say(EXECUTED, "executed");
            let result = if self.faults().empty_result { json!({}) } else { self.result() };
            self.send(RESULT, result);
        }
        let held = self.held.take();
        held.into_iter().for_each(|(event, data)| self.emit(event, &data));
    }

    fn result(&self) -> Value {
        let run = &self.job.run;
        let Some(result) = run.result() else { return json!({}) };
        json!({
            "prompt_id": run.id,
            "status": self.job.status(),
            "completed": true,
            "execution_time_seconds": (result.seconds * 100.0).round() / 100.0,
            "prompt": result.prompt,
            "outputs": look_up::outputs(&self.job, "content_type", 0),
        })
    }

    fn send(&mut self, event: &'static str, data: Value) {
        self.count += 1;
        let Faults { lose, double, shuffle, drop_after, .. } = *self.faults();
        if !self.count.is_multiple_of(lose) {
            if shuffle && self.held.is_none() {
                self.held = Some((event, data));
            } else {
                self.emit(event, &data);
                if double {
                    self.emit(event, &data);
                }
                let held = self.held.take();
                held.into_iter().for_each(|(event, data)| self.emit(event, &data));
            }
        }
        if drop_after == self.count {
            lock(&self.job.sids).iter().for_each(|sid| self.app.cloud.sockets.drop(sid));
        }
    }

    fn emit(&self, event: &str, data: &Value) {
        let sids = lock(&self.job.sids).clone();
        sids.iter().for_each(|sid| self.app.cloud.sockets.tell(sid, event, data));
    }
}

//! One prompt in the queue.

use super::clock::now;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value, json};
use tokio::sync::watch;

use crate::job::Job;

/// A prompt that waits, runs or has run.
pub struct Item {
    /// Its place in the queue: the smallest runs first.
    pub number: i64,
    pub id: String,
    pub job: Job,
    pub extra_data: Value,
    /// The socket that hears of it.
    pub client_id: Option<String>,
    pub created: u64,
    interrupted: watch::Sender<bool>,
    forgotten: AtomicBool,
}

impl Item {
    /// An item that nobody has interrupted.
    pub fn new(number: i64, id: String, job: Job, extra_data: Value, client_id: Option<String>) -> Self {
        let interrupted = watch::Sender::new(false);
        Self {
            number,
            id,
            job,
            extra_data,
            client_id,
            created: now(),
            interrupted,
            forgotten: AtomicBool::new(false),
        }
    }

    /// As the queue and the history show it.
    pub fn to_json(&self) -> Value {
        json!([self.number, self.id, self.job.workflow.nodes(), self.extra_data, self.job.outputs])
    }

    /// Asks it to stop.
    pub fn interrupt(&self) {
        self.interrupted.send_replace(true);
    }

    /// Asks it to stop and to leave nothing behind.
    pub fn forget(&self) {
        self.forgotten.store(true, Ordering::Relaxed);
        self.interrupt();
    }

    /// Whether it is to leave nothing behind.
    pub fn is_forgotten(&self) -> bool {
        self.forgotten.load(Ordering::Relaxed)
    }

    /// Returns once it is asked to stop.
    pub async fn interrupted(&self) {
        // The sender lives as long as the item, so waiting cannot fail.
        let _ = self.interrupted.subscribe().wait_for(|interrupted| *interrupted).await;
    }
}

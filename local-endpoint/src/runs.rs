//! Runs: their events as they happen, for any number of readers, and their outcome.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use tokio::sync::watch;

use crate::faults::Query;
use crate::lock::lock;
use crate::result::PromptResult;

/// How many runs are remembered; older ones can no longer be read.
const MAX_RUNS: usize = 64;

/// One event before the result.
#[derive(Clone, Debug)]
pub enum Event {
    Log(Arc<str>),
    Error(Arc<str>),
}

/// What a reader finds next.
pub enum Next {
    Event(Event),
    /// The end, with the result unless the run was cancelled.
    End(Option<Arc<PromptResult>>),
}

/// One run.
pub struct Run {
    pub id: String,
    pub query: Query,
    events: Mutex<Vec<Event>>,
    end: OnceLock<Option<Arc<PromptResult>>>,
    /// Counts changes, to wake readers.
    changes: watch::Sender<usize>,
    cancelled: watch::Sender<bool>,
    /// How many requests for the result were redirected.
    hops: AtomicU32,
}

/// The runs that can be read.
#[derive(Default)]
pub struct Runs(Mutex<VecDeque<Arc<Run>>>);

impl Runs {
    /// Starts a run under a new, unguessable id.
    pub fn begin(&self, query: Query) -> Arc<Run> {
        self.begin_as(uuid::Uuid::new_v4().to_string(), query)
    }

    /// Starts a run under an id that its caller chose.
    pub fn begin_as(&self, id: String, query: Query) -> Arc<Run> {
        let run = Arc::new(Run {
            id,
            query,
            events: Mutex::default(),
            end: OnceLock::new(),
            changes: watch::Sender::new(0),
            cancelled: watch::Sender::new(false),
            hops: AtomicU32::new(0),
        });
        let mut all = lock(&self.0);
        if all.len() == MAX_RUNS {
            all.pop_front();
        }
        all.push_back(run.clone());
        run
    }

    /// The run with this id.
    pub fn find(&self, id: &str) -> Option<Arc<Run>> {
        lock(&self.0).iter().find(|run| run.id == id).cloned()
    }
}

impl Run {
    /// Adds a line to the log.
    pub fn log(&self, line: impl Into<Arc<str>>) {
        self.push(Event::Log(line.into()));
    }

    /// Adds an error message.
    pub fn error(&self, message: impl Into<Arc<str>>) {
        self.push(Event::Error(message.into()));
    }

    fn push(&self, event: Event) {
        lock(&self.events).push(event);
        self.changes.send_modify(|count| *count += 1);
    }

    /// Ends the run; only the first end counts.
    pub fn end(&self, result: Option<PromptResult>) {
        if self.end.set(result.map(Arc::new)).is_ok() {
            self.changes.send_modify(|count| *count += 1);
        }
    }

    /// Ends the run as failed, with nothing computed.
    pub fn fail(&self, message: &str) {
        self.end(Some(PromptResult {
            prompt_id: self.id.clone(),
            seconds: 0.0,
            prompt: serde_json::Map::new(),
            outputs: Vec::new(),
            error: Some(message.to_owned()),
        }));
    }

    /// Whether it has ended, with a result or without.
    pub fn has_ended(&self) -> bool {
        self.end.get().is_some()
    }

    /// Counts a hop and returns the number of earlier ones.
    pub fn hop(&self) -> u32 {
        self.hops.fetch_add(1, Ordering::Relaxed)
    }

    /// Asks the run to stop.
    pub fn cancel(&self) {
        self.cancelled.send_replace(true);
    }

    /// Returns when the run is asked to stop.
    pub async fn cancelled(&self) {
        // The sender lives as long as the run, so waiting cannot fail.
        let _ = self.cancelled.subscribe().wait_for(|cancelled| *cancelled).await;
    }

    /// The event at an index, waiting for it if necessary, or the end.
    pub async fn next(&self, index: usize) -> Next {
        let mut changes = self.changes.subscribe();
        loop {
            // The end is looked up first: once it is set, no event follows.
            let end = self.end.get();
            if let Some(event) = lock(&self.events).get(index) {
                return Next::Event(event.clone());
            }
            if let Some(end) = end {
                return Next::End(end.clone());
            }
            let _ = changes.changed().await;
        }
    }

    /// The result, if the run has one.
    pub fn result(&self) -> Option<Arc<PromptResult>> {
        self.end.get().cloned().flatten()
    }

    /// Waits for the end.
    pub async fn ended(&self) -> Option<Arc<PromptResult>> {
        match self.next(usize::MAX).await {
            Next::End(result) => result,
            Next::Event(_) => None,
        }
    }
}

/// Cancels a run when dropped: held by the response that a client waits for.
pub struct CancelOnDrop(pub Arc<Run>);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

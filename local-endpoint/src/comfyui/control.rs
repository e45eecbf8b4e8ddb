//! Controls for tests, beside the server's own routes: faults on request, and counts of what happened.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Mutex;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::sync::watch;

use crate::download::half_of;
use crate::lock::lock;

/// What tests ask for. Each `PUT` sets all of them.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Faults {
    /// No WebSocket can be opened.
    pub refuse_sockets: bool,
    /// Each WebSocket is cut off once it has had so many messages.
    pub cut_sockets_after: Option<u32>,
    /// So many prompts are not taken: the connection breaks.
    pub lose_prompts: u32,
    /// So many prompts are taken, and their answers are lost.
    pub lose_answers: u32,
    /// So many downloads break off half-way.
    pub break_downloads: u32,
    /// No download gets past so many bytes of its file.
    pub cut_downloads_after: Option<usize>,
    /// So many questions for a prompt's state, at the queue, the history and the jobs, are answered 500.
    pub fail_questions: u32,
    /// So many runs fail once their nodes were executed.
    pub fail_runs: u32,
    /// The server is of the time before `/api/jobs`.
    pub no_jobs: bool,
    /// A run waits before its end until this is false again.
    pub hold: bool,
}

/// How often something happened to a prompt.
#[derive(Clone, Default, Serialize)]
struct Counts {
    posted: u32,
    executed: u32,
}

#[derive(Default, Serialize)]
struct Tally {
    prompts: BTreeMap<String, Counts>,
    /// The ids of `POST /interrupt`; null is the one that hits whatever runs.
    interrupts: Vec<Option<String>>,
    downloaded: u64,
}

/// The faults that are on, and the counts.
#[derive(Default)]
pub struct Control {
    faults: Mutex<Faults>,
    tally: Mutex<Tally>,
    held: watch::Sender<bool>,
}

impl Control {
    pub fn refuses_sockets(&self) -> bool {
        lock(&self.faults).refuse_sockets
    }

    /// After how many messages a socket is to be cut off.
    pub fn cuts_sockets_after(&self) -> Option<u32> {
        lock(&self.faults).cut_sockets_after
    }

    /// Whether this prompt is not to be taken.
    pub fn loses_prompt(&self) -> bool {
        take_one(&mut lock(&self.faults).lose_prompts)
    }

    /// Whether this question is not to be answered.
    pub fn fails_question(&self) -> bool {
        take_one(&mut lock(&self.faults).fail_questions)
    }

    /// Whether this run is to fail.
    pub fn fails_run(&self) -> bool {
        take_one(&mut lock(&self.faults).fail_runs)
    }

    /// Whether there are no jobs.
    pub fn has_no_jobs(&self) -> bool {
        lock(&self.faults).no_jobs
    }

    /// Whether the answer to this prompt is to be lost.
    pub fn loses_answer(&self) -> bool {
        take_one(&mut lock(&self.faults).lose_answers)
    }

    /// Where this download of a part of a file is to break off; none if it is not.
    pub fn break_within(&self, part: &Range<usize>) -> Option<usize> {
        let mut faults = lock(&self.faults);
        if let Some(end) = faults.cut_downloads_after.filter(|end| *end < part.end) {
            return Some(end.max(part.start));
        }
        take_one(&mut faults.break_downloads).then(|| half_of(part))
    }

    /// The faults that are on, the counts, and how many sockets there are: all, and those that hear the log.
    pub fn to_json(&self, sockets: usize, log_listeners: usize) -> Value {
        json!({
            "faults": *lock(&self.faults),
            "counts": *lock(&self.tally),
            "sockets": sockets,
            "log_listeners": log_listeners,
        })
    }

    /// Sets the faults, all of them.
    pub fn set(&self, faults: Faults) {
        self.held.send_replace(faults.hold);
        *lock(&self.faults) = faults;
    }

    /// Returns when runs are not held.
    pub async fn released(&self) {
        // The sender lives as long as the server, so waiting cannot fail.
        let _ = self.held.subscribe().wait_for(|held| !*held).await;
    }

    pub fn note_posted(&self, id: &str) {
        lock(&self.tally).prompts.entry(id.to_owned()).or_default().posted += 1;
    }

    pub fn note_executed(&self, id: &str) {
        lock(&self.tally).prompts.entry(id.to_owned()).or_default().executed += 1;
    }

    pub fn note_interrupt(&self, id: Option<&str>) {
        lock(&self.tally).interrupts.push(id.map(str::to_owned));
    }

    pub fn note_downloaded(&self, bytes: usize) {
        lock(&self.tally).downloaded += bytes as u64;
    }
}

fn take_one(count: &mut u32) -> bool {
    let any = *count > 0;
    *count = count.saturating_sub(1);
    any
}

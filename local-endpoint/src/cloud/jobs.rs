//! The accepted jobs, by the ids that their callers chose.

use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use bytes::Bytes;
use serde_json::{Value, json};

use super::faults::{End, Faults};
use crate::lock::lock;
use crate::result::OutputFile;
use crate::runs::Run;

/// How many jobs are remembered.
const MAX_JOBS: usize = 4096;
const LARGE: &str = "large.bin";
const FAILURE: &str = "ValueError: a failure on request";

/// One job.
pub struct Job {
    pub run: Arc<Run>,
    pub faults: Faults,
    pub created: SystemTime,
    /// This server's address as the caller knows it, for links.
    pub base: String,
    /// How often it was accepted: a client must not cause more than one.
    pub taken: AtomicU32,
    pub look_ups: AtomicU32,
    /// Look-ups that returned links.
    pub links: AtomicU32,
    /// Downloads by file.
    pub downloads: Mutex<BTreeMap<String, u32>>,
    pub downloaded: AtomicU64,
    pub canceled: AtomicU32,
    /// The sockets that receive its events.
    pub sids: Mutex<Vec<String>>,
    large: Option<Bytes>,
}

impl Job {
    pub fn new(run: Arc<Run>, faults: Faults, base: String) -> Self {
        let large = (faults.large > 0).then(|| crate::large::decoded(0, faults.large).into());
        Self {
            run,
            faults,
            created: SystemTime::now(),
            base,
            taken: AtomicU32::new(0),
            look_ups: AtomicU32::new(0),
            links: AtomicU32::new(0),
            downloads: Mutex::default(),
            downloaded: AtomicU64::new(0),
            canceled: AtomicU32::new(0),
            sids: Mutex::default(),
            large,
        }
    }

    /// Its outputs, once it has a result.
    pub fn outputs(&self) -> Vec<OutputFile> {
        let Some(result) = self.run.result() else { return Vec::new() };
        let large = self.large.clone().map(|bytes| OutputFile {
            filename: LARGE.into(),
            content_type: "application/octet-stream",
            bytes,
        });
        result.outputs.iter().cloned().chain(large).collect()
    }

    /// Why it failed, if it did.
    pub fn error(&self) -> Option<String> {
        let result = self.run.result()?;
        let on_request = || (self.faults.job == Some(End::Fails)).then(|| FAILURE.to_owned());
        result.error.clone().or_else(on_request)
    }

    /// Its status.
    pub fn status(&self) -> &'static str {
        match (self.run.has_ended(), self.run.result(), self.error()) {
            (false, _, _) => "running",
            (true, None, _) => "canceled",
            (true, Some(_), Some(_)) => "error",
            (true, Some(_), None) => "success",
        }
    }

    /// The counts that tests read.
    pub fn counts(&self) -> Value {
        let read = |count: &AtomicU32| count.load(Ordering::Relaxed);
        json!({
            "prompt_id": self.run.id,
            "taken": read(&self.taken),
            "look_ups": read(&self.look_ups),
            "downloads": *lock(&self.downloads),
            "downloaded": self.downloaded.load(Ordering::Relaxed),
            "canceled": read(&self.canceled),
            "sockets": lock(&self.sids).len(),
            "status": self.status(),
        })
    }
}

/// The jobs that are remembered, oldest first.
#[derive(Default)]
pub struct Jobs(Mutex<VecDeque<Arc<Job>>>);

impl Jobs {
    /// The job with this id.
    pub fn find(&self, id: &str) -> Option<Arc<Job>> {
        lock(&self.0).iter().rev().find(|job| job.run.id == id).cloned()
    }

    /// Remembers a job.
    pub fn add(&self, job: Arc<Job>) {
        let mut all = lock(&self.0);
        if all.len() == MAX_JOBS {
            all.pop_front();
        }
        all.push_back(job);
    }

    /// All of them.
    pub fn all(&self) -> Vec<Arc<Job>> {
        lock(&self.0).iter().cloned().collect()
    }

    /// Forgets all of them.
    pub fn clear(&self) {
        lock(&self.0).clear();
    }
}

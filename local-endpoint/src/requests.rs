//! The list of requests that tests read back at `/requests`. Secrets never enter it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::http::{HeaderMap, Method, Uri};
use serde::Serialize;

use crate::credentials::{AuthorizedBy, shown};
use crate::lock::lock;
use crate::request::{Request, Upload};

/// How many requests are remembered.
const KEPT: usize = 500;

/// The state of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    Running,
    Finished,
    Failed,
    /// Redirected to the address to request next.
    Redirected,
    /// The client left before the end.
    Cancelled,
}

#[derive(Clone, Serialize)]
struct Entry {
    method: String,
    /// The path with the query.
    path: String,
    prompt_id: Option<String>,
    logs: bool,
    content_type: String,
    params: Option<String>,
    workflow_api: Option<String>,
    files: Vec<FileEntry>,
    authorized_by: Option<AuthorizedBy>,
    headers: BTreeMap<String, String>,
    state: State,
}

#[derive(Clone, Serialize)]
struct FileEntry {
    name: String,
    filename: String,
    content_type: String,
    size: usize,
    sha256: String,
}

/// One request's entry, shared with the code that settles it.
#[derive(Clone)]
pub struct Record(Arc<Mutex<Entry>>);

/// All requests, newest last.
#[derive(Default)]
pub struct Requests(Mutex<Vec<Record>>);

impl Requests {
    /// Records a request as running.
    pub fn note(
        &self,
        target: (Method, &Uri),
        request: &Request,
        headers: &HeaderMap,
        authorized_by: Option<AuthorizedBy>,
    ) -> Record {
        let record = Record(Arc::new(Mutex::new(Entry {
            method: target.0.to_string(),
            path: target.1.to_string(),
            prompt_id: None,
            logs: request.streamed().unwrap_or(false),
            content_type: request.content_type.clone(),
            params: request.params.clone(),
            workflow_api: request.workflow_api.clone(),
            files: request.files.iter().map(file_entry).collect(),
            authorized_by,
            headers: header_entries(headers),
            state: State::Running,
        })));
        let mut all = lock(&self.0);
        if all.len() == KEPT {
            all.remove(0);
        }
        all.push(record.clone());
        record
    }

    /// The list as JSON text.
    pub fn to_json(&self) -> serde_json::Result<String> {
        let entries: Vec<Entry> = lock(&self.0).iter().map(|record| lock(&record.0).clone()).collect();
        serde_json::to_string(&entries)
    }

    /// Forgets everything.
    pub fn clear(&self) {
        lock(&self.0).clear();
    }
}

impl Record {
    /// Records the run that the request started.
    pub fn started(&self, prompt_id: &str) {
        lock(&self.0).prompt_id = Some(prompt_id.to_owned());
    }

    /// Records how it ended; only the first end counts.
    pub fn settle(&self, state: State) {
        let mut entry = lock(&self.0);
        if entry.state == State::Running {
            entry.state = state;
        }
    }

    /// Counts the request as cancelled when dropped before it is settled: axum drops a handler whose client left.
    pub fn guard(&self) -> Guard {
        Guard(Some(self.clone()))
    }
}

/// See [`Record::guard`].
pub struct Guard(Option<Record>);

impl Guard {
    /// Drops the guard without settling the request.
    pub fn release(mut self) {
        self.0 = None;
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        if let Some(record) = &self.0 {
            record.settle(State::Cancelled);
        }
    }
}

fn file_entry(upload: &Upload) -> FileEntry {
    FileEntry {
        name: upload.name.clone(),
        filename: upload.filename.clone(),
        content_type: upload.content_type.clone(),
        size: upload.bytes.len(),
        sha256: upload.sha256.clone(),
    }
}

fn header_entries(headers: &HeaderMap) -> BTreeMap<String, String> {
    headers
        .iter()
        .map(|(name, value)| {
            (name.to_string(), shown(name.as_str(), &String::from_utf8_lossy(value.as_bytes())))
        })
        .collect()
}

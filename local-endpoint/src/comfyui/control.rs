//! Controls for tests, beside the server's own routes: faults on request, and counts of what happened.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::Json;
use axum::extract::State as Shared;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::sync::watch;

use crate::app::App;
use crate::lock::lock;

/// What tests ask for. Each `PUT` sets all of them.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Faults {
    /// No WebSocket can be opened.
    pub refuse_sockets: bool,
    /// So many prompts are taken, and their answers are lost.
    pub lose_answers: u32,
    /// So many downloads break off half-way.
    pub break_downloads: u32,
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

    /// Whether the answer to this prompt is to be lost.
    pub fn loses_answer(&self) -> bool {
        take_one(&mut lock(&self.faults).lose_answers)
    }

    /// Whether this download is to break off.
    pub fn breaks_download(&self) -> bool {
        take_one(&mut lock(&self.faults).break_downloads)
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

/// `GET /comfyui-control`: the counts, and the faults that are on.
pub async fn read(Shared(app): Shared<Arc<App>>) -> Json<Value> {
    let control = &app.comfy.control;
    Json(json!({
        "faults": *lock(&control.faults),
        "counts": *lock(&control.tally),
        "sockets": app.comfy.sockets.count(),
    }))
}

/// `PUT /comfyui-control`: sets the faults.
pub async fn set(Shared(app): Shared<Arc<App>>, Json(faults): Json<Faults>) {
    app.comfy.control.held.send_replace(faults.hold);
    *lock(&app.comfy.control.faults) = faults;
}

/// `DELETE /comfyui-control/sockets`: cuts every WebSocket off.
pub async fn cut_sockets(Shared(app): Shared<Arc<App>>) {
    app.comfy.sockets.cut();
}

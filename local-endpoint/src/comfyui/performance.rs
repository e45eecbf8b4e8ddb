//! One prompt's execution, told to the sockets and noted for the history.

use std::sync::Mutex;

use serde_json::{Map, Value, json};

use super::clock::now;
use super::item::Item;
use super::outputs;
use super::preview::{Preview, facts};
use super::state::Comfy;
use crate::compute::{NodeOutput, Payload};
use crate::lock::lock;
use crate::walk::{NodeFailure, Stage};

/// A class whose output goes out by WebSocket and is not saved.
const BY_SOCKET: &str = "SaveImageWebsocket";
/// A class that shows a text and saves nothing.
const SHOWS_TEXT: &str = "PreviewAny";

/// What is told and noted of one prompt while it is executed.
pub struct Performance<'a> {
    comfy: &'a Comfy,
    item: &'a Item,
    previews: bool,
    /// What cached output nodes made before, by id.
    before: &'a Map<String, Value>,
    progress: Mutex<Map<String, Value>>,
    executed: Mutex<Vec<String>>,
    at: Mutex<Option<String>>,
    outputs: Mutex<Map<String, Value>>,
    messages: Mutex<Vec<Value>>,
}

impl<'a> Performance<'a> {
    /// A performance that has not begun.
    pub fn new(comfy: &'a Comfy, item: &'a Item, previews: bool, before: &'a Map<String, Value>) -> Self {
        Self {
            comfy,
            item,
            previews,
            before,
            progress: Mutex::default(),
            executed: Mutex::default(),
            at: Mutex::default(),
            outputs: Mutex::default(),
            messages: Mutex::default(),
        }
    }

    /// Tells that it begins.
    pub fn begin(&self) {
        self.note("execution_start", json!({}));
    }

    /// Tells that it came to a good end.
    pub fn succeed(&self) {
        self.note("execution_success", json!({}));
    }

    /// Tells that a node failed.
    pub fn fail(&self, NodeFailure { id, class_type, failure }: &NodeFailure) {
        let data = json!({
            "node_id": id, "node_type": class_type, "executed": *lock(&self.executed),
            "exception_message": format!("{}\n", failure.message), "exception_type": failure.exception,
            "traceback": ["Traceback (most recent call last):\n"], "current_inputs": {}, "current_outputs": [],
        });
        self.note("execution_error", data);
    }

    /// Tells that it was interrupted.
    pub fn interrupt(&self) {
        let node = lock(&self.at).clone();
        let class_type = node.as_deref().map(|id| self.item.job.workflow.class_type(id));
        let data = json!({"node_id": node, "node_type": class_type, "executed": *lock(&self.executed)});
        self.note("execution_interrupted", data);
    }

    /// What it made and told, for the history.
    pub fn into_record(self) -> (Map<String, Value>, Vec<Value>) {
        (std::mem::take(&mut lock(&self.outputs)), std::mem::take(&mut lock(&self.messages)))
    }

    /// A message that the history keeps, with the prompt's id and the time.
    fn note(&self, kind: &str, mut data: Value) {
        data["prompt_id"] = self.item.id.as_str().into();
        data["timestamp"] = now().into();
        lock(&self.messages).push(json!([kind, data]));
        // Nobody hears of a prompt that was posted without a client id, but of its interruption everybody does.
        self.tell(kind, data, kind == "execution_interrupted");
    }

    /// Sends a message to the prompt's client; where it has none, to everybody or to nobody.
    fn tell(&self, kind: &str, data: Value, to_everybody: bool) {
        let message = json!({"type": kind, "data": data});
        match &self.item.client_id {
            Some(client_id) => self.comfy.sockets.send(client_id, &message),
            None if to_everybody => self.comfy.sockets.broadcast(&message),
            None => {}
        }
    }

    fn tell_progress(&self, id: &str, value: Value, max: Value, state: &str) {
        let mut progress = lock(&self.progress);
        let node = json!({
            "value": value, "max": max, "state": state, "node_id": id, "prompt_id": self.item.id,
            "display_node_id": id, "parent_node_id": null, "real_node_id": id,
        });
        progress.insert(id.to_owned(), node);
        let data = json!({"prompt_id": self.item.id, "nodes": *progress});
        self.tell("progress_state", data, true);
    }

    fn show(&self, id: &str, output: Value) {
        let data = json!({"node": id, "display_node": id, "output": output, "prompt_id": self.item.id});
        lock(&self.outputs).insert(id.to_owned(), output);
        self.tell("executed", data, false);
    }

    fn send(&self, preview: &Preview) {
        let client_id = self.item.client_id.as_deref();
        self.comfy.sockets.send_bytes(client_id, &preview.plain, &preview.with_facts);
    }
}

impl Stage for Performance<'_> {
    fn log(&self, line: &str) {
        self.comfy.log(line);
    }

    fn cached(&self, ids: &[&str]) {
        self.note("execution_cached", json!({"nodes": ids}));
        for id in ids {
            if let Some(output) = self.before.get(*id) {
                self.show(id, output.clone());
                self.tell_progress(id, 1.into(), 1.into(), "finished");
            }
        }
    }

    fn enter(&self, id: &str) {
        *lock(&self.at) = Some(id.to_owned());
        self.comfy.enter(self.item, Some(id));
        self.tell_progress(id, 0.0.into(), 1.0.into(), "running");
        self.tell("executing", json!({"node": id, "display_node": id, "prompt_id": self.item.id}), false);
    }

    fn progress(&self, id: &str, step: u32, total: u32, payload: &Payload) {
        self.tell_progress(id, step.into(), total.into(), "running");
        let data = json!({"value": step, "max": total, "prompt_id": self.item.id, "node": id});
        self.tell("progress", data, true);
        if self.previews {
            let phase = step as f32 / total as f32;
            Preview::drawn(payload, phase, id, &self.item.id).iter().for_each(|preview| self.send(preview));
        }
    }

    fn leave(&self, id: &str, made: &NodeOutput) {
        let workflow = &self.item.job.workflow;
        let class_type = workflow.class_type(id);
        if class_type == SHOWS_TEXT {
            self.show(id, json!({"text": [made.slots.first().and_then(|slot| slot.value.as_ref())]}));
        } else if class_type == BY_SOCKET {
            for file in &made.files {
                self.send(&Preview::png(&file.bytes, &facts(id, &self.item.id, "image/png")));
            }
        } else if let Some(output) = outputs::keep(&self.comfy.files, workflow, id, &made.files) {
            self.show(id, output);
        }
        self.tell_progress(id, 1.0.into(), 1.0.into(), "finished");
        lock(&self.executed).push(id.to_owned());
    }
}

//! Workflows inside something else: requests, responses of a server, lists, texts inside texts.

use crate::json::value::Kind;
use crate::json::{Str, Value, Writer};
use std::borrow::Cow;

/// The workflows that a text is or contains, at most one of each format.
///
/// ```
/// use viewcomfy_wasm::workflow::Carried;
///
/// let request = r#"{"prompt": {"3": {"class_type": "KSampler", "inputs": {}}}, "client_id": "a"}"#;
/// let carried = Carried::of(request);
/// assert_eq!(carried.api.as_deref(), Some(r#"{"3": {"class_type": "KSampler", "inputs": {}}}"#));
/// assert_eq!(carried.editor, None);
/// ```
#[derive(Debug, Default)]
pub struct Carried<'a> {
    /// The text of the one in API format; `None` if there is none.
    pub api: Option<Cow<'a, str>>,
    /// The text of the one in editor format; `None` if there is none.
    pub editor: Option<Cow<'a, str>>,
    /// How many different workflows a list has, so that it is not clear which one is meant; otherwise 0.
    pub(super) several: usize,
}

/// How deep a workflow may be inside something else.
const MAX_DEPTH: usize = 8;

/// The names under which a workflow is found: in requests to ComfyUI and RunPod, in what the editor's `graphToPrompt`
/// returns, and in a server's history. Of two in one format the first of these names counts.
const KEYS: [&str; 8] = [
    "prompt",
    "output",
    "workflow_api",
    "workflow",
    "input",
    "extra_data",
    "extra_pnginfo",
    "workflowApiJSON",
];

/// Entries that Civitai writes among the nodes.
const BESIDE_NODES: [&str; 2] = ["extra", "extraMetadata"];

impl<'a> Carried<'a> {
    /// The workflows in a text; nothing if it is not JSON.
    pub fn of(text: &'a str) -> Self {
        Value::parse(text).map(Self::within).unwrap_or_default()
    }

    /// The workflows in a value.
    pub fn within(value: Value<'a>) -> Self {
        let mut carried = Self::default();
        carried.open(value, 0);
        carried
    }

    fn open(&mut self, value: Value<'a>, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        match value.kind() {
            Kind::Object => self.open_object(value, depth),
            Kind::Array => self.open_list(&value.items(), depth),
            Kind::String => self.open_text(&value.text(), depth),
            _ => {}
        }
    }

    fn open_object(&mut self, object: Value<'a>, depth: usize) {
        let entries = object.entries();
        let get = |name: &str| entries.iter().rev().find(|(key, _)| key.is(name)).map(|(_, value)| *value);
        if get("nodes").is_some_and(|nodes| nodes.kind() == Kind::Array) && get("links").is_some() {
            self.editor.get_or_insert(object.raw().into());
        } else if entries.iter().any(|(_, value)| is_node(*value)) {
            self.api.get_or_insert_with(|| nodes_of(object, &entries));
        } else if get("file_type").and_then(Value::as_str).is_some_and(|kind| kind.is("view_comfy")) {
            let first = get("workflows").and_then(|workflows| workflows.items().first().copied());
            first.into_iter().for_each(|first| self.open(first, depth + 1));
        } else {
            KEYS.into_iter().filter_map(get).for_each(|value| self.open(value, depth + 1));
            self.open_history(&entries, depth);
        }
    }

    /// The response of `GET /history`, by the id of each run. A server adds a run once it has ended, so the last is
    /// the newest.
    fn open_history(&mut self, runs: &[(Str<'a>, Value<'a>)], depth: usize) {
        let queued = |run: Value<'a>| run.get("prompt").filter(|prompt| prompt.kind() == Kind::Array);
        if let Some(queued) = runs.iter().rev().find_map(|(_, run)| queued(*run)) {
            self.open(queued, depth + 1);
        }
    }

    fn open_list(&mut self, items: &[Value<'a>], depth: usize) {
        match items {
            // A run as a server's queue and history have it: number, id, prompt, further data, outputs.
            [number, _, prompt, beside, ..] if number.kind() == Kind::Number => {
                self.open(*prompt, depth + 1);
                self.open(*beside, depth + 1);
            }
            [first, rest @ ..] if rest.iter().all(|item| item.raw() == first.raw()) => {
                self.open(*first, depth + 1);
            }
            _ => self.several = items.len(),
        }
    }

    fn open_text(&mut self, text: &str, depth: usize) {
        if !text.trim_start().starts_with(['{', '[', '"']) {
            return;
        }
        let Ok(value) = Value::parse(text) else { return };
        let mut inner = Carried { several: self.several, ..Carried::default() };
        inner.open(value, depth + 1);
        let owned = |text: Option<Cow<'_, str>>| text.map(|text| Cow::Owned(text.into_owned()));
        self.api = self.api.take().or_else(|| owned(inner.api));
        self.editor = self.editor.take().or_else(|| owned(inner.editor));
        self.several = inner.several;
    }
}

/// Whether a value is a node of a workflow in API format.
fn is_node(value: Value<'_>) -> bool {
    let class_type = if value.kind() == Kind::Object { value.get("class_type") } else { None };
    class_type.is_some_and(|class_type| class_type.kind() == Kind::String)
}

/// The text of a workflow in API format, without the entries among its nodes that are not nodes.
fn nodes_of<'a>(object: Value<'a>, entries: &[(Str<'a>, Value<'a>)]) -> Cow<'a, str> {
    let is_beside = |(key, value): &&(Str<'_>, Value<'_>)| {
        BESIDE_NODES.iter().any(|name| key.is(name)) && !is_node(*value)
    };
    if !entries.iter().any(|entry| is_beside(&entry)) {
        return object.raw().into();
    }
    let mut json = String::with_capacity(object.raw().len());
    Writer::compact(&mut json).object(|out| {
        for (key, value) in entries.iter().filter(|entry| !is_beside(entry)) {
            out.key_with(|out| key.write_canonical(out)).value(*value);
        }
    });
    json.into()
}

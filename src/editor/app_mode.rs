//! App mode: the inputs and outputs of a workflow that its author chose for people who only use it, in
//! `extra.linearData`.

use super::read;
use crate::json::Value;
use std::borrow::Cow;

/// The app that an author designed from a workflow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppMode<'a> {
    /// The id of the node on the canvas and the name of its widget, in the order in which the app shows them.
    pub inputs: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    /// Ids of the nodes whose results the app shows.
    pub outputs: Vec<Cow<'a, str>>,
    /// Whether the file opens as an app.
    pub opens: bool,
}

impl<'a> AppMode<'a> {
    /// Reads `linearData`, `{"inputs": [[node, widget], …], "outputs": [node, …]}`, and `linearMode`. Entries of the
    /// lists that are anything else are left out, and repeated ones count once.
    pub(super) fn read(extra: Value<'a>) -> Option<Self> {
        let data = extra.get("linearData")?;
        let list = |name: &str| data.get(name).map(read::list).unwrap_or_default();
        let input = |entry: Value<'a>| {
            let mut parts = entry.items().into_iter();
            Some((read::id(parts.next()?)?, read::text(parts.next()?)?))
        };
        let app = Self {
            inputs: without_repeats(list("inputs").into_iter().filter_map(input)),
            outputs: without_repeats(list("outputs").into_iter().filter_map(read::id)),
            opens: extra.get("linearMode").is_some_and(|opens| !opens.is_falsy()),
        };
        (!app.inputs.is_empty() || !app.outputs.is_empty()).then_some(app)
    }
}

/// The most entries of a list that are read: no real app has so many.
const MAX_ENTRIES: usize = 1000;

fn without_repeats<T: PartialEq>(entries: impl Iterator<Item = T>) -> Vec<T> {
    let mut kept = Vec::new();
    for entry in entries.take(MAX_ENTRIES) {
        if !kept.contains(&entry) {
            kept.push(entry);
        }
    }
    kept
}

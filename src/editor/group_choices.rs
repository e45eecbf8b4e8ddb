//! Which sockets and outputs a group node shows, as people chose in the editor's dialog for group nodes.

use super::Node;
use crate::json::value::Kind;
use crate::json::{KeyIndex, Value};
use std::borrow::Cow;

const HIDDEN: usize = 0;
const SHOWN: usize = 1;

/// The choices for one node inside.
#[derive(Default)]
pub(super) struct Choices<'a> {
    inputs: KeyIndex<'a>,
    outputs: KeyIndex<'a>,
}

impl<'a> Choices<'a> {
    /// The choices for each of the nodes, under `config` by their index.
    pub(super) fn all(group: Value<'a>, nodes: &[Node<'a>]) -> Vec<Self> {
        let mut all: Vec<_> = nodes.iter().map(|_| Self::default()).collect();
        for (index, value) in group.get("config").map(keyed).unwrap_or_default() {
            if let Some(choices) = index.parse::<usize>().ok().and_then(|index| all.get_mut(index)) {
                *choices =
                    Self { inputs: visibility(value.get("input")), outputs: visibility(value.get("output")) };
            }
        }
        all
    }

    pub(super) fn hides_input(&self, name: &str) -> bool {
        self.inputs.get(name) == Some(HIDDEN)
    }

    /// Whether an output is shown; `None` if nobody chose.
    pub(super) fn shows_output(&self, slot: usize) -> Option<bool> {
        Some(self.outputs.get(&slot.to_string())? == SHOWN)
    }
}

/// What is shown or hidden, by name or by index.
fn visibility(choices: Option<Value<'_>>) -> KeyIndex<'_> {
    let mut index = KeyIndex::default();
    for (key, choice) in choices.map(keyed).unwrap_or_default() {
        match choice.get("visible").map(Value::raw) {
            Some("true") => index.set(key, SHOWN),
            Some("false") => index.set(key, HIDDEN),
            _ => {}
        }
    }
    index
}

/// The entries of an object, or the items of a list by their index.
fn keyed(value: Value<'_>) -> Vec<(Cow<'_, str>, Value<'_>)> {
    match value.kind() {
        Kind::Array => {
            let items = value.items().into_iter().enumerate();
            items.map(|(index, value)| (index.to_string().into(), value)).collect()
        }
        _ => value.entries().into_iter().map(|(key, value)| (key.decode(), value)).collect(),
    }
}

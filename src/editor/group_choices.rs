//! Which sockets and outputs a group node shows, and under which names, as people chose in the editor's dialog for group
//! nodes.

use super::Node;
use crate::json::value::Kind;
use crate::json::{KeyIndex, Value};
use std::borrow::Cow;

/// The choices for one node inside.
#[derive(Debug, Default)]
pub(super) struct Choices<'a> {
    inputs: Chosen<'a>,
    outputs: Chosen<'a>,
}

/// What is chosen, by name or by index.
#[derive(Debug, Default)]
struct Chosen<'a> {
    indices: KeyIndex<'a>,
    values: Vec<Value<'a>>,
}

impl<'a> Choices<'a> {
    /// The choices for each of the nodes, under `config` by their index.
    pub(super) fn all(group: Value<'a>, nodes: &[Node<'a>]) -> Vec<Self> {
        let mut all: Vec<_> = nodes.iter().map(|_| Self::default()).collect();
        for (index, value) in group.get("config").map(keyed).unwrap_or_default() {
            if let Some(choices) = index.parse::<usize>().ok().and_then(|index| all.get_mut(index)) {
                *choices =
                    Self { inputs: Chosen::of(value.get("input")), outputs: Chosen::of(value.get("output")) };
            }
        }
        all
    }

    pub(super) fn hides_input(&self, name: &str) -> bool {
        self.inputs.shows(name) == Some(false)
    }

    /// The name that people gave an input.
    pub(super) fn name_of_input(&self, name: &str) -> Option<Cow<'a, str>> {
        Some(self.inputs.get(name)?.get("name")?.as_str()?.decode())
    }

    /// Whether an output is shown; `None` if nobody chose.
    pub(super) fn shows_output(&self, slot: usize) -> Option<bool> {
        self.outputs.shows(&slot.to_string())
    }
}

impl<'a> Chosen<'a> {
    fn of(choices: Option<Value<'a>>) -> Self {
        let mut chosen = Self::default();
        for (key, choice) in choices.map(keyed).unwrap_or_default() {
            chosen.indices.set(key, chosen.values.len());
            chosen.values.push(choice);
        }
        chosen
    }

    fn get(&self, key: &str) -> Option<Value<'a>> {
        self.values.get(self.indices.get(key)?).copied()
    }

    fn shows(&self, key: &str) -> Option<bool> {
        match self.get(key)?.get("visible")?.raw() {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        }
    }
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

//! A link of the editor, in both of its forms.

use super::read::{self, Fields};
use crate::json::Value;
use crate::json::value::Kind;
use std::borrow::Cow;

/// A link between two nodes of one graph.
#[derive(Debug)]
pub struct Link<'a> {
    /// The whole link, as the file writes it: `[id, origin, slot, target, slot, type]`, or an object.
    pub value: Value<'a>,
    /// Its id within its graph.
    pub id: Cow<'a, str>,
    /// The id of the node it comes from; [`super::Subgraph::INPUT`] for the inputs of a subgraph.
    pub origin: Cow<'a, str>,
    /// The index of that node's output; `None` if the file does not have an index there.
    pub origin_slot: Option<usize>,
    /// The id of the node it goes to; [`super::Subgraph::OUTPUT`] for the outputs of a subgraph.
    pub target: Cow<'a, str>,
    /// The index of that node's input; `None` if the file does not have an index there.
    pub target_slot: Option<usize>,
    /// ComfyUI's type.
    pub kind: Option<Value<'a>>,
    /// Whether an input of its target node names it.
    pub is_named: bool,
}

impl<'a> Link<'a> {
    /// Reads a link; `None` for an entry that is not a link, which the editor skips as well.
    pub(super) fn read(value: Value<'a>) -> Option<Self> {
        match value.kind() {
            Kind::Array => Self::of_array(value),
            Kind::Object => Self::of_object(value),
            _ => None,
        }
    }

    fn of_array(value: Value<'a>) -> Option<Self> {
        let items = value.items();
        let [id, origin, origin_slot, target, target_slot, rest @ ..] = &items[..] else { return None };
        Some(Self {
            value,
            id: read::id(*id)?,
            origin: read::id(*origin)?,
            origin_slot: read::index(*origin_slot),
            target: read::id(*target)?,
            target_slot: read::index(*target_slot),
            kind: rest.first().copied(),
            is_named: false,
        })
    }

    fn of_object(value: Value<'a>) -> Option<Self> {
        let fields = Fields::of(value);
        Some(Self {
            value,
            id: fields.id("id")?,
            origin: fields.id("origin_id")?,
            origin_slot: fields.index("origin_slot"),
            target: fields.id("target_id")?,
            target_slot: fields.index("target_slot"),
            kind: fields.get("type"),
            is_named: false,
        })
    }

    /// True for the form of version 0.4.
    pub fn is_array(&self) -> bool {
        self.value.kind() == Kind::Array
    }
}

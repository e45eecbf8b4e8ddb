//! The values that a file has for a node's widgets, before they have names.

use crate::editor::{Node, Subgraph};
use crate::json::Value;
use crate::json::value::Kind;

/// Saved values of one node.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Saved<'a> {
    /// In the order of the widgets.
    List(Vec<Value<'a>>),
    /// In an object, by name.
    ByName(Value<'a>),
    /// No values: each widget starts with its default.
    None,
}

impl<'a> Saved<'a> {
    /// The values of a node itself.
    pub fn of(node: &Node<'a>) -> Self {
        match node.widgets.values {
            Some(values) if values.kind() == Kind::Array => Self::List(values.items()),
            Some(values) => Self::ByName(values),
            None => Self::None,
        }
    }

    /// The values that an instance of a group node has for each node inside: one list with the values of all of them.
    pub fn in_group<'g>(
        host: &Node<'a>,
        group: &'g Subgraph<'a>,
    ) -> impl Iterator<Item = Self> + use<'g, 'a> {
        let list = host.widgets.values.filter(|values| values.kind() == Kind::Array);
        let has_list = list.is_some();
        let mut values = list.map(Value::items).unwrap_or_default().into_iter();
        group.graph.nodes.iter().map(move |node| {
            let count = node.widgets.values.map_or(0, |values| values.items().len());
            if has_list { Self::List(values.by_ref().take(count).collect()) } else { Self::None }
        })
    }

    /// The values in order; empty if they have no order.
    pub fn list(self) -> Vec<Value<'a>> {
        match self {
            Self::List(values) => values,
            Self::ByName(_) | Self::None => Vec::new(),
        }
    }
}

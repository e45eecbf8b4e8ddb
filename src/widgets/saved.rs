//! The values that a file has for a node's widgets, still without names.

use crate::editor::{Node, Subgraph};
use crate::json::Value;
use crate::json::value::Kind;

/// Saved values of one node.
#[derive(Debug, Clone)]
pub enum Saved<'a> {
    /// In the order of the widgets.
    List(Vec<Value<'a>>),
    /// An object: each under its name.
    ByName(Value<'a>),
    /// None: each widget begins with its default.
    None,
}

impl<'a> Saved<'a> {
    /// What a node has itself.
    pub fn of(node: &Node<'a>) -> Self {
        match node.widgets.values {
            Some(values) if values.kind() == Kind::Array => Self::List(values.items()),
            Some(values) => Self::ByName(values),
            None => Self::None,
        }
    }

    /// What the instance of a group node has for each node inside: its list is theirs, one behind the other.
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

    /// The values in order; none where they have no order.
    pub fn list(self) -> Vec<Value<'a>> {
        match self {
            Self::List(values) => values,
            Self::ByName(_) | Self::None => Vec::new(),
        }
    }
}

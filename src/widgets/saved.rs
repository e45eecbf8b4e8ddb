//! The values that a file has for a node's widgets, before and after they have names.

use crate::editor::Node;
use crate::json::Value;
use crate::json::value::Kind;
use std::borrow::Cow;

/// Names and values.
pub type Named<'a> = Vec<(Cow<'a, str>, Value<'a>)>;

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

    /// The values in order; empty if they have no order.
    pub fn list(self) -> Vec<Value<'a>> {
        match self {
            Self::List(values) => values,
            Self::ByName(_) | Self::None => Vec::new(),
        }
    }
}

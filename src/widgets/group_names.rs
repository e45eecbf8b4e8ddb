//! The names that the editor gives the sockets of a group node's instances.

use crate::editor::{Node, PageNode, Subgraph};
use crate::json::KeyIndex;
use std::borrow::Cow;

/// Names the sockets one after the other: the order decides which of two with one name keeps it.
pub(super) struct Names<'g, 'a> {
    pub(super) group: &'g Subgraph<'a>,
    /// How often each name was wanted, plus one.
    pub(super) taken: KeyIndex<'a>,
}

impl<'a> Names<'_, 'a> {
    /// The name of an input of the node at an index: the one that people chose, its label, or its own. If it is taken, the
    /// title of the node goes before its own, and a number between the two if that is taken as well.
    pub(super) fn next(&mut self, at: usize, own: &Cow<'a, str>, socket: Option<usize>) -> Cow<'a, str> {
        let node = &self.group.graph.nodes[at];
        let label = || node.inputs.get(socket?)?.value.get("label")?.as_str().map(|label| label.decode());
        let mut name = self.group.chosen_name(at, own).or_else(label).unwrap_or_else(|| own.clone());
        let mut key = name.clone();
        if is_titled(node) || self.taken.get(&name).is_some() {
            let title = node.title.as_ref().or(node.class_type.as_ref()).map_or("", |title| title);
            key = format!("{title} {own}").into();
            name = match self.taken.get(&key) {
                Some(number) => format!("{title} {number} {own}").into(),
                None => key.clone(),
            };
        }
        let count = self.taken.get(&key).unwrap_or(1) + 1;
        self.taken.set(key, count);
        name
    }
}

/// Whether the title goes before the name in any case: that of every primitive node is "value".
fn is_titled(node: &Node<'_>) -> bool {
    node.class_type.as_deref().and_then(PageNode::of) == Some(PageNode::Primitive)
        && node.title.as_deref().is_some_and(|title| !title.is_empty())
}

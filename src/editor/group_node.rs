//! The group nodes of older editors, which later ones open as subgraphs. Depends on its siblings.

use super::Node;
use super::read::{self, Budget};
use crate::Error;
use crate::json::{Str, Value};
use std::borrow::Cow;

/// A group node as it is defined once, under `extra.groupNodes`.
#[derive(Debug)]
pub struct GroupNode<'a> {
    /// All that the file says of it.
    pub value: Value<'a>,
    /// Its name.
    pub name: Cow<'a, str>,
    /// What is in it; these nodes are known by their place.
    pub nodes: Vec<Node<'a>>,
    /// The links between them.
    pub links: Vec<GroupLink>,
}

/// A link within a group node.
#[derive(Debug, Clone, Copy)]
pub struct GroupLink {
    /// The place of the node it comes from.
    pub origin: usize,
    /// Which of its outputs.
    pub origin_slot: usize,
    /// The place of the node it goes to.
    pub target: usize,
    /// Which of its inputs.
    pub target_slot: usize,
}

/// All group nodes of a file.
pub(super) fn all<'a>(root: Value<'a>, budget: &mut Budget) -> Result<Vec<GroupNode<'a>>, Error> {
    let groups = root.get("extra").and_then(|extra| extra.get("groupNodes")).map(Value::entries);
    groups.unwrap_or_default().into_iter().map(|(name, value)| GroupNode::read(name, value, budget)).collect()
}

impl<'a> GroupNode<'a> {
    fn read(name: Str<'a>, value: Value<'a>, budget: &mut Budget) -> Result<Self, Error> {
        let nodes = value.get("nodes").map(read::list).unwrap_or_default();
        let links = value.get("links").map(read::list).unwrap_or_default();
        budget.nodes(1 + nodes.len())?;
        budget.links(links.len())?;
        Ok(Self {
            value,
            name: name.decode(),
            nodes: nodes.into_iter().map(|node| Node::read(node, budget)).collect::<Result<_, _>>()?,
            links: links.into_iter().filter_map(GroupLink::read).collect(),
        })
    }
}

impl GroupLink {
    /// `[origin, slot, target, slot, …]`; none for a link from outside, whose origin is null.
    fn read(value: Value<'_>) -> Option<Self> {
        let items = value.items();
        let index = |place: usize| read::index(*items.get(place)?);
        Some(Self { origin: index(0)?, origin_slot: index(1)?, target: index(2)?, target_slot: index(3)? })
    }
}

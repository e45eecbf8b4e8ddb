//! One graph of a file: the canvas, or the inside of a subgraph.

use super::read::{self, Budget, Fields};
use super::{Group, Link, Node};
use crate::Error;
use crate::json::{KeyIndex, Value};

/// A graph.
#[derive(Debug)]
pub struct Graph<'a> {
    /// Its nodes in file order.
    pub nodes: Vec<Node<'a>>,
    /// Its links in file order; what is not a link is left out.
    pub links: Vec<Link<'a>>,
    /// Its coloured frames.
    pub groups: Vec<Group<'a>>,
    fields: Fields<'a>,
    node_index: KeyIndex<'a>,
    link_index: KeyIndex<'a>,
}

impl<'a> Graph<'a> {
    pub(super) fn read(fields: Fields<'a>, budget: &mut Budget) -> Result<Self, Error> {
        let (nodes, links, groups) = (fields.list("nodes"), fields.list("links"), fields.list("groups"));
        budget.nodes(nodes.len() + groups.len())?;
        budget.links(links.len())?;
        let nodes = nodes.into_iter().map(|node| Node::read(node, budget)).collect::<Result<Vec<_>, _>>()?;
        let links: Vec<_> = links.into_iter().filter_map(Link::read).collect();
        let groups = groups.into_iter().filter_map(Group::read).collect();
        Ok(Self::new(fields, nodes, links, groups))
    }

    pub(super) fn new(
        fields: Fields<'a>,
        nodes: Vec<Node<'a>>,
        links: Vec<Link<'a>>,
        groups: Vec<Group<'a>>,
    ) -> Self {
        Self {
            fields,
            node_index: indices(nodes.iter().map(|node| node.id.clone())),
            link_index: indices(links.iter().map(|link| link.id.clone())),
            nodes,
            links,
            groups,
        }
    }

    /// How many bytes it has in the file.
    pub fn length(&self) -> usize {
        self.fields.length()
    }

    /// What the file says of it under `name`: `version`, `extra` and whatever else is not read here.
    pub fn field(&self, name: &str) -> Option<Value<'a>> {
        self.fields.get(name)
    }

    /// The index of the node with this id: of equal ids the last counts, as in what the editor exports.
    pub fn node_index(&self, id: &str) -> Option<usize> {
        self.node_index.get(id).map(|index| self.nodes.len() - 1 - index)
    }

    /// The link with this id: the last of several.
    pub fn link(&self, id: &str) -> Option<&Link<'a>> {
        let index = self.link_index.get(id)?;
        self.links.get(self.links.len() - 1 - index)
    }

    /// The points that links are led through, which change nothing of what runs.
    pub fn reroutes(&self) -> Vec<Value<'a>> {
        let own = self.field("reroutes");
        let extra = || self.field("extra").and_then(|extra| extra.get("reroutes"));
        own.or_else(extra).map(read::list).unwrap_or_default()
    }
}

/// Where ids stand, counted from the end, because the first to claim one has it.
pub(super) fn indices<'a>(ids: impl DoubleEndedIterator<Item = std::borrow::Cow<'a, str>>) -> KeyIndex<'a> {
    let mut indices = KeyIndex::default();
    for (index, id) in ids.rev().enumerate() {
        indices.claim(id, index);
    }
    indices
}

//! One graph of a file: the canvas, or the inside of a subgraph. Depends on its siblings.

use super::read::{self, Budget, Fields};
use super::{Group, Link, Node};
use crate::Error;
use crate::json::{Places, Value};

/// A graph.
#[derive(Debug)]
pub struct Graph<'a> {
    /// Its nodes in file order.
    pub nodes: Vec<Node<'a>>,
    /// Its links in file order; what is no link is left out.
    pub links: Vec<Link<'a>>,
    /// Its coloured frames.
    pub groups: Vec<Group<'a>>,
    fields: Fields<'a>,
    node_places: Places<'a>,
    link_places: Places<'a>,
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
            node_places: places(nodes.iter().map(|node| node.id.clone())),
            link_places: places(links.iter().map(|link| link.id.clone())),
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

    /// The place of the node with this id: of equal ids the last counts, as in what the editor exports.
    pub fn node_place(&self, id: &str) -> Option<usize> {
        self.node_places.get(id).map(|place| self.nodes.len() - 1 - place)
    }

    /// The link with this id: the last of several.
    pub fn link(&self, id: &str) -> Option<&Link<'a>> {
        let place = self.link_places.get(id)?;
        self.links.get(self.links.len() - 1 - place)
    }

    /// The points that links are led through, which change nothing of what runs.
    pub fn reroutes(&self) -> Vec<Value<'a>> {
        let own = self.field("reroutes");
        let extra = || self.field("extra").and_then(|extra| extra.get("reroutes"));
        own.or_else(extra).map(read::list).unwrap_or_default()
    }
}

/// Where ids stand, counted from the end, because the first to claim one has it.
pub(super) fn places<'a>(ids: impl DoubleEndedIterator<Item = std::borrow::Cow<'a, str>>) -> Places<'a> {
    let mut places = Places::default();
    for (place, id) in ids.rev().enumerate() {
        places.claim(id, place);
    }
    places
}

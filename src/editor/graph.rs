//! One graph of a file: the canvas, or the inside of a subgraph.

use super::read::{self, Budget, Fields};
use super::{Group, Link, Node};
use crate::Error;
use crate::json::{KeyIndex, Value};
use std::borrow::Cow;

/// A graph.
#[derive(Debug)]
pub struct Graph<'a> {
    /// Its nodes, in file order.
    pub nodes: Vec<Node<'a>>,
    /// Its links, in file order; entries that are not a link are left out.
    pub links: Vec<Link<'a>>,
    /// Its coloured frames.
    pub groups: Vec<Group<'a>>,
    /// Ids that several nodes of a subgraph have; like the editor, only the first node of each was read.
    pub repeated_ids: Vec<Cow<'a, str>>,
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
        let mut graph = Self::new(fields, nodes, links, groups);
        graph.connect();
        Ok(graph)
    }

    /// Gives each input the link that leads to it, as the editor does. The link that an input names counts if it leads
    /// to that node; if several inputs name the same link, the first of them gets it. A link that none of its node's
    /// inputs names leads to the input at its index.
    fn connect(&mut self) {
        for (at, node) in self.nodes.iter_mut().enumerate() {
            for input in node.inputs.iter_mut().filter(|input| input.link.is_some()) {
                let link = input.link.as_deref().and_then(|id| self.link_index.get(id));
                let link = link.and_then(|index| self.links.get_mut(index));
                match link.filter(|link| !link.is_named && self.node_index.get(&link.target) == Some(at)) {
                    Some(link) => link.is_named = true,
                    None => input.lost_link = input.link.take(),
                }
            }
        }
        for link in self.links.iter().filter(|link| !link.is_named) {
            let target = self.node_index.get(&link.target).and_then(|at| self.nodes.get_mut(at));
            let input = target.zip(link.target_slot).and_then(|(node, slot)| node.inputs.get_mut(slot));
            if let Some(input) = input.filter(|input| input.link.is_none()) {
                input.link = Some(link.id.clone());
                input.lost_link = None;
            }
        }
    }

    /// Takes out the nodes whose id an earlier node already has.
    pub(super) fn take_out_repeated(&mut self) {
        let (mut at, node_index, repeated_ids) = (0, &self.node_index, &mut self.repeated_ids);
        self.nodes.retain(|node| {
            let is_first = node_index.get(&node.id) == Some(at);
            at += 1;
            if !is_first {
                repeated_ids.push(node.id.clone());
            }
            is_first
        });
        if !self.repeated_ids.is_empty() {
            self.node_index = indices(self.nodes.iter().map(|node| &node.id));
        }
    }

    pub(super) fn new(
        fields: Fields<'a>,
        nodes: Vec<Node<'a>>,
        links: Vec<Link<'a>>,
        groups: Vec<Group<'a>>,
    ) -> Self {
        Self {
            fields,
            node_index: indices(nodes.iter().map(|node| &node.id)),
            link_index: indices(links.iter().map(|link| &link.id)),
            nodes,
            links,
            groups,
            repeated_ids: Vec::new(),
        }
    }

    /// Its length in the file, in bytes.
    pub fn length(&self) -> usize {
        self.fields.length()
    }

    /// Any other field, such as `version` or `extra`, as the file writes it; `None` if it is missing.
    pub fn field(&self, name: &str) -> Option<Value<'a>> {
        self.fields.get(name)
    }

    /// The index of the node with this id; if there are several, of the first.
    pub fn node_index(&self, id: &str) -> Option<usize> {
        self.node_index.get(id)
    }

    /// The link with this id; if there are several, the first.
    pub fn link(&self, id: &str) -> Option<&Link<'a>> {
        self.links.get(self.link_index.get(id)?)
    }

    /// The points through which links are drawn, which do not change what runs.
    pub fn reroutes(&self) -> Vec<Value<'a>> {
        let own = self.field("reroutes");
        let extra = || self.field("extra").and_then(|extra| extra.get("reroutes"));
        own.or_else(extra).map(read::list).unwrap_or_default()
    }
}

/// The index of each id; of equal ids the first counts, as in the editor.
pub(super) fn indices<'i, 'a: 'i>(ids: impl Iterator<Item = &'i Cow<'a, str>>) -> KeyIndex<'a> {
    let mut indices = KeyIndex::default();
    for (index, id) in ids.enumerate() {
        indices.claim(id.clone(), index);
    }
    indices
}

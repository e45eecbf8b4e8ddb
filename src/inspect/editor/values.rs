//! The values of all nodes by name, including those that instances of subgraphs set inside.

use super::opened::{Budget, OpenNode, Opened};
use crate::Error;
use crate::definitions::ClassCache;
use crate::editor;
use crate::json::{KeyIndex, Value};
use crate::widgets::{Known, Named, Proxied, Saved, in_group, named, proxied};
use std::borrow::Cow;

/// A value and its name.
pub(super) struct NamedValue<'a> {
    pub(super) name: Cow<'a, str>,
    pub(super) value: Value<'a>,
    /// Whether the node has a socket with this name.
    pub(super) has_socket: bool,
}

/// The values of each node.
pub(super) fn of_nodes<'a>(
    opened: &Opened<'_, 'a>,
    classes: &mut ClassCache<'a>,
    budget: &mut Budget,
) -> Result<Vec<Values<'a>>, Error> {
    let mut all = Vec::with_capacity(opened.nodes.len());
    let mut inside = Inside::default();
    for open_node in &opened.nodes {
        let ports = open_node.definition.map_or(&[][..], |subgraph| &subgraph.inputs);
        budget.steps(ports.iter().map(|port| 1 + port.links.len()).sum())?;
        let values = values(opened, open_node, classes, &mut inside, budget)?;
        budget.parts(values.len())?;
        let mut sockets = KeyIndex::default();
        for input in &open_node.node.inputs {
            sockets.claim(input.widget.as_ref().unwrap_or(&input.name).clone(), 0);
        }
        let mut of_node = Values::default();
        for (name, value) in values {
            of_node.indices.claim(name.clone(), of_node.list.len());
            of_node.list.push(NamedValue { has_socket: sockets.get(&name).is_some(), name, value });
        }
        all.push(of_node);
    }
    Ok(all)
}

/// The values of a node.
#[derive(Default)]
pub(super) struct Values<'a> {
    pub(super) list: Vec<NamedValue<'a>>,
    indices: KeyIndex<'a>,
}

impl<'a> Values<'a> {
    /// The value with this name; if there are several, the first.
    pub(super) fn get(&self, name: &str) -> Option<Value<'a>> {
        self.list.get(self.indices.get(name)?).map(|named| named.value)
    }
}

/// What instances set in the nodes inside, by the index of the instance, read once for all of these nodes.
#[derive(Default)]
struct Inside<'a> {
    hosts: Vec<Option<OfHost<'a>>>,
}

#[derive(Default)]
struct OfHost<'a> {
    /// The widgets that it lists, by the id of the node inside.
    listed: Vec<Vec<Proxied<'a>>>,
    ids: KeyIndex<'static>,
    /// For a group node, the saved values of each node inside.
    saved: Vec<Saved<'a>>,
}

impl<'a> Inside<'a> {
    fn of(
        &mut self,
        index: usize,
        host: &OpenNode<'_, 'a>,
        classes: &mut ClassCache<'a>,
        budget: &mut Budget,
    ) -> Result<&OfHost<'a>, Error> {
        if self.hosts.len() <= index {
            self.hosts.resize_with(index + 1, || None);
        }
        let known = &mut self.hosts[index];
        if known.is_none() {
            *known = Some(OfHost::read(host, classes, budget)?);
        }
        Ok(known.get_or_insert_with(OfHost::default))
    }
}

fn values<'a>(
    opened: &Opened<'_, 'a>,
    open_node: &OpenNode<'_, 'a>,
    classes: &mut ClassCache<'a>,
    inside: &mut Inside<'a>,
    budget: &mut Budget,
) -> Result<Named<'a>, Error> {
    let outer = open_node.parent.and_then(|index| Some((index, opened.nodes.get(index)?)));
    let outer = outer.map(|(index, host)| inside.of(index, host, classes, budget)).transpose()?;
    let node = open_node.node;
    budget.steps(instance_steps(open_node))?;
    let class = match open_node.definition {
        None => classes.get(node.class_type.as_deref().unwrap_or_default()),
        Some(_) => None,
    };
    let known = match (open_node.definition, &class) {
        (Some(subgraph), _) => Known::Instance(subgraph),
        (None, Some(class)) => Known::Class(class),
        (None, None) => Known::Nothing,
    };
    let saved = outer.and_then(|outer| outer.saved(node)).unwrap_or_else(|| Saved::of(node));
    let mut values = named(node, known, saved);
    for entry in outer.map_or(&[][..], |outer| outer.listed(&node.id)) {
        budget.steps(1 + values.len())?;
        let index = entry.find(|wanted| values.iter().position(|(name, _)| name == wanted));
        if let (Some(index), Some(value)) = (index, entry.value) {
            values[index].1 = value;
        }
    }
    Ok(values)
}

impl<'a> OfHost<'a> {
    fn read(
        host: &OpenNode<'_, 'a>,
        classes: &mut ClassCache<'a>,
        budget: &mut Budget,
    ) -> Result<Self, Error> {
        let mut of_host = Self::default();
        budget.steps(1 + proxied_steps(host.node))?;
        for entry in proxied(host.node) {
            match of_host.ids.claim(entry.id.clone().into(), of_host.listed.len()) {
                Some(known) => of_host.listed[known].push(entry),
                None => of_host.listed.push(vec![entry]),
            }
        }
        if let Some(group) = host.definition.filter(|group| group.is_group_node) {
            let length = host.node.widgets.values.map_or(0, |values| values.raw().len());
            budget.steps((group.graph.length() + length) / 8)?;
            of_host.saved = in_group(host.node, group, &mut |name| classes.get(name));
        }
        Ok(of_host)
    }

    fn listed(&self, id: &str) -> &[Proxied<'a>] {
        self.ids.get(id).map_or(&[], |at| &self.listed[at])
    }

    /// The values that a group node has saved for a node inside; `None` if it has none.
    fn saved(&self, node: &editor::Node<'a>) -> Option<Saved<'a>> {
        let part = self.saved.get(node.id.parse::<usize>().ok()?)?;
        (!matches!(part, Saved::None)).then(|| part.clone())
    }
}

/// The cost of reading the list of widgets that an instance sets inside.
fn proxied_steps(host: &editor::Node<'_>) -> usize {
    let values = host.widgets.values.map_or(0, |values| values.raw().len());
    host.property("proxyWidgets").map_or(0, |list| (list.raw().len() + values) / 8)
}

/// The cost of finding the input of the subgraph that each entry of the list sets.
fn instance_steps(open_node: &OpenNode<'_, '_>) -> usize {
    let Some(subgraph) = open_node.definition else { return 0 };
    let nodes = &subgraph.graph.nodes;
    let widest = nodes.iter().map(|node| node.inputs.len()).max().unwrap_or(0);
    proxied_steps(open_node.node).saturating_mul(1 + widest)
}

//! The values of all nodes under their names, with what instances of subgraphs set inside.

use super::opened::{Budget, OpenNode, Opened};
use crate::Error;
use crate::definitions::{ClassCache, KnownClasses};
use crate::editor;
use crate::json::Value;
use crate::widgets::{Known, Named, Saved, named, proxied};
use std::borrow::Cow;

/// A value under its name.
pub(super) struct NamedValue<'a> {
    pub(super) name: Cow<'a, str>,
    pub(super) value: Value<'a>,
    /// Whether the node has a socket of that name.
    pub(super) has_socket: bool,
}

/// The values of each node.
pub(super) fn of_nodes<'a>(
    opened: &Opened<'_, 'a>,
    known: KnownClasses<'a>,
    budget: &mut Budget,
) -> Result<Vec<Vec<NamedValue<'a>>>, Error> {
    let mut all = Vec::with_capacity(opened.nodes.len());
    let mut classes = (!known.is_empty()).then(|| ClassCache::new(known));
    for open_node in &opened.nodes {
        let ports = open_node.definition.map_or(&[][..], |subgraph| &subgraph.inputs);
        budget.steps(ports.iter().map(|port| 1 + port.links.len()).sum())?;
        let values = values(opened, open_node, classes.as_mut(), budget)?;
        budget.parts(values.len())?;
        let inputs = &open_node.node.inputs;
        budget.steps(values.len() * inputs.len())?;
        let has_socket =
            |name: &str| inputs.iter().any(|input| input.widget.as_ref().unwrap_or(&input.name) == name);
        let values = values.into_iter();
        all.push(
            values.map(|(name, value)| NamedValue { has_socket: has_socket(&name), name, value }).collect(),
        );
    }
    Ok(all)
}

fn values<'a>(
    opened: &Opened<'_, 'a>,
    open_node: &OpenNode<'_, 'a>,
    classes: Option<&mut ClassCache<'a>>,
    budget: &mut Budget,
) -> Result<Named<'a>, Error> {
    let outer = open_node.parent.and_then(|index| opened.nodes.get(index));
    let node = open_node.node;
    budget.steps(instance_steps(open_node))?;
    let saved = saved(open_node, outer, budget)?;
    let class = match (open_node.definition, classes) {
        (None, Some(classes)) => classes.get(node.class_type.as_deref().unwrap_or_default()),
        _ => None,
    };
    let known = match (open_node.definition, &class) {
        (Some(subgraph), _) => Known::Instance(subgraph),
        (None, Some(class)) => Known::Class(class),
        (None, None) => Known::Nothing,
    };
    let mut values = named(node, known, saved);
    if let Some(outer) = outer {
        budget.steps(1 + proxied_steps(outer.node))?;
        for entry in proxied(outer.node).into_iter().filter(|entry| entry.id == node.id) {
            budget.steps(1 + values.len())?;
            let index = entry.find(|wanted| values.iter().position(|(name, _)| name == wanted));
            if let (Some(index), Some(value)) = (index, entry.value) {
                values[index].1 = value;
            }
        }
    }
    Ok(values)
}

/// What it costs to read the list of widgets that an instance sets inside.
fn proxied_steps(host: &editor::Node<'_>) -> usize {
    let values = host.widgets.values.map_or(0, |values| values.raw().len());
    host.property("proxyWidgets").map_or(0, |list| (list.raw().len() + values) / 8)
}

/// What it costs to find the input of the subgraph that each entry of that list sets.
fn instance_steps(open_node: &OpenNode<'_, '_>) -> usize {
    let Some(subgraph) = open_node.definition else { return 0 };
    let nodes = &subgraph.graph.nodes;
    let widest = nodes.iter().map(|node| node.inputs.len()).max().unwrap_or(0);
    proxied_steps(open_node.node).saturating_mul(1 + subgraph.inputs.len() + widest)
}

/// What the file has for a node. In a group node that is a part of what the instance has, if that has values at all.
fn saved<'a>(
    open_node: &OpenNode<'_, 'a>,
    outer: Option<&OpenNode<'_, 'a>>,
    budget: &mut Budget,
) -> Result<Saved<'a>, Error> {
    let own = Saved::of(open_node.node);
    let group = outer.and_then(|outer| Some((outer, outer.definition.filter(|group| group.is_group_node)?)));
    let (Some((outer, group)), Ok(index)) = (group, open_node.node.id.parse::<usize>()) else {
        return Ok(own);
    };
    let outer_length = outer.node.widgets.values.map_or(0, |values| values.raw().len());
    budget.steps((group.graph.length() + outer_length) / 8)?;
    Ok(match Saved::in_group(outer.node, group).nth(index) {
        None | Some(Saved::None) => own,
        Some(part) => part,
    })
}

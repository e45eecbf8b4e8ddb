//! The group nodes of older editors, read as the subgraphs that newer editors turn them into.

use super::group_choices::Choices;
use super::read::{self, Budget, Fields};
use super::{Graph, Link, Node, PageNode, Port, Subgraph};
use crate::Error;
use crate::json::{Str, Value};
use std::borrow::Cow;

/// The group nodes of a file, under `extra.groupNodes`.
pub(super) fn all<'a>(extra: Option<Value<'a>>, budget: &mut Budget) -> Result<Vec<Subgraph<'a>>, Error> {
    let groups = extra.and_then(|extra| extra.get("groupNodes")).map(Value::entries);
    groups.unwrap_or_default().into_iter().map(|(name, value)| read(name, value, budget)).collect()
}

/// The name in the class of an instance: `workflow>NAME`, or `workflow/NAME` in the oldest files.
pub(super) fn name_in(class_type: &str) -> Option<&str> {
    class_type.strip_prefix("workflow>").or_else(|| class_type.strip_prefix("workflow/"))
}

fn read<'a>(name: Str<'a>, value: Value<'a>, budget: &mut Budget) -> Result<Subgraph<'a>, Error> {
    let field = |name: &str| value.get(name).map(read::list).unwrap_or_default();
    let (nodes, links, external) = (field("nodes"), field("links"), field("external"));
    budget.nodes(1 + nodes.len())?;
    budget.links(links.len())?;
    let mut nodes = nodes.into_iter().map(|node| Node::read(node, budget)).collect::<Result<Vec<_>, _>>()?;
    for (index, node) in nodes.iter_mut().enumerate() {
        // The nodes are known by their index here.
        node.id = index.to_string().into();
        node.inputs.iter_mut().for_each(|input| input.link = None);
        node.outputs.iter_mut().for_each(|output| output.links.clear());
    }
    let choices = Choices::all(value, &nodes);
    let mut exposed: Vec<_> = external.into_iter().filter_map(exposed).collect();
    exposed.sort_unstable();
    let mut group = Group { value, nodes, links: Vec::new(), choices, exposed };
    links.into_iter().for_each(|link| group.connect(link));
    let open: Vec<_> = (0..group.nodes.len()).filter(|index| group.has_slots(*index)).collect();
    let inputs = group.inputs(&open);
    let outputs = group.outputs(&open);
    let Group { nodes, links, choices, .. } = group;
    let graph = Graph::new(Fields::of(value), nodes, links, Vec::new());
    let (id, name) = (name.decode(), Some(name.decode()));
    Ok(Subgraph { id, name, graph, inputs, outputs, is_group_node: true, choices })
}

/// The output that stays open to the outside although it is linked inside, `[node, slot, type]`.
fn exposed(value: Value<'_>) -> Option<(usize, usize)> {
    let [node, slot, ..] = value.items()[..] else { return None };
    // Some files have the whole node in place of its index.
    let node = read::index(node).or_else(|| read::index(node.get("index")?))?;
    Some((node, read::index(slot)?))
}

struct Group<'a> {
    value: Value<'a>,
    nodes: Vec<Node<'a>>,
    links: Vec<Link<'a>>,
    choices: Vec<Choices<'a>>,
    /// Sorted.
    exposed: Vec<(usize, usize)>,
}

impl<'a> Group<'a> {
    /// Reads `[origin, slot, target, slot, …]`, with nodes by index. A link from outside has no origin and is not
    /// needed here.
    fn connect(&mut self, value: Value<'a>) {
        let items = value.items();
        let index = |index: usize| read::index(*items.get(index)?);
        let (Some(origin), Some(slot), Some(target), Some(socket)) = (index(0), index(1), index(2), index(3))
        else {
            return;
        };
        self.link(value, (&origin.to_string(), slot), (&target.to_string(), socket));
        let link = self.links.last().map(|link| link.id.clone());
        if let Some(output) = self.nodes.get_mut(origin).and_then(|node| node.outputs.get_mut(slot)) {
            output.links.extend(link.clone());
        }
        if let Some(input) = self.nodes.get_mut(target).and_then(|node| node.inputs.get_mut(socket)) {
            input.link = link;
        }
    }

    fn link(&mut self, value: Value<'a>, from: (&str, usize), to: (&str, usize)) {
        self.links.push(Link {
            value,
            id: self.links.len().to_string().into(),
            origin: Cow::Owned(from.0.to_owned()),
            origin_slot: Some(from.1),
            target: Cow::Owned(to.0.to_owned()),
            target_slot: Some(to.1),
            kind: None,
            is_named: true,
        });
    }

    /// Whether an instance has slots of this node. The nodes of the page have none, except a reroute at an edge of the
    /// group and a primitive node with links.
    fn has_slots(&self, index: usize) -> bool {
        let node = &self.nodes[index];
        let class_type = node.class_type.as_deref().unwrap_or_default();
        let has_targets = node.outputs.iter().any(|output| !output.links.is_empty());
        match PageNode::of(class_type) {
            None => true,
            Some(PageNode::Primitive) => has_targets,
            Some(PageNode::Reroute) if class_type == "Reroute" => {
                let has_origin = node.inputs.iter().any(|input| input.link.is_some());
                !has_targets || !has_origin || self.is_exposed(index, 0)
            }
            Some(_) => false,
        }
    }

    fn is_exposed(&self, index: usize, slot: usize) -> bool {
        self.exposed.binary_search(&(index, slot)).is_ok()
    }

    /// A port for each socket that nothing inside is linked to and nobody has hidden, in the order of the nodes: first
    /// the plain ones, then those of widgets, which cannot be hidden. They have no names, because instances name them
    /// freely.
    fn inputs(&mut self, open: &[usize]) -> Vec<Port<'a>> {
        let mut ports = Vec::new();
        for is_of_widget in [false, true] {
            for &index in open {
                for socket in 0..self.nodes[index].inputs.len() {
                    if self.is_open(index, socket, is_of_widget) {
                        ports.push(self.input(index, socket, ports.len()));
                    }
                }
            }
        }
        ports
    }

    fn is_open(&self, index: usize, socket: usize, is_of_widget: bool) -> bool {
        let input = &self.nodes[index].inputs[socket];
        let is_shown = is_of_widget || !self.choices[index].hides_input(&input.name);
        input.link.is_none() && input.widget.is_some() == is_of_widget && is_shown
    }

    /// Links a socket to the port of the group with this index, which it returns.
    fn input(&mut self, index: usize, socket: usize, port: usize) -> Port<'a> {
        self.link(self.value, (Subgraph::INPUT, port), (&index.to_string(), socket));
        let link = self.links.last().map(|link| link.id.clone());
        let input = &mut self.nodes[index].inputs[socket];
        input.link = link.clone();
        let (value, kind) = (input.value, input.kind);
        Port { value, name: Cow::Borrowed(""), kind, links: link.into_iter().collect() }
    }

    /// A port for each output that is shown: as people chose, or because nothing inside is linked to it, or because it is
    /// exposed anyway.
    fn outputs(&mut self, open: &[usize]) -> Vec<Port<'a>> {
        let mut ports = Vec::new();
        for &index in open {
            for slot in 0..self.nodes[index].outputs.len() {
                let output = &self.nodes[index].outputs[slot];
                let is_open = || output.links.is_empty() || self.is_exposed(index, slot);
                if !self.choices[index].shows_output(slot).unwrap_or_else(is_open) {
                    continue;
                }
                let (value, name, kind) = (output.value, output.name.clone(), output.kind);
                self.link(self.value, (&index.to_string(), slot), (Subgraph::OUTPUT, ports.len()));
                let links = self.links.last().map(|link| link.id.clone()).into_iter().collect();
                ports.push(Port { value, name, kind, links });
            }
        }
        ports
    }
}

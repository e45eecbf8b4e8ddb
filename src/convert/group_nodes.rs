//! Group nodes of older editors, opened as the subgraphs that newer editors turn them into.
//!
//! The nodes inside get new ids, and the instance a new one after theirs.

use super::open_graph::{Graph, INPUT_SIDE, Id, Kind, Link, Node, OpenGraph, Port};
use super::renumber::GroupIds;
use super::slots;
use crate::editor::{self, PageNode, Subgraph};
use crate::widgets::{GroupSocket, Saved};

/// Whether a graph is the inside of a group node: these come after the canvas.
pub fn is_group(open: &OpenGraph<'_>, graph: usize) -> bool {
    graph > open.root
}

/// The inside of an instance of a group node, with its nodes, which `make` makes.
pub fn open<'a>(
    group: &Subgraph<'a>,
    saved: Vec<Saved<'a>>,
    ids: &GroupIds,
    make: &mut dyn FnMut(&editor::Node<'a>, Saved<'a>) -> Node<'a>,
) -> (Graph<'a>, Vec<Node<'a>>) {
    let mut graph = Graph::default();
    graph.inputs = group.inputs.iter().map(Port::of).collect();
    graph.outputs = group.outputs.iter().map(Port::of).collect();
    for link in &group.graph.links {
        graph.add_link(Link {
            id: (&*link.id).into(),
            origin: ids.end(&link.origin),
            origin_slot: link.origin_slot.unwrap_or(0),
            target: ids.end(&link.target),
            target_slot: link.target_slot.unwrap_or(0),
        });
    }
    let mut nodes = Vec::with_capacity(group.graph.nodes.len());
    for (file, saved) in group.graph.nodes.iter().zip(saved) {
        let mut node = make(file, saved);
        node.id = ids.end(&file.id);
        if node.kind == Kind::Page(PageNode::Reroute) {
            lose_outside(&graph, &mut node);
        }
        nodes.push(node);
    }
    (graph, nodes)
}

/// When the editor opens a group, it loses what comes from outside through a reroute inside.
fn lose_outside(graph: &Graph<'_>, node: &mut Node<'_>) {
    let is_outside = |id: &Id| graph.link(id).is_some_and(|link| &*link.origin == INPUT_SIDE);
    for slot in &mut node.slots {
        slot.link = slot.link.take().filter(|id| !is_outside(id));
    }
}

/// The instance of an open group: `sockets` has for each input of the group the socket of the file.
pub fn restore_instance<'a>(
    node: &mut Node<'a>,
    file: &editor::Node<'a>,
    graph: &Graph<'a>,
    sockets: &[Option<GroupSocket>],
) {
    node.slots = graph.inputs.iter().map(|port| port.slot(None)).collect();
    let mut is_lost: Vec<_> = file.inputs.iter().map(|input| input.link.is_some()).collect();
    for (slot, socket) in node.slots.iter_mut().zip(sockets) {
        let Some(GroupSocket { at, is_own }) = *socket else { continue };
        slot.link = file.inputs[at].link.as_deref().map(Into::into);
        is_lost[at] &= !is_own;
    }
    let lost = file.inputs.iter().zip(is_lost).filter(|(_, is_lost)| *is_lost);
    node.lost.extend(lost.map(|(input, _)| input.name.clone()));
    node.outputs = slots::outputs_of_file(&file.outputs);
}

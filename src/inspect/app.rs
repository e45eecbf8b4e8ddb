//! App mode: which inputs of a run the chosen widgets are.

use super::model::{App, Given, Node};
use crate::editor::{AppMode, PageNode};
use crate::json::KeyIndex;
use std::borrow::Cow;

/// The app in a file, by its nodes; inputs and outputs of nodes that no longer exist are left out.
pub(super) fn on<'a>(nodes: &[Node<'a>], mode: AppMode<'a>) -> App<'a> {
    let (mut inputs, mut seen) = (Vec::new(), KeyIndex::default());
    for (id, widget) in mode.inputs {
        let Some(node) = find(nodes, &id) else { continue };
        for (at, name) in run_inputs(nodes, node, widget) {
            if seen.claim(format!("{at} {name}").into(), 0).is_none() {
                inputs.push((at, name));
            }
        }
    }
    let outputs = mode.outputs.iter().filter_map(|id| find(nodes, id)).collect();
    App { inputs, outputs, opens: mode.opens }
}

/// The node with an id: on the canvas, or else the first in a subgraph.
fn find(nodes: &[Node<'_>], id: &str) -> Option<usize> {
    let own_id = |node: &Node<'_>| node.id.rsplit(':').next() == Some(id);
    let on_canvas = nodes.iter().position(|node| node.id == id);
    on_canvas.or_else(|| nodes.iter().position(|node| node.parent.is_some() && own_id(node)))
}

/// The inputs that a widget sets when it runs: itself; for a subgraph's node the inputs inside, for a primitive those
/// it is linked to.
fn run_inputs<'a>(nodes: &[Node<'a>], at: usize, widget: Cow<'a, str>) -> Vec<(usize, Cow<'a, str>)> {
    let node = &nodes[at];
    let page_node = node.class_type.as_deref().filter(|_| node.editor_only).and_then(PageNode::of);
    let sets = |input: &super::model::Input<'a>| match (&input.given, &input.promoted) {
        (Given::Link(link), _) => page_node == Some(PageNode::Primitive) && link.node == Some(at),
        (_, Some((host, name))) => node.is_subgraph && *host == at && *name == widget,
        _ => false,
    };
    if !node.is_subgraph && page_node.is_none() {
        return vec![(at, widget)];
    }
    let inputs = nodes.iter().enumerate().filter(|(_, node)| !node.is_subgraph).flat_map(|(index, node)| {
        node.inputs.iter().filter(|input| sets(input)).map(move |input| (index, input.name.clone()))
    });
    inputs.collect()
}

//! The links that "Anything Everywhere" nodes make in the page, added to an open graph.

use super::open_graph::{Graph, Id, Link, Node};
use crate::editor;
use crate::everywhere::{self, Links, Origin, Slot};
use std::borrow::Cow;

/// Makes the links of such nodes. `id_of` returns the present id for one in the file.
pub fn connect(graph: &mut Graph<'_>, file: &editor::Graph<'_>, id_of: &dyn Fn(&str) -> Id) {
    if !everywhere::is_in(file) {
        return;
    }
    let mut nodes: Vec<_> = graph.nodes.iter().map(told).collect();
    let Links { list, unclear, .. } = everywhere::links(file, &mut nodes);
    drop(nodes);
    for (at, what) in unclear {
        graph.unclear.push((graph.nodes[at].id.clone(), what));
    }
    for link in list {
        let origin = match &link.origin {
            Origin::Node(at) => graph.nodes[*at].id.clone(),
            Origin::Outside(id) => id_of(id),
        };
        add(graph, (origin, link.origin_slot), (link.target, link.target_slot));
    }
}

/// What [`everywhere`] needs to know about a node.
fn told<'v>(node: &'v Node<'_>) -> everywhere::Node<'v> {
    let slots = node.slots.iter().map(|slot| Slot {
        name: &slot.name,
        kind: Cow::Borrowed(&*slot.kind),
        is_widget: slot.widget.is_some() || slot.promoted.is_some(),
        is_linked: slot.link.is_some(),
    });
    everywhere::Node {
        class: &node.class,
        title: node.title.as_deref().unwrap_or(&node.class),
        mode: node.mode,
        slots: slots.collect(),
        outputs: node.outputs.iter().map(|output| Cow::Borrowed(&*output.kind)).collect(),
    }
}

/// Adds a link between two slots, the target by its index.
fn add(graph: &mut Graph<'_>, (origin, origin_slot): (Id, usize), (at, target_slot): (usize, usize)) {
    let id: Id = format!("everywhere {}", graph.links.len()).into();
    let node = &mut graph.nodes[at];
    let slot = &mut node.slots[target_slot];
    slot.link = Some(id.clone());
    // Files of some versions name such a link at the input without containing it.
    node.lost.retain(|lost| *lost != slot.name);
    let target = node.id.clone();
    graph.add_link(Link { id, origin, origin_slot, target, target_slot });
}

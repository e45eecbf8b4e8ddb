//! Which nodes are alike: nodes of one kind are alike in everything that was asked for.

use super::graph::{Graph, GraphNode, Held};
use super::hash::{mix, of_text, of_value};
use super::kinds::{Kinds, Partition};
use super::links::Links;

/// What has to be equal in addition to the class.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    pub(super) title: bool,
    pub(super) values: bool,
    /// How far around the nodes everything has to be equal, in links; from strict to loose.
    pub(super) around: &'static [usize],
}

/// The kinds of the nodes of two graphs, one for each distance that was asked for.
pub(super) fn kinds(graphs: [&Graph<'_>; 2], links: &Links, asked: Asked) -> Vec<Kinds> {
    let nodes = graphs.into_iter().flat_map(|graph| &graph.nodes);
    let mut partition = Partition::new(links, nodes.map(|node| of_itself(node, asked)));
    let (mut kinds, mut looked) = (Vec::new(), 0);
    for around in asked.around.iter().rev() {
        while looked < *around {
            partition.look_further();
            looked += 1;
        }
        kinds.push(partition.kinds());
    }
    kinds.reverse();
    kinds
}

/// The number of a node, without the nodes around it.
fn of_itself(node: &GraphNode<'_>, asked: Asked) -> u64 {
    let mut number = node.class.map_or(0, of_value);
    if asked.title {
        number = mix(number, node.title.map_or(1, of_value));
    }
    if asked.values {
        // A sum, because the order of inputs does not matter.
        let inputs = node.inputs.iter().fold(0_u64, |sum, (name, held)| {
            let held = match held {
                Held::Value(value) => of_value(*value),
                Held::Link(..) => 2,
            };
            sum.wrapping_add(mix(of_text(*name), held))
        });
        number = mix(number, inputs);
    }
    number
}

//! The links of two graphs, from either end.

use super::graph::{Graph, Held};
use super::hash;
use crate::json::{Str, Value};
use std::ops::Range;

/// The links of both graphs. The nodes of the second graph have the numbers after those of the first.
pub(super) struct Links {
    nodes_of_first: usize,
    /// Where the ends at each node begin among all of them, and at last how many there are.
    starts: Vec<u32>,
    ends: Vec<End>,
}

/// A link, as one of its two nodes sees it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct End {
    /// The number of the node at the other end.
    pub(super) node: u32,
    /// The same number for links from one output to inputs of one name, seen from the same end.
    pub(super) joint: u32,
}

impl End {
    /// Whether the node at the other end is fed by this one.
    fn leads_on(self) -> bool {
        self.joint & 1 == 1
    }
}

impl Links {
    pub(super) fn new(graphs: [&Graph<'_>; 2]) -> Self {
        let [first, second] = graphs.map(|graph| graph.nodes.len());
        let mut starts = vec![0; first + second + 1];
        each(graphs, |from, to, _, _| {
            starts[from + 1] += 1;
            starts[to + 1] += 1;
        });
        for node in 1..starts.len() {
            starts[node] += starts[node - 1];
        }
        let mut ends = vec![End::default(); starts.last().map_or(0, |count| *count as usize)];
        let mut next = starts.clone();
        let mut put = |at: usize, other: usize, joint: u32| {
            ends[next[at] as usize] = End { node: other as u32, joint };
            next[at] += 1;
        };
        each(graphs, |from, to, name, output| {
            let joint = joint(name, output) << 1;
            put(from, to, joint | 1);
            put(to, from, joint);
        });
        Self { nodes_of_first: first, starts, ends }
    }

    /// The numbers of the nodes of a graph.
    pub(super) fn nodes(&self, graph: usize) -> Range<usize> {
        [0..self.nodes_of_first, self.nodes_of_first..self.starts.len() - 1][graph].clone()
    }

    /// The ends at the node with this number.
    pub(super) fn at(&self, node: usize) -> &[End] {
        &self.ends[self.starts[node] as usize..self.starts[node + 1] as usize]
    }

    /// What a node of a graph feeds: the index of each fed node, and the joint.
    pub(super) fn fed_by(&self, graph: usize, index: usize) -> impl Iterator<Item = (usize, u32)> {
        let first = self.nodes(graph).start;
        let ends = self.at(first + index).iter().filter(|end| end.leads_on());
        ends.map(move |end| (end.node as usize - first, end.joint))
    }

    /// The indices of all neighbours of a node of a graph.
    pub(super) fn around(&self, graph: usize, index: usize) -> impl Iterator<Item = usize> {
        let first = self.nodes(graph).start;
        self.at(first + index).iter().map(move |end| end.node as usize - first)
    }
}

/// Calls `take` with the numbers of the two nodes of each link, the name of the input that has it, and the output from
/// which it comes.
fn each<'a>(graphs: [&Graph<'a>; 2], mut take: impl FnMut(usize, usize, Str<'a>, Value<'a>)) {
    let mut first = 0;
    for graph in graphs {
        for (to, node) in graph.nodes.iter().enumerate() {
            for (name, held) in &node.inputs {
                if let Held::Link(link, Some(from)) = held {
                    take(first + from, first + to, *name, link.output);
                }
            }
        }
        first += graph.nodes.len();
    }
}

fn joint(name: Str<'_>, output: Value<'_>) -> u32 {
    hash::mix(hash::of_text(name), hash::of_value(output)) as u32
}

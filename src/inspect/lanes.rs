//! Cycles as a run finds them: a bypassed node is split into its outputs, each with the input that it passes on, and a
//! muted one waits for nothing.

use super::by_name;
use super::model::{Input, Mode, Node};
use super::order::Edges;
use crate::definitions::types::{ANY, connects};

/// The cycles of a graph, each as the nodes on it.
///
/// A way may pass a bypassed node with two lanes twice without a cycle: what goes into one lane comes out of the same
/// lane.
pub(super) fn cycles(nodes: &[Node<'_>]) -> Vec<Vec<usize>> {
    let lanes = Lanes::of(nodes);
    let mut links = Vec::new();
    for (index, node) in nodes.iter().enumerate().filter(|(_, node)| node.mode == Mode::Active) {
        links.extend(node.inputs.iter().filter_map(|input| Some((index, lanes.source(nodes, input)?))));
    }
    links.extend(by_name::pairs(nodes).into_iter().filter(|&(getter, _)| nodes[getter].mode != Mode::Muted));
    for (lane, &(index, output)) in lanes.list.iter().enumerate() {
        let source = handed_on(&nodes[index], output).and_then(|input| lanes.source(nodes, input));
        links.extend(source.map(|source| (nodes.len() + lane, source)));
    }
    let edges = Edges::between(nodes.len() + lanes.list.len(), links);
    let cycles = edges.cycles(&edges.order());
    cycles.into_iter().map(|cycle| lanes.nodes_on(&cycle, nodes.len())).collect()
}

/// The outputs of bypassed nodes. Their numbers follow those of the nodes.
struct Lanes {
    /// For each node, the number of its first lane.
    first: Vec<usize>,
    /// The node and the output of each lane.
    list: Vec<(usize, usize)>,
}

impl Lanes {
    fn of(nodes: &[Node<'_>]) -> Self {
        let mut lanes = Self { first: Vec::with_capacity(nodes.len()), list: Vec::new() };
        for (index, node) in nodes.iter().enumerate() {
            lanes.first.push(lanes.list.len());
            if node.mode == Mode::Bypassed {
                lanes.list.extend((0..node.outputs.len()).map(|output| (index, output)));
            }
        }
        lanes
    }

    /// What an input reads from: a node, or one lane of it.
    fn source(&self, nodes: &[Node<'_>], input: &Input<'_>) -> Option<usize> {
        let link = input.link()?;
        let (from, output) = (link.node?, link.output);
        if nodes[from].mode != Mode::Bypassed {
            return Some(from);
        }
        let output = output.filter(|output| *output < nodes[from].outputs.len())?;
        Some(nodes.len() + self.first[from] + output)
    }

    /// Nodes and lanes as nodes, starting from the first in the file.
    fn nodes_on(&self, cycle: &[usize], nodes: usize) -> Vec<usize> {
        let mut on = Vec::with_capacity(cycle.len());
        for &at in cycle {
            let node = at.checked_sub(nodes).map_or(at, |lane| self.list[lane].0);
            if on.last() != Some(&node) {
                on.push(node);
            }
        }
        let first = on.iter().enumerate().min_by_key(|(_, node)| **node).map_or(0, |(at, _)| at);
        on.rotate_left(first);
        on
    }
}

/// The input that a bypassed node passes on at an output: the one at the same index if its type fits, or else the
/// first with that type.
pub(super) fn handed_on<'n, 'a>(node: &'n Node<'a>, output: usize) -> Option<&'n Input<'a>> {
    let kind = node.outputs.get(output)?.kind.as_deref().unwrap_or(ANY);
    let suits = |input: &&Input<'_>| connects(input.socket.as_deref().unwrap_or(ANY), kind);
    let is_same = |input: &&Input<'_>| input.socket.as_deref() == Some(kind);
    let sockets = || node.inputs.iter().filter(|input| input.socket.is_some());
    node.inputs
        .get(output)
        .filter(suits)
        .or_else(|| sockets().find(is_same))
        .or_else(|| sockets().find(suits))
}

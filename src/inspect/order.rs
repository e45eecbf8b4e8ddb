//! The order in which nodes can run, how deep they stand, what feeds what, and cycles. Depends on [`super::model`].

use super::model::{Mode, Node};
use std::collections::VecDeque;

/// Who reads from whom. A link of a node to itself is left out: it is a problem of its own.
#[derive(Debug)]
pub(super) struct Edges {
    /// For each node those that feed it.
    feeders: Vec<Vec<usize>>,
    /// For each node those that read from it, as often as they do.
    readers: Vec<Vec<usize>>,
}

/// What follows from the edges.
#[derive(Debug)]
pub(super) struct Order {
    /// Each node behind those that feed it; those on a cycle, or fed by one, come last in file order.
    pub(super) order: Vec<usize>,
    /// Links between each node and the first one of its longest chain.
    pub(super) depths: Vec<usize>,
    /// Nodes on the longest chain.
    pub(super) longest: usize,
    /// How many of `order` can really run one after the other.
    ordered: usize,
}

impl Edges {
    pub(super) fn new(nodes: &[Node<'_>]) -> Self {
        let mut edges =
            Self { feeders: vec![Vec::new(); nodes.len()], readers: vec![Vec::new(); nodes.len()] };
        for (place, node) in nodes.iter().enumerate() {
            let links = node.inputs.iter().filter_map(|input| input.link());
            for from in links.filter_map(|link| link.node).filter(|from| *from != place) {
                edges.feeders[place].push(from);
                edges.readers[from].push(place);
            }
        }
        edges
    }

    /// Whether anything reads from the node at `place`.
    pub(super) fn is_read(&self, place: usize) -> bool {
        !self.readers[place].is_empty()
    }

    /// Kahn's order, in file order where there is a choice.
    pub(super) fn order(&self) -> Order {
        let count = self.feeders.len();
        let (mut waits, mut depths) = (Vec::with_capacity(count), vec![0; count]);
        waits.extend(self.feeders.iter().map(Vec::len));
        let mut ready: VecDeque<usize> = (0..count).filter(|place| waits[*place] == 0).collect();
        let mut order = Vec::with_capacity(count);
        while let Some(place) = ready.pop_front() {
            order.push(place);
            for &reader in &self.readers[place] {
                depths[reader] = depths[reader].max(depths[place] + 1);
                waits[reader] -= 1;
                if waits[reader] == 0 {
                    ready.push_back(reader);
                }
            }
        }
        let ordered = order.len();
        order.extend((0..count).filter(|place| waits[*place] > 0));
        let longest = depths.iter().max().map_or(0, |depth| depth + 1);
        Order { order, depths, longest, ordered }
    }

    /// The nodes that the output nodes need, themselves among them. Muted nodes hand nothing on.
    pub(super) fn needed(&self, nodes: &[Node<'_>]) -> Vec<bool> {
        let outputs = (0..nodes.len()).filter(|place| nodes[*place].is_output && nodes[*place].runs());
        self.feeding(outputs.collect(), |place| nodes[place].mode != Mode::Muted)
    }

    /// The nodes that feed one of these, themselves among them, over nodes that `pass`.
    pub(super) fn feeding(&self, mut open: Vec<usize>, pass: impl Fn(usize) -> bool) -> Vec<bool> {
        let mut feeding = vec![false; self.feeders.len()];
        while let Some(place) = open.pop() {
            if !std::mem::replace(&mut feeding[place], true) {
                open.extend(self.feeders[place].iter().copied().filter(|feeder| pass(*feeder)));
            }
        }
        feeding
    }

    /// Cycles, each as the nodes on it, from one that is read to the one that reads; no node is in two of them.
    pub(super) fn cycles(&self, order: &Order) -> Vec<Vec<usize>> {
        const NEW: usize = usize::MAX;
        let mut round_of = vec![NEW; self.feeders.len()];
        for place in &order.order[..order.ordered] {
            round_of[*place] = 0;
        }
        let (mut cycles, mut path) = (Vec::new(), Vec::new());
        for (round, &start) in order.order[order.ordered..].iter().enumerate() {
            path.clear();
            let mut at = Some(start);
            // Each node that is left over is fed by one that is left over too, so that the walk up ends in a loop.
            while let Some(place) = at.filter(|place| round_of[*place] == NEW) {
                round_of[place] = round + 1;
                path.push(place);
                let mut feeders = self.feeders[place].iter().copied();
                at = feeders.find(|feeder| round_of[*feeder] == NEW || round_of[*feeder] == round + 1);
            }
            if let Some(end) = at.and_then(|place| path.iter().position(|on_path| *on_path == place)) {
                let mut cycle = path.split_off(end);
                cycle.reverse();
                let first = cycle.iter().enumerate().min_by_key(|(_, place)| **place).map_or(0, |(at, _)| at);
                cycle.rotate_left(first);
                cycles.push(cycle);
            }
        }
        cycles
    }
}

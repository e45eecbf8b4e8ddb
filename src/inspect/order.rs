//! The order in which nodes can run, their depth, what feeds what, and cycles.

use super::by_name;
use super::model::{Mode, Node};
use super::outputs::End;
use std::collections::VecDeque;

/// Which node reads from which. A link of a node to itself is left out: it is a separate problem.
#[derive(Debug)]
pub(super) struct Edges {
    /// For each node, the nodes that feed it.
    feeders: Vec<Vec<usize>>,
    /// For each node, the nodes that read from it, as often as they do.
    readers: Vec<Vec<usize>>,
}

/// What follows from the edges.
#[derive(Debug)]
pub(super) struct Order {
    /// Each node after those that feed it; nodes in a cycle, or fed by one, come last in file order.
    pub(super) order: Vec<usize>,
    /// The number of links between each node and the first one of its longest chain.
    pub(super) depths: Vec<usize>,
    /// The number of nodes in the longest chain.
    pub(super) longest: usize,
    /// How many nodes of `order` can really run one after the other.
    ordered: usize,
}

impl Order {
    /// Whether each node comes after those that feed it.
    pub(super) fn is_whole(&self) -> bool {
        self.ordered == self.order.len()
    }
}

impl Edges {
    pub(super) fn new(nodes: &[Node<'_>]) -> Self {
        let links = nodes.iter().enumerate().flat_map(|(index, node)| {
            let feeders = node.inputs.iter().filter_map(|input| input.link()?.node);
            feeders.map(move |from| (index, from))
        });
        Self::between(nodes.len(), links.chain(by_name::pairs(nodes)))
    }

    /// The edges of links, each given as the reading node and the node that feeds it.
    pub(super) fn between(count: usize, links: impl IntoIterator<Item = (usize, usize)>) -> Self {
        let mut edges = Self { feeders: vec![Vec::new(); count], readers: vec![Vec::new(); count] };
        for (index, from) in links.into_iter().filter(|(index, from)| index != from) {
            edges.feeders[index].push(from);
            edges.readers[from].push(index);
        }
        edges
    }

    /// Whether anything that is not muted reads from the node at `index`.
    pub(super) fn is_read(&self, index: usize, muted: &[bool]) -> bool {
        self.readers[index].iter().any(|reader| !muted[*reader])
    }

    /// Kahn's order; in file order if there is a choice.
    pub(super) fn order(&self) -> Order {
        let count = self.feeders.len();
        let (mut waits, mut depths) = (Vec::with_capacity(count), vec![0; count]);
        waits.extend(self.feeders.iter().map(Vec::len));
        let mut ready: VecDeque<usize> = (0..count).filter(|index| waits[*index] == 0).collect();
        let mut order = Vec::with_capacity(count);
        while let Some(index) = ready.pop_front() {
            order.push(index);
            for &reader in &self.readers[index] {
                depths[reader] = depths[reader].max(depths[index] + 1);
                waits[reader] -= 1;
                if waits[reader] == 0 {
                    ready.push_back(reader);
                }
            }
        }
        let ordered = order.len();
        order.extend((0..count).filter(|index| waits[*index] > 0));
        let longest = depths.iter().max().map_or(0, |depth| depth + 1);
        Order { order, depths, longest, ordered }
    }

    /// The nodes that the ends of a run need, including these; or those that they `perhaps` need. Muted nodes pass
    /// nothing on.
    pub(super) fn needed(&self, nodes: &[Node<'_>], ends: &[End], perhaps: bool) -> Vec<bool> {
        let is_end = |end| end == End::Yes || (perhaps && end == End::Perhaps);
        let open = (0..nodes.len()).filter(|index| nodes[*index].runs() && is_end(ends[*index]));
        self.feeding(open.collect(), |index| nodes[index].mode != Mode::Muted)
    }

    /// The nodes that feed one of these, including these, through nodes that `pass`.
    pub(super) fn feeding(&self, mut open: Vec<usize>, pass: impl Fn(usize) -> bool) -> Vec<bool> {
        let mut feeding = vec![false; self.feeders.len()];
        while let Some(index) = open.pop() {
            if !std::mem::replace(&mut feeding[index], true) {
                open.extend(self.feeders[index].iter().copied().filter(|feeder| pass(*feeder)));
            }
        }
        feeding
    }

    /// Cycles, each as the nodes in it, from one that is read to the one that reads it; no node is in two of them.
    pub(super) fn cycles(&self, order: &Order) -> Vec<Vec<usize>> {
        const NEW: usize = usize::MAX;
        let mut round_of = vec![NEW; self.feeders.len()];
        for index in &order.order[..order.ordered] {
            round_of[*index] = 0;
        }
        let (mut cycles, mut path) = (Vec::new(), Vec::new());
        for (round, &start) in order.order[order.ordered..].iter().enumerate() {
            path.clear();
            let mut at = Some(start);
            // Each node that is left is fed by another one that is left, so following the feeders ends in a loop.
            while let Some(index) = at.filter(|index| round_of[*index] == NEW) {
                round_of[index] = round + 1;
                path.push(index);
                let mut feeders = self.feeders[index].iter().copied();
                at = feeders.find(|feeder| round_of[*feeder] == NEW || round_of[*feeder] == round + 1);
            }
            if let Some(end) = at.and_then(|index| path.iter().position(|on_path| *on_path == index)) {
                let mut cycle = path.split_off(end);
                cycle.reverse();
                let first = cycle.iter().enumerate().min_by_key(|(_, index)| **index).map_or(0, |(at, _)| at);
                cycle.rotate_left(first);
                cycles.push(cycle);
            }
        }
        cycles
    }
}

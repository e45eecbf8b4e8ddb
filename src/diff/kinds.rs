//! Sorts nodes into kinds by what they are and by the nodes around them, one link further each round.
//!
//! This is partition refinement, as in Hopcroft's algorithm for finite automata: only nodes whose kind is new inform
//! their neighbours, and when a kind is split, its largest part keeps the old number. Each time the kind of a node
//! changes, it is then in a part of at most half the size, so all rounds together look at each link a few times, not
//! once per round.

use super::hash::mix;
use super::links::Links;
use super::sort::{Numbered, by_number};

/// The kind of each node, by graph.
pub(super) type Kinds = [Vec<u32>; 2];

/// A partition of the nodes that is refined step by step.
pub(super) struct Partition<'l> {
    links: &'l Links,
    /// All nodes, grouped by kind, and the position of each node.
    nodes: Vec<u32>,
    places: Vec<u32>,
    kind_of: Vec<u32>,
    kinds: Vec<Kind>,
    /// The nodes whose kind is new in this round.
    changed: Vec<u32>,
    /// What each node was told in this round.
    told: Vec<u64>,
}

/// The positions of the nodes of a kind; those that were told something are at the end.
struct Kind {
    start: usize,
    told: usize,
    end: usize,
}

impl<'l> Partition<'l> {
    /// Nodes with the same number have the same kind.
    pub(super) fn new(links: &'l Links, numbers: impl Iterator<Item = u64>) -> Self {
        let mut sorted: Vec<Numbered> = numbers.zip(0..).collect();
        by_number(&mut sorted);
        let count = sorted.len();
        let mut partition = Self {
            links,
            nodes: vec![0; count],
            places: vec![0; count],
            kind_of: vec![0; count],
            kinds: Vec::new(),
            changed: Vec::with_capacity(count),
            told: vec![0; count],
        };
        partition.put(0, &sorted);
        let mut start = 0;
        for kind in sorted.chunk_by(|one, other| one.0 == other.0) {
            partition.add_kind(start, start + kind.len());
            start += kind.len();
        }
        partition
    }

    /// The kinds as they are now.
    pub(super) fn kinds(&self) -> Kinds {
        [0, 1].map(|graph| self.kind_of[self.links.nodes(graph)].to_vec())
    }

    /// Separates nodes whose neighbours were separated in the round before.
    pub(super) fn look_further(&mut self) {
        for kind in self.tell_neighbours() {
            self.split(kind as usize);
        }
    }

    /// Lets the nodes of new kinds inform their neighbours, and returns the kinds of these.
    fn tell_neighbours(&mut self) -> Vec<u32> {
        let mut told_kinds = Vec::new();
        for node in std::mem::take(&mut self.changed) {
            let news = u64::from(self.kind_of[node as usize]);
            for end in self.links.at(node as usize) {
                let other = end.node as usize;
                let kind = &mut self.kinds[self.kind_of[other] as usize];
                // A single node keeps its kind.
                if kind.end - kind.start == 1 {
                    continue;
                }
                let place = self.places[other] as usize;
                if place < kind.told {
                    if kind.told == kind.end {
                        told_kinds.push(self.kind_of[other]);
                    }
                    kind.told -= 1;
                    let last = kind.told;
                    self.nodes.swap(place, last);
                    self.places[self.nodes[place] as usize] = place as u32;
                    self.places[other] = last as u32;
                }
                // A sum, because the order of links does not matter.
                self.told[other] = self.told[other].wrapping_add(mix(u64::from(end.joint), news));
            }
        }
        told_kinds
    }

    /// Gives each part of a kind a new number, except the largest; the nodes that were told nothing are also a part.
    fn split(&mut self, kind: usize) {
        let Kind { start, told, end } = self.kinds[kind];
        let nodes = self.nodes[told..end].iter().map(|node| *node as usize);
        let mut sorted: Vec<Numbered> =
            nodes.map(|node| (std::mem::take(&mut self.told[node]), node)).collect();
        by_number(&mut sorted);
        self.put(told, &sorted);
        let (mut largest, mut at) = (start..told, told);
        for part in sorted.chunk_by(|one, other| one.0 == other.0) {
            let part = at..at + part.len();
            at = part.end;
            let smaller =
                if part.len() > largest.len() { std::mem::replace(&mut largest, part) } else { part };
            if !smaller.is_empty() {
                self.add_kind(smaller.start, smaller.end);
            }
        }
        self.kinds[kind] = Kind { start: largest.start, told: largest.end, end: largest.end };
    }

    /// Places nodes one after the other.
    fn put(&mut self, start: usize, nodes: &[Numbered]) {
        for (place, (_, node)) in nodes.iter().enumerate() {
            self.nodes[start + place] = *node as u32;
            self.places[*node] = (start + place) as u32;
        }
    }

    /// Makes a new kind of the nodes at these positions.
    fn add_kind(&mut self, start: usize, end: usize) {
        for node in &self.nodes[start..end] {
            self.kind_of[*node as usize] = self.kinds.len() as u32;
            self.changed.push(*node);
        }
        self.kinds.push(Kind { start, told: end, end });
    }
}

/// Whether each kind has as many nodes in both graphs.
pub(super) fn have_equal_counts([of_a, of_b]: &Kinds) -> bool {
    let mut more_in_a = vec![0_i32; of_a.len() + of_b.len()];
    of_a.iter().for_each(|kind| more_in_a[*kind as usize] += 1);
    of_b.iter().for_each(|kind| more_in_a[*kind as usize] -= 1);
    more_in_a.iter().all(|count| *count == 0)
}

#[cfg(test)]
mod tests {
    use super::super::graph::Graph;
    use super::*;
    use crate::workflow::Workflow;
    use std::collections::{BTreeMap, BTreeSet};

    /// Each round, each node is of the kind that it was together with what it has around it.
    fn looked_further(links: &Links, kinds: &[usize]) -> Vec<usize> {
        let around = |node: usize| {
            let mut around: Vec<_> =
                links.at(node).iter().map(|end| (end.joint, kinds[end.node as usize])).collect();
            around.sort_unstable();
            (kinds[node], around)
        };
        let mut known = BTreeMap::new();
        (0..kinds.len())
            .map(|node| {
                let next = known.len();
                *known.entry(around(node)).or_insert(next)
            })
            .collect()
    }

    /// Nodes of two classes, each with a link to one of the nodes from `reach` before it on.
    fn workflow(seed: &mut u64, count: usize, reach: usize) -> String {
        let mut random = |below: usize| {
            *seed = mix(*seed, 1);
            *seed as usize % below
        };
        let nodes: Vec<_> = (0..count)
            .map(|id| {
                let (class, output) = (random(9) / 8, random(9) / 8);
                let from = id.saturating_sub(1 + random(reach));
                format!(r#""{id}":{{"class_type":"{class}","inputs":{{"in":["{from}",{output}]}}}}"#)
            })
            .collect();
        format!("{{{}}}", nodes.join(","))
    }

    #[test]
    fn nodes_are_told_apart_as_by_looking_at_all_of_them_each_round() {
        let (mut seed, mut most) = (1, 0);
        for round in 0..300 {
            let [a, b] = [5, 40].map(|more| workflow(&mut seed, 1 + round % 7 * more, 1 + round % 4));
            let [a, b] = [&a, &b].map(|text| Workflow::parse(text.as_bytes()).unwrap_or_default());
            let (a, b) = (Graph::new(&a), Graph::new(&b));
            let links = Links::new([&a, &b]);
            let numbers = || [&a, &b].into_iter().flat_map(|graph| &graph.nodes).map(|node| node.class);
            let numbers = || numbers().map(|class| u64::from(class.is_some_and(|it| it.raw() == "\"1\"")));
            let mut expected: Vec<_> = numbers().map(|number| number as usize).collect();
            let mut partition = Partition::new(&links, numbers());
            for _ in 0..12 {
                let pairs: BTreeSet<_> = expected.iter().zip(&partition.kind_of).collect();
                let kinds: BTreeSet<_> = expected.iter().collect();
                assert_eq!(
                    pairs.len(),
                    kinds.len(),
                    "a kind of the partition has nodes of several, or the reverse"
                );
                assert_eq!(pairs.len(), partition.kinds.len());
                most = most.max(pairs.len());
                expected = looked_further(&links, &expected);
                partition.look_further();
            }
        }
        assert!(most > 50, "{most}");
    }
}

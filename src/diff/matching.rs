//! Which node of one workflow is which of the other.
//!
//! In this order, each step for the nodes that no earlier one matched:
//! 1. When both workflows are the same but for ids and order, nodes that are the same in everything, links included.
//! 2. By id where the class is the same, if ids carry over at all: if at least half of the ids that both have name the
//!    same class.
//! 3. Nodes that are alike, from alike in everything and around to alike in class and title only; see [`LEVELS`]. Each
//!    match brings along alike neighbours that stand in the same place. First those that are alike with one node only;
//!    then, of several candidates, those with the same id, and the rest in file order.
//! 4. By id where only the class differs: at least half of the inputs have the same names.

use super::alike::{Alike, Asked};
use super::graph::{Graph, GraphNode, Held};
use crate::json::same::same_value;

/// How far equal workflows are followed; beyond it only file order tells the nodes of a long row of equal ones apart.
const EVERYTHING: Asked = Asked { title: true, values: true, around: 64 };

/// What has to be equal, from strict to loose. Without title and values the neighbours have to be alike.
const LEVELS: [Asked; 11] = [
    EVERYTHING,
    Asked { title: true, values: true, around: 8 },
    Asked { title: true, values: true, around: 4 },
    Asked { title: true, values: true, around: 2 },
    Asked { title: true, values: true, around: 1 },
    Asked { title: true, values: true, around: 0 },
    Asked { title: true, values: false, around: 1 },
    Asked { title: true, values: false, around: 0 },
    Asked { title: false, values: true, around: 1 },
    Asked { title: false, values: true, around: 0 },
    Asked { title: false, values: false, around: 1 },
];

/// For each node the index of its counterpart.
pub(super) struct Matching {
    pub(super) b_of: Vec<Option<usize>>,
    pub(super) a_of: Vec<Option<usize>>,
}

/// Matches the nodes of two workflows.
pub(super) fn of(a: &Graph<'_>, b: &Graph<'_>) -> Matching {
    let matching = Matching { b_of: vec![None; a.nodes.len()], a_of: vec![None; b.nodes.len()] };
    let alike = Alike::new(a, b);
    let mut matcher = Matcher { a, b, alike: &alike, matching };
    let everything = alike.numbers(EVERYTHING);
    if have_equal_counts(&everything) {
        matcher.pair_alike(&everything, Candidates::Several);
        return matcher.matching;
    }
    let ids_carry_over = matcher.ids_carry_over();
    if ids_carry_over {
        matcher.pair_same_ids(has_same_class);
    }
    for candidates in [Candidates::One, Candidates::Several] {
        for asked in LEVELS {
            if matcher.is_done() {
                break;
            }
            match asked {
                EVERYTHING => matcher.pair_alike(&everything, candidates),
                _ => matcher.pair_alike(&alike.numbers(asked), candidates),
            }
        }
    }
    if ids_carry_over {
        matcher.pair_same_ids(has_same_inputs);
    }
    matcher.matching
}

/// With how many nodes one may be alike and still be matched.
#[derive(Clone, Copy, PartialEq)]
enum Candidates {
    One,
    Several,
}

impl Candidates {
    fn allow(self, a: &Numbered, b: &Numbered) -> bool {
        self == Self::Several || (a.len(), b.len()) == (1, 1)
    }
}

fn have_equal_counts(numbers: &[Vec<u64>; 2]) -> bool {
    let [mut a, mut b] = numbers.clone();
    a.sort_unstable();
    b.sort_unstable();
    a == b
}

fn has_same_class(a: &GraphNode<'_>, b: &GraphNode<'_>) -> bool {
    match (a.class, b.class) {
        (Some(a), Some(b)) => same_value(a, b),
        (a, b) => a.is_none() && b.is_none(),
    }
}

fn has_same_inputs(a: &GraphNode<'_>, b: &GraphNode<'_>) -> bool {
    let indices = b.input_index();
    let shared = a.inputs.iter().filter(|(name, _)| indices.get(&name.canonical()).is_some()).count();
    shared > 0 && shared * 2 >= a.inputs.len().max(b.inputs.len())
}

struct Matcher<'m, 'a> {
    a: &'m Graph<'a>,
    b: &'m Graph<'a>,
    alike: &'m Alike<'m, 'a>,
    matching: Matching,
}

impl Matcher<'_, '_> {
    fn is_done(&self) -> bool {
        let is_full = |matched: &[Option<usize>]| matched.iter().all(Option::is_some);
        is_full(&self.matching.b_of) || is_full(&self.matching.a_of)
    }

    /// Pairs of indices with one id.
    fn same_ids(&self) -> impl Iterator<Item = (usize, usize)> {
        let nodes = self.a.nodes.iter().enumerate();
        nodes.filter_map(|(a, node)| Some((a, self.b.index(node.named.id)?)))
    }

    fn ids_carry_over(&self) -> bool {
        let shared = self.same_ids().count();
        let same = self.same_ids().filter(|&(a, b)| has_same_class(&self.a.nodes[a], &self.b.nodes[b]));
        same.count() * 2 >= shared
    }

    fn pair_same_ids(&mut self, fits: fn(&GraphNode<'_>, &GraphNode<'_>) -> bool) {
        let pairs: Vec<_> = self.same_ids().collect();
        for (a, b) in pairs {
            if self.is_free(a, b) && fits(&self.a.nodes[a], &self.b.nodes[b]) {
                self.pair(a, b);
            }
        }
    }

    fn is_free(&self, a: usize, b: usize) -> bool {
        self.matching.b_of[a].is_none() && self.matching.a_of[b].is_none()
    }

    fn pair(&mut self, a: usize, b: usize) {
        self.matching.b_of[a] = Some(b);
        self.matching.a_of[b] = Some(a);
    }

    /// Pairs nodes with equal numbers.
    fn pair_alike(&mut self, numbers: &[Vec<u64>; 2], candidates: Candidates) {
        let known = self.matching.b_of.iter().enumerate();
        let known: Vec<_> = known.filter_map(|(a, b)| Some((a, (*b)?))).collect();
        self.pair_around(numbers, known, candidates);
        if candidates == Candidates::Several {
            for (a, b) in self.same_ids().collect::<Vec<_>>() {
                if numbers[0][a] == numbers[1][b] {
                    self.pair_and_around(numbers, (a, b), candidates);
                }
            }
        }
        let [free_a, free_b] = self.free(numbers);
        for (of_a, of_b) in runs(&free_a, &free_b) {
            if !candidates.allow(of_a, of_b) {
                continue;
            }
            let mut rest = of_b.iter().map(|(_, b)| *b);
            for &(_, a) in of_a {
                if self.matching.b_of[a].is_some() {
                    continue;
                }
                let Some(b) = rest.find(|b| self.matching.a_of[*b].is_none()) else { break };
                self.pair_and_around(numbers, (a, b), candidates);
            }
        }
    }

    /// The nodes without counterpart, each behind its number, sorted.
    fn free(&self, [of_a, of_b]: &[Vec<u64>; 2]) -> [Vec<(u64, usize)>; 2] {
        let free = |numbers: &[u64], matched: &[Option<usize>]| {
            let indices = (0..numbers.len()).filter(|index| matched[*index].is_none());
            let mut free: Vec<_> = indices.map(|index| (numbers[index], index)).collect();
            free.sort_unstable();
            free
        };
        [free(of_a, &self.matching.b_of), free(of_b, &self.matching.a_of)]
    }

    fn pair_and_around(&mut self, numbers: &[Vec<u64>; 2], (a, b): (usize, usize), candidates: Candidates) {
        if self.is_free(a, b) {
            self.pair(a, b);
            self.pair_around(numbers, vec![(a, b)], candidates);
        }
    }

    /// Pairs alike neighbours of matched nodes: what feeds the same input of both, and what both feed the same way.
    fn pair_around(
        &mut self,
        numbers: &[Vec<u64>; 2],
        mut queue: Vec<(usize, usize)>,
        candidates: Candidates,
    ) {
        while let Some((a, b)) = queue.pop() {
            let mut neighbours = self.origins(a, b);
            neighbours.extend(self.targets(numbers, (a, b), candidates));
            for (a, b) in neighbours {
                if self.is_free(a, b) && numbers[0][a] == numbers[1][b] {
                    self.pair(a, b);
                    queue.push((a, b));
                }
            }
        }
    }

    fn origins(&self, a: usize, b: usize) -> Vec<(usize, usize)> {
        let (a, b) = (&self.a.nodes[a], &self.b.nodes[b]);
        let indices = b.input_index();
        let origins = a.inputs.iter().filter_map(|input| {
            let other = b.inputs.get(indices.get(&input.0.canonical())?)?;
            let (Held::Link(one, a), Held::Link(two, b)) = (input.1, other.1) else { return None };
            same_value(one.output, two.output).then_some((a?, b?))
        });
        origins.collect()
    }

    fn targets(
        &self,
        numbers: &[Vec<u64>; 2],
        (a, b): (usize, usize),
        candidates: Candidates,
    ) -> Vec<(usize, usize)> {
        let targets = |graph: usize, numbers: &[u64], matched: &[Option<usize>], index: usize| {
            let nodes = &[self.a, self.b][graph].nodes;
            let feeds = nodes[index].feeds.iter().filter(|(to, _)| matched[*to].is_none());
            let number =
                |to: usize, input: usize| numbers[to] ^ self.alike.joint(graph, to, input).rotate_left(17);
            let mut targets: Vec<_> = feeds.map(|&(to, input)| (number(to, input), to)).collect();
            targets.sort_unstable();
            targets
        };
        let of_a = targets(0, &numbers[0], &self.matching.b_of, a);
        let of_b = targets(1, &numbers[1], &self.matching.a_of, b);
        let together = runs(&of_a, &of_b).into_iter().filter(|(a, b)| candidates.allow(a, b));
        together.flat_map(|(a, b)| a.iter().zip(b).map(|(a, b)| (a.1, b.1)).collect::<Vec<_>>()).collect()
    }
}

type Numbered = [(u64, usize)];

/// The runs of one number that both sorted lists have.
fn runs<'r>(a: &'r Numbered, b: &'r Numbered) -> Vec<(&'r Numbered, &'r Numbered)> {
    let mut of_b = b.chunk_by(|one, other| one.0 == other.0).peekable();
    let both = a.chunk_by(|one, other| one.0 == other.0).filter_map(|of_a| {
        let number = of_a.first()?.0;
        while of_b.next_if(|run| run.first().is_some_and(|first| first.0 < number)).is_some() {}
        Some((of_a, of_b.next_if(|run| run.first().is_some_and(|first| first.0 == number))?))
    });
    both.collect()
}

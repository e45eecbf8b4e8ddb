//! Which node of one workflow is which of the other.
//!
//! In this order, each step for the nodes that no earlier one matched:
//! 1. When both workflows are the same but for ids and order, nodes that are the same in everything, links included.
//! 2. By id where the class is the same, if ids carry over at all: if at least half of the ids that both have name the
//!    same class.
//! 3. Nodes that are alike, from alike in everything and around to alike in class and title only; see [`EVERYTHING`] and
//!    [`LESS`]. Each match brings along alike neighbours that stand in the same place. First those that are alike with one node only;
//!    then, of several candidates, those with the same id, and the rest in file order.
//! 4. By id where only the class differs: at least half of the inputs have the same names.

use super::alike::{self, Asked};
use super::graph::{Graph, GraphNode, Held};
use super::hash::mix;
use super::kinds::{Kinds, have_equal_counts};
use super::links::Links;
use super::sort::{Numbered, by_number};
use crate::json::same::same_value;

/// Beyond 64 links only file order tells the nodes of a long row of equal ones apart.
const EVERYTHING: Asked = Asked { title: true, values: true, around: &[64, 8, 4, 2, 1, 0] };

/// What has to be equal, from strict to loose. Without title and values the neighbours have to be alike.
const LESS: [Asked; 3] = [
    Asked { title: true, values: false, around: &[1, 0] },
    Asked { title: false, values: true, around: &[1, 0] },
    Asked { title: false, values: false, around: &[1] },
];

/// For each node the index of its counterpart.
pub(super) struct Matching {
    pub(super) b_of: Vec<Option<usize>>,
    pub(super) a_of: Vec<Option<usize>>,
}

/// Matches the nodes of two workflows.
pub(super) fn of(a: &Graph<'_>, b: &Graph<'_>) -> Matching {
    let matching = Matching { b_of: vec![None; a.nodes.len()], a_of: vec![None; b.nodes.len()] };
    let links = Links::new([a, b]);
    let mut matcher = Matcher { a, b, links: &links, matching };
    let mut levels = alike::kinds([a, b], &links, EVERYTHING);
    if let Some(everything) = levels.first()
        && have_equal_counts(everything)
    {
        matcher.pair_alike(everything, Candidates::Several);
        return matcher.matching;
    }
    let ids_carry_over = matcher.ids_carry_over();
    if ids_carry_over {
        matcher.pair_same_ids(has_same_class);
    }
    if !matcher.is_done() {
        levels.extend(LESS.into_iter().flat_map(|asked| alike::kinds([a, b], &links, asked)));
    }
    for candidates in [Candidates::One, Candidates::Several] {
        for kinds in &levels {
            if matcher.is_done() {
                break;
            }
            matcher.pair_alike(kinds, candidates);
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
    fn allow(self, a: &[Numbered], b: &[Numbered]) -> bool {
        self == Self::Several || (a.len(), b.len()) == (1, 1)
    }
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
    links: &'m Links,
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

    /// Pairs nodes of one kind.
    fn pair_alike(&mut self, kinds: &Kinds, candidates: Candidates) {
        let known = self.matching.b_of.iter().enumerate();
        let known = known.filter_map(|(a, b)| Some((a, (*b)?)));
        let known: Vec<_> = known.filter(|(a, b)| self.has_free_neighbours(*a, *b)).collect();
        self.pair_around(kinds, known, candidates);
        if candidates == Candidates::Several {
            for (a, b) in self.same_ids().collect::<Vec<_>>() {
                if kinds[0][a] == kinds[1][b] {
                    self.pair_and_around(kinds, (a, b), candidates);
                }
            }
        }
        let [free_a, free_b] = self.free(kinds);
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
                self.pair_and_around(kinds, (a, b), candidates);
            }
        }
    }

    /// The nodes without counterpart, each behind its kind, sorted.
    fn free(&self, [of_a, of_b]: &Kinds) -> [Vec<Numbered>; 2] {
        let free = |kinds: &[u32], matched: &[Option<usize>]| {
            let indices = (0..kinds.len()).filter(|index| matched[*index].is_none());
            let mut free: Vec<_> = indices.map(|index| (u64::from(kinds[index]), index)).collect();
            by_number(&mut free);
            free
        };
        [free(of_a, &self.matching.b_of), free(of_b, &self.matching.a_of)]
    }

    fn pair_and_around(&mut self, kinds: &Kinds, (a, b): (usize, usize), candidates: Candidates) {
        if self.is_free(a, b) {
            self.pair(a, b);
            self.pair_around(kinds, vec![(a, b)], candidates);
        }
    }

    fn has_free_neighbours(&self, a: usize, b: usize) -> bool {
        self.links.around(0, a).any(|a| self.matching.b_of[a].is_none())
            && self.links.around(1, b).any(|b| self.matching.a_of[b].is_none())
    }

    /// Pairs alike neighbours of matched nodes: what feeds the same input of both, and what both feed the same way.
    fn pair_around(&mut self, kinds: &Kinds, mut queue: Vec<(usize, usize)>, candidates: Candidates) {
        while let Some((a, b)) = queue.pop() {
            let mut neighbours = self.origins(a, b);
            neighbours.extend(self.targets(kinds, (a, b), candidates));
            for (a, b) in neighbours {
                if self.is_free(a, b) && kinds[0][a] == kinds[1][b] {
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

    fn targets(&self, kinds: &Kinds, (a, b): (usize, usize), candidates: Candidates) -> Vec<(usize, usize)> {
        let targets = |graph: usize, matched: &[Option<usize>], index: usize| {
            let fed = self.links.fed_by(graph, index).filter(|(to, _)| matched[*to].is_none());
            let number = |to: usize, joint: u32| mix(u64::from(joint), u64::from(kinds[graph][to]));
            let mut targets: Vec<_> = fed.map(|(to, joint)| (number(to, joint), to)).collect();
            by_number(&mut targets);
            targets
        };
        let of_a = targets(0, &self.matching.b_of, a);
        let of_b = targets(1, &self.matching.a_of, b);
        let together = runs(&of_a, &of_b).into_iter().filter(|(a, b)| candidates.allow(a, b));
        together.flat_map(|(a, b)| a.iter().zip(b).map(|(a, b)| (a.1, b.1)).collect::<Vec<_>>()).collect()
    }
}

/// The runs of one number that both sorted lists have.
fn runs<'r>(a: &'r [Numbered], b: &'r [Numbered]) -> Vec<(&'r [Numbered], &'r [Numbered])> {
    let mut of_b = b.chunk_by(|one, other| one.0 == other.0).peekable();
    let both = a.chunk_by(|one, other| one.0 == other.0).filter_map(|of_a| {
        let number = of_a.first()?.0;
        while of_b.next_if(|run| run.first().is_some_and(|first| first.0 < number)).is_some() {}
        Some((of_a, of_b.next_if(|run| run.first().is_some_and(|first| first.0 == number))?))
    });
    both.collect()
}

//! Compares matched nodes, input by input.

use super::graph::{Graph, GraphNode, Held};
use super::matching::Matching;
use super::{Changed, Diff, Link, Rewired};
use crate::json::same::same_value;
use crate::json::{Str, Value};

/// All differences between matched workflows.
pub(super) fn all<'a>(a: &Graph<'a>, b: &Graph<'a>, matching: &Matching) -> Diff<'a> {
    let mut compared = Compared { matching, diff: Diff::default() };
    for (node, counterpart) in a.nodes.iter().zip(&matching.b_of) {
        match counterpart.and_then(|index| b.nodes.get(index)) {
            Some(other) => compared.nodes(node, other),
            None => compared.diff.removed.push(node.named),
        }
    }
    let added = b.nodes.iter().zip(&matching.a_of).filter(|(_, counterpart)| counterpart.is_none());
    compared.diff.added.extend(added.map(|(node, _)| node.named));
    compared.diff
}

struct Compared<'m, 'a> {
    matching: &'m Matching,
    diff: Diff<'a>,
}

impl<'a> Compared<'_, 'a> {
    fn nodes(&mut self, a: &GraphNode<'a>, b: &GraphNode<'a>) {
        self.diff.matched.push((a.named.id, b.named.id));
        if is_renamed(a, b) {
            self.diff.renamed.push((a.named, b.named));
        }
        let (in_a, in_b) = (a.input_index(), b.input_index());
        for (name, held) in &a.inputs {
            let other = in_b.get(&name.canonical()).and_then(|index| b.inputs.get(index));
            self.input(*name, (a, Some(*held)), (b, other.map(|(_, held)| *held)));
        }
        for (name, held) in b.inputs.iter().filter(|(name, _)| in_a.get(&name.canonical()).is_none()) {
            self.input(*name, (a, None), (b, Some(*held)));
        }
    }

    fn input(
        &mut self,
        input: Str<'a>,
        (node_a, a): (&GraphNode<'a>, Option<Held<'a>>),
        (node_b, b): (&GraphNode<'a>, Option<Held<'a>>),
    ) {
        let (node_a, node_b) = (node_a.named.id, node_b.named.id);
        if !self.is_same_link(a, b) {
            self.diff.rewired.push(Rewired { node_a, node_b, input, a: link(a), b: link(b) });
        }
        let (a, b) = (value(a), value(b));
        if !is_same(a, b) {
            self.diff.changed.push(Changed { node_a, node_b, input, a, b });
        }
    }

    /// True if both come from the same output of matched nodes, or neither is a link.
    fn is_same_link(&self, a: Option<Held<'a>>, b: Option<Held<'a>>) -> bool {
        match (a, b) {
            (Some(Held::Link(a, from_a)), Some(Held::Link(b, from_b))) => {
                let is_same_node = match (from_a, from_b) {
                    (Some(from_a), Some(from_b)) => self.matching.b_of.get(from_a) == Some(&Some(from_b)),
                    // Both lead nowhere: they are the same if they are written alike.
                    (None, None) => a.node.same_as(b.node),
                    _ => false,
                };
                is_same_node && same_value(a.output, b.output)
            }
            (a, b) => link(a).is_none() && link(b).is_none(),
        }
    }
}

/// A title that only one of the files has does not count: exports without `_meta` have none.
fn is_renamed(a: &GraphNode<'_>, b: &GraphNode<'_>) -> bool {
    let has_other_title = a.title.is_some() && b.title.is_some() && !is_same(a.title, b.title);
    has_other_title || !is_same(a.class, b.class)
}

fn is_same(a: Option<Value<'_>>, b: Option<Value<'_>>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => same_value(a, b),
        (a, b) => a.is_none() && b.is_none(),
    }
}

fn link(held: Option<Held<'_>>) -> Option<Link<'_>> {
    match held? {
        Held::Link(link, _) => Some(link),
        Held::Value(_) => None,
    }
}

fn value(held: Option<Held<'_>>) -> Option<Value<'_>> {
    match held? {
        Held::Value(value) => Some(value),
        Held::Link(..) => None,
    }
}

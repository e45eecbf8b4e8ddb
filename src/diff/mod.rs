//! What differs between two workflows in API format.
//!
//! `matching` decides which node of the first is which of the second, `compare` then looks at each pair. Links
//! are compared through the matching, so that a workflow whose nodes only got other ids is the same workflow.

mod alike;
mod compare;
mod graph;
mod hash;
mod kinds;
mod links;
mod matching;
mod sort;
mod write;

pub use write::to_json;

use crate::json::{Str, Value};
use crate::workflow::Workflow;
use graph::Graph;

/// What differs between two workflows; nodes and inputs are in file order.
#[derive(Debug, Default)]
pub struct Diff<'a> {
    /// Nodes only in the second.
    pub added: Vec<Named<'a>>,
    /// Nodes only in the first.
    pub removed: Vec<Named<'a>>,
    /// Nodes whose class or title differs.
    pub renamed: Vec<(Named<'a>, Named<'a>)>,
    /// Parameters with another value, or in one of the two only.
    pub changed: Vec<Changed<'a>>,
    /// Inputs with another link, or with a link in one of the two only.
    pub rewired: Vec<Rewired<'a>>,
    /// Ids of the nodes that are each other's counterpart.
    pub matched: Vec<(Str<'a>, Str<'a>)>,
}

impl Diff<'_> {
    /// True when both workflows do the same.
    pub fn is_same(&self) -> bool {
        self.added.is_empty()
            && self.removed.is_empty()
            && self.renamed.is_empty()
            && self.changed.is_empty()
            && self.rewired.is_empty()
    }
}

/// A node as a reader knows it.
#[derive(Debug, Clone, Copy)]
pub struct Named<'a> {
    /// Its id.
    pub id: Str<'a>,
    /// Its class, when that is a text.
    pub class_type: Option<Str<'a>>,
    /// Its title, else its class; null when it has neither.
    pub title: Value<'a>,
}

/// A parameter that differs. Where both hold a value, the two do not mean the same.
#[derive(Debug, Clone, Copy)]
pub struct Changed<'a> {
    /// Id of the node in the first.
    pub node_a: Str<'a>,
    /// Id of the node in the second.
    pub node_b: Str<'a>,
    /// The input's name.
    pub input: Str<'a>,
    /// The value in the first.
    pub a: Option<Value<'a>>,
    /// The value in the second.
    pub b: Option<Value<'a>>,
}

/// An input whose link differs.
#[derive(Debug, Clone, Copy)]
pub struct Rewired<'a> {
    /// Id of the node in the first.
    pub node_a: Str<'a>,
    /// Id of the node in the second.
    pub node_b: Str<'a>,
    /// The input's name.
    pub input: Str<'a>,
    /// The link in the first; none where there is a value or nothing.
    pub a: Option<Link<'a>>,
    /// The link in the second.
    pub b: Option<Link<'a>>,
}

/// A link, as the file has it.
#[derive(Debug, Clone, Copy)]
pub struct Link<'a> {
    /// Id of the node it comes from.
    pub node: Str<'a>,
    /// The output, which should be an index.
    pub output: Value<'a>,
}

/// Compares two workflows.
pub fn diff<'a>(a: &Workflow<'a>, b: &Workflow<'a>) -> Diff<'a> {
    let (a, b) = (Graph::new(a), Graph::new(b));
    compare::all(&a, &b, &matching::of(&a, &b))
}

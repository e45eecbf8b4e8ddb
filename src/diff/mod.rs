//! Compares two workflows in API format.
//!
//! `matching` finds for each node of the first workflow its counterpart in the second, then `compare` looks at each
//! pair. Links are compared through the matching, so a workflow whose nodes only have other ids is the same workflow.

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

/// The differences between two workflows; nodes and inputs are in file order.
///
/// ```
/// use viewcomfy_wasm::{diff::diff, workflow::Workflow};
///
/// let a = Workflow::parse(br#"{"3": {"class_type": "KSampler", "inputs": {"steps": 20}}}"#)?;
/// let b = Workflow::parse(br#"{"7": {"class_type": "KSampler", "inputs": {"steps": 30}}}"#)?;
/// let diff = diff(&a, &b);
/// assert!(diff.added.is_empty() && diff.removed.is_empty());
/// assert!(diff.changed[0].input.is("steps"));
/// # Ok::<(), viewcomfy_wasm::Error>(())
/// ```
#[derive(Debug, Default)]
pub struct Diff<'a> {
    /// Nodes only in the second.
    pub added: Vec<Named<'a>>,
    /// Nodes only in the first.
    pub removed: Vec<Named<'a>>,
    /// Nodes whose class or title differs.
    pub renamed: Vec<(Named<'a>, Named<'a>)>,
    /// Parameters that have another value, or are only in one of the two.
    pub changed: Vec<Changed<'a>>,
    /// Inputs that have another link, or a link only in one of the two.
    pub rewired: Vec<Rewired<'a>>,
    /// The ids of nodes that are each other's counterpart.
    pub matched: Vec<(Str<'a>, Str<'a>)>,
}

impl Diff<'_> {
    /// True if both workflows do the same.
    pub fn is_same(&self) -> bool {
        self.added.is_empty()
            && self.removed.is_empty()
            && self.renamed.is_empty()
            && self.changed.is_empty()
            && self.rewired.is_empty()
    }
}

/// A node, as people know it.
#[derive(Debug, Clone, Copy)]
pub struct Named<'a> {
    /// Its id.
    pub id: Str<'a>,
    /// Its class; `None` if that is not a text.
    pub class_type: Option<Str<'a>>,
    /// Its title, or else its class; null if it has neither.
    pub title: Value<'a>,
}

/// A parameter that differs. If both have a value, the two values do not mean the same.
#[derive(Debug, Clone, Copy)]
pub struct Changed<'a> {
    /// Id of the node in the first.
    pub node_a: Str<'a>,
    /// Id of the node in the second.
    pub node_b: Str<'a>,
    /// The input's name.
    pub input: Str<'a>,
    /// The value in the first; `None` if it has none there.
    pub a: Option<Value<'a>>,
    /// The value in the second; `None` if it has none there.
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
    /// The link in the first; `None` if it has none there.
    pub a: Option<Link<'a>>,
    /// The link in the second; `None` if it has none there.
    pub b: Option<Link<'a>>,
}

/// A link, as the file writes it.
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

//! The flattened keys of a workflow and what each one stands for.

use super::{Input, Node, Workflow};
use crate::json::Value;
use crate::json::key_index::{self, KeyIndex};

/// How many similar keys an error names.
const NEAREST: usize = 3;

/// What separates node id and input name in a key.
pub const INPUTS: &str = "-inputs-";

/// An index of flattened keys. A key is looked up, never split: ids and names may contain dashes.
///
/// Where two things have one key, it stands for the last of them, whose value flattening shows.
#[derive(Debug)]
pub struct Keys<'w, 'a> {
    indices: KeyIndex<'a>,
    known: Vec<Known<'w, 'a>>,
    nodes: &'w [Node<'a>],
}

/// What a key stands for: an input of a node, or the node's label.
#[derive(Debug, Clone, Copy)]
struct Known<'w, 'a> {
    node: &'w Node<'a>,
    input: Option<Input<'a>>,
}

impl<'w, 'a> Keys<'w, 'a> {
    /// Indexes `workflow`.
    pub fn new(workflow: &'w Workflow<'a>) -> Self {
        let mut keys = Self { indices: KeyIndex::default(), known: Vec::new(), nodes: workflow.nodes() };
        for node in workflow.nodes() {
            let id = node.id.decode();
            keys.add(label_key(&id), Known { node, input: None });
            for input in workflow.inputs(node) {
                keys.add(input_key(&id, &input.name.decode()), Known { node, input: Some(*input) });
            }
        }
        keys
    }

    /// The input that `key` stands for, and its node.
    pub fn input(&self, key: &str) -> Option<(&'w Node<'a>, Input<'a>)> {
        let Known { node, input } = self.known(key)?;
        Some((node, input?))
    }

    /// The node that the label `key` stands for.
    pub fn label(&self, key: &str) -> Option<&'w Node<'a>> {
        self.known(key).filter(|known| known.input.is_none()).map(|known| known.node)
    }

    /// True for a link: a two-element array of the id of a node of this workflow and an output index.
    pub fn is_link(&self, value: Value<'_>) -> bool {
        let [id, output] = value.items()[..] else { return false };
        output.is_integer() && id.as_str().is_some_and(|id| self.nodes.iter().any(|node| node.id.same_as(id)))
    }

    fn add(&mut self, key: String, known: Known<'w, 'a>) {
        key_index::put(&mut self.known, &mut self.indices, key.into(), known);
    }

    fn known(&self, key: &str) -> Option<Known<'w, 'a>> {
        self.known.get(self.indices.get(key)?).copied()
    }

    /// The keys most similar to `key`, best first; none that has nothing to do with it.
    pub fn nearest(&self, key: &str) -> Vec<String> {
        let mut ranked: Vec<(f64, &str)> = Vec::with_capacity(NEAREST + 1);
        for known in self.indices.keys().filter(|key| self.input(key).is_some()) {
            let similarity = similarity(key, known);
            if similarity > 0.5 {
                let before =
                    |other: &(f64, &str)| other.0 > similarity || (other.0 == similarity && other.1 < known);
                ranked.insert(ranked.partition_point(before), (similarity, known));
                ranked.truncate(NEAREST);
            }
        }
        ranked.into_iter().map(|(_, known)| known.to_owned()).collect()
    }
}

/// `<id>-inputs-<name>`.
pub fn input_key(id: &str, name: &str) -> String {
    [id, INPUTS, name].concat()
}

/// `_<id>-node-class_type-info`.
pub fn label_key(id: &str) -> String {
    ["_", id, "-node-class_type-info"].concat()
}

/// True for the shape of a label: context for a reader, not a parameter.
pub fn is_label_key(key: &str) -> bool {
    key.starts_with('_') && key.ends_with("-node-class_type-info")
}

fn similarity(a: &str, b: &str) -> f64 {
    strsim::normalized_levenshtein(&a.to_ascii_lowercase(), &b.to_ascii_lowercase())
}

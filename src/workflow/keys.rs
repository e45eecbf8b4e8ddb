//! The flattened keys of a workflow and what each one stands for. Depends on [`super::Workflow`].

use super::{Input, Node, Workflow};
use crate::json::{Places, Value};

/// How many similar keys an error names.
const NEAREST: usize = 3;

/// What separates node id and input name in a key.
pub const INPUTS: &str = "-inputs-";

/// An index from flattened key to input. A key is looked up, never split: ids and names may contain dashes.
#[derive(Debug)]
pub struct Keys<'w, 'a> {
    inputs: Places<'a>,
    labels: Places<'a>,
    known: Vec<(&'w Node<'a>, Input<'a>)>,
    nodes: &'w [Node<'a>],
}

impl<'w, 'a> Keys<'w, 'a> {
    /// Indexes `workflow`.
    pub fn new(workflow: &'w Workflow<'a>) -> Self {
        let nodes = workflow.nodes();
        let mut keys =
            Self { inputs: Places::default(), labels: Places::default(), known: Vec::new(), nodes };
        for (place, node) in nodes.iter().enumerate() {
            let id = node.id.decode();
            keys.labels.claim(label_key(&id).into(), place);
            for input in workflow.inputs(node) {
                let key = input_key(&id, &input.name.decode());
                crate::json::places::put(&mut keys.known, &mut keys.inputs, key.into(), (node, *input));
            }
        }
        keys
    }

    /// The input that `key` stands for, and its node.
    pub fn input(&self, key: &str) -> Option<(&'w Node<'a>, Input<'a>)> {
        self.known.get(self.inputs.get(key)?).copied()
    }

    /// The node that the label `key` stands for.
    pub fn label(&self, key: &str) -> Option<&'w Node<'a>> {
        self.nodes.get(self.labels.get(key)?)
    }

    /// True for a link: a two-element array of the id of a node of this workflow and an output index.
    pub fn is_link(&self, value: Value<'_>) -> bool {
        let [id, output] = value.items()[..] else { return false };
        output.is_integer() && id.as_str().is_some_and(|id| self.label(&label_key(&id.decode())).is_some())
    }

    /// The keys most similar to `key`, best first; none that has nothing to do with it.
    pub fn nearest(&self, key: &str) -> Vec<String> {
        let mut ranked: Vec<(f64, &str)> = Vec::with_capacity(NEAREST + 1);
        for known in self.inputs.keys() {
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

//! The flattened keys of a workflow and what each one stands for. Depends on [`super::Workflow`].

use super::{Input, Node, Workflow};
use crate::json::Value;
use std::collections::HashMap;

/// How many similar keys an error names.
const NEAREST: usize = 3;

/// What separates node id and input name in a key.
pub const INPUTS: &str = "-inputs-";

/// An index from flattened key to input. A key is looked up, never split: ids and names may contain dashes.
#[derive(Debug)]
pub struct Keys<'w, 'a> {
    inputs: HashMap<String, (&'w Node<'a>, Input<'a>)>,
    labels: HashMap<String, &'w Node<'a>>,
}

impl<'w, 'a> Keys<'w, 'a> {
    /// Indexes `workflow`.
    pub fn new(workflow: &'w Workflow<'a>) -> Self {
        let mut keys = Self { inputs: HashMap::new(), labels: HashMap::new() };
        for node in workflow.nodes() {
            keys.labels.insert(label_key(&node.id.decode()), node);
            for input in workflow.inputs(node) {
                keys.inputs.insert(input_key(&node.id.decode(), &input.name.decode()), (node, *input));
            }
        }
        keys
    }

    /// The input that `key` stands for, and its node.
    pub fn input(&self, key: &str) -> Option<(&'w Node<'a>, Input<'a>)> {
        self.inputs.get(key).copied()
    }

    /// The node that the label `key` stands for.
    pub fn label(&self, key: &str) -> Option<&'w Node<'a>> {
        self.labels.get(key).copied()
    }

    /// True for a link: a two-element array of the id of a node of this workflow and an output index.
    pub fn is_link(&self, value: Value<'_>) -> bool {
        let [id, output] = value.items()[..] else { return false };
        output.is_integer()
            && id.as_str().is_some_and(|id| self.labels.contains_key(&label_key(&id.decode())))
    }

    /// The keys most similar to `key`, best first; none that has nothing to do with it.
    pub fn nearest(&self, key: &str) -> Vec<String> {
        let mut ranked: Vec<(f64, &String)> = self
            .inputs
            .keys()
            .map(|known| (similarity(key, known), known))
            .filter(|(s, _)| *s > 0.5)
            .collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        ranked.into_iter().take(NEAREST).map(|(_, known)| known.clone()).collect()
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
    strsim::normalized_damerau_levenshtein(&a.to_lowercase(), &b.to_lowercase())
}

//! The parameter keys of a workflow, and what each one means.

use super::{Input, Node, Workflow};
use crate::json::Value;
use crate::json::key_index::{self, KeyIndex};

/// How many similar keys an error names.
const NEAREST: usize = 3;

/// The text between node id and input name in a key.
pub const INPUTS: &str = "-inputs-";

/// An index of parameter keys. A key is looked up, never split: ids and names may contain dashes.
///
/// If two inputs have the same key, it means the last of them, whose value flattening shows.
///
/// ```
/// use viewcomfy_wasm::workflow::{Keys, Workflow};
///
/// let workflow = Workflow::parse(br#"{"3": {"class_type": "KSampler", "inputs": {"cfg": 6.0}}}"#)?;
/// let keys = Keys::new(&workflow);
/// assert_eq!(keys.input("3-inputs-cfg").map(|(_, input)| input.value.raw()), Some("6.0"));
/// assert_eq!(keys.nearest("3-inputs-cgf"), ["3-inputs-cfg"]);
/// # Ok::<(), viewcomfy_wasm::Error>(())
/// ```
#[derive(Debug)]
pub struct Keys<'w, 'a> {
    indices: KeyIndex<'a>,
    known: Vec<Known<'w, 'a>>,
    /// The nodes' ids.
    ids: KeyIndex<'a>,
}

/// What a key means: an input of a node, or the node's label.
#[derive(Debug, Clone, Copy)]
struct Known<'w, 'a> {
    node: &'w Node<'a>,
    input: Option<Input<'a>>,
}

impl<'w, 'a> Keys<'w, 'a> {
    /// Indexes `workflow`.
    pub fn new(workflow: &'w Workflow<'a>) -> Self {
        let mut keys = Self { indices: KeyIndex::default(), known: Vec::new(), ids: KeyIndex::default() };
        for (index, node) in workflow.nodes().iter().enumerate() {
            keys.ids.claim(node.id.canonical(), index);
            let id = node.id.decode();
            keys.add(label_key(&id), Known { node, input: None });
            for input in workflow.inputs(node) {
                keys.add(input_key(&id, &input.name.decode()), Known { node, input: Some(*input) });
            }
        }
        keys
    }

    /// The input with the key `key`, and its node; `None` if there is none.
    pub fn input(&self, key: &str) -> Option<(&'w Node<'a>, Input<'a>)> {
        let Known { node, input } = self.known(key)?;
        Some((node, input?))
    }

    /// The node with the label `key`; `None` if there is none.
    pub fn label(&self, key: &str) -> Option<&'w Node<'a>> {
        self.known(key).filter(|known| known.input.is_none()).map(|known| known.node)
    }

    /// True for a link: an array of two, the id of a node of this workflow and an output index.
    pub fn is_link(&self, value: Value<'_>) -> bool {
        let [id, output] = value.items()[..] else { return false };
        output.is_integer() && id.as_str().is_some_and(|id| self.ids.get(&id.canonical()).is_some())
    }

    fn add(&mut self, key: String, known: Known<'w, 'a>) {
        key_index::put(&mut self.known, &mut self.indices, key.into(), known);
    }

    fn known(&self, key: &str) -> Option<Known<'w, 'a>> {
        self.known.get(self.indices.get(key)?).copied()
    }

    /// The keys most similar to `key`, best first; keys that have nothing in common with it are left out.
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

/// True for a key that has the form of a label: context for a reader, not a parameter.
pub fn is_label_key(key: &str) -> bool {
    key.starts_with('_') && key.ends_with("-node-class_type-info")
}

/// A name that means a seed, such as `noise_seed`, or `Seed` in the Rodin nodes.
#[cfg(any(feature = "client", feature = "inspect"))]
pub(crate) fn names_a_seed(name: &str) -> bool {
    crate::text::find(&name.to_ascii_lowercase(), "seed").is_some()
}

/// The most characters by which two keys may differ and still be compared: with more, it is not a typing mistake.
const MAX_DIFFERENT: usize = 200;

/// From 0 to 1, by the fewest changes that turn one text into the other.
fn similarity(a: &str, b: &str) -> f64 {
    let (a, b) = (a.to_ascii_lowercase(), b.to_ascii_lowercase());
    let longest = a.chars().count().max(b.chars().count());
    let (a, b) = different_parts(&a, &b);
    let (of_a, of_b) = (a.chars().count(), b.chars().count());
    if of_a.max(of_b) > MAX_DIFFERENT || 2 * of_a.abs_diff(of_b) > longest {
        return 0.0;
    }
    1.0 - strsim::levenshtein(a, b) as f64 / longest.max(1) as f64
}

/// Two texts without their common beginning and end, which need no change.
fn different_parts<'t>(a: &'t str, b: &'t str) -> (&'t str, &'t str) {
    let alike = a.chars().zip(b.chars()).take_while(|(a, b)| a == b);
    let start = alike.map(|(c, _)| c.len_utf8()).sum();
    let (a, b) = (&a[start..], &b[start..]);
    let alike = a.chars().rev().zip(b.chars().rev()).take_while(|(a, b)| a == b);
    let end: usize = alike.map(|(c, _)| c.len_utf8()).sum();
    (&a[..a.len() - end], &b[..b.len() - end])
}

//! A workflow as nodes with links.

use super::{Link, Named};
use crate::json::value::Kind;
use crate::json::{KeyIndex, Str, Value};
use crate::workflow::{Node, Workflow};

/// The nodes of a workflow, in file order.
pub(super) struct Graph<'a> {
    pub(super) nodes: Vec<GraphNode<'a>>,
    indices: KeyIndex<'a>,
}

/// A node and its inputs.
pub(super) struct GraphNode<'a> {
    pub(super) named: Named<'a>,
    pub(super) class: Option<Value<'a>>,
    /// The title that its author gave it; `None` if it is empty.
    pub(super) title: Option<Value<'a>>,
    pub(super) inputs: Vec<(Str<'a>, Held<'a>)>,
}

/// The content of an input.
#[derive(Clone, Copy)]
pub(super) enum Held<'a> {
    Value(Value<'a>),
    /// A link, and the index of the node from which it comes, if there is one.
    Link(Link<'a>, Option<usize>),
}

impl<'a> Graph<'a> {
    pub(super) fn new(workflow: &Workflow<'a>) -> Self {
        let mut indices = KeyIndex::default();
        for (index, node) in workflow.nodes().iter().enumerate() {
            indices.claim(node.id.canonical(), index);
        }
        let mut graph = Self { nodes: Vec::with_capacity(workflow.nodes().len()), indices };
        for node in workflow.nodes() {
            let held = |value| graph.link(value).unwrap_or(Held::Value(value));
            let inputs = workflow.inputs(node).iter().map(|input| (input.name, held(input.value))).collect();
            graph.nodes.push(GraphNode::new(node, inputs));
        }
        graph
    }

    /// The index of the node with this id.
    pub(super) fn index(&self, id: Str<'_>) -> Option<usize> {
        self.indices.get(&id.canonical())
    }

    /// A link is an array of two: a text, and a number, or anything after the id of a node.
    fn link(&self, value: Value<'a>) -> Option<Held<'a>> {
        if value.kind() != Kind::Array {
            return None;
        }
        let [id, output] = value.items()[..] else { return None };
        let node = id.as_str()?;
        let origin = self.index(node);
        let is_link = origin.is_some() || output.kind() == Kind::Number;
        is_link.then_some(Held::Link(Link { node, output }, origin))
    }
}

impl<'a> GraphNode<'a> {
    fn new(node: &Node<'a>, inputs: Vec<(Str<'a>, Held<'a>)>) -> Self {
        let named =
            Named { id: node.id, class_type: node.class_type.and_then(Value::as_str), title: node.label() };
        let title = node.title.filter(|title| !title.is_falsy());
        Self { named, class: node.class_type, title, inputs }
    }

    /// The index of each input by its name.
    pub(super) fn input_index(&self) -> KeyIndex<'a> {
        let mut indices = KeyIndex::default();
        for (index, (name, _)) in self.inputs.iter().enumerate() {
            indices.claim(name.canonical(), index);
        }
        indices
    }
}

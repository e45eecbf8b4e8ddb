//! Reads the graph of a workflow in API format.

use super::model::{Format, Given, Graph, Input, Link, LinkFault, Node};
use crate::json::value::Kind;
use crate::json::{KeyIndex, Str, Value};
use crate::workflow::{self, Workflow};
use std::borrow::Cow;

/// The graph of `workflow`. [`inspect`](super::inspect) adds what follows from it.
pub fn graph<'a>(workflow: &Workflow<'a>) -> Graph<'a> {
    let mut indices = KeyIndex::default();
    for (index, node) in workflow.nodes().iter().enumerate() {
        indices.claim(node.id.decode(), index);
    }
    let nodes = workflow.nodes().iter().map(|node| read_node(workflow, node, &indices)).collect();
    Graph { format: Format::Api, nodes, groups: Vec::new(), model_files: Vec::new(), app: None }
}

fn read_node<'a>(workflow: &Workflow<'a>, from: &workflow::Node<'a>, indices: &KeyIndex<'a>) -> Node<'a> {
    let mut node = Node::new(from.id.decode(), from.class_type.and_then(text));
    node.title = from.title.and_then(text);
    node.inputs = workflow
        .inputs(from)
        .iter()
        .map(|input| {
            let given = link(input.value, indices).map_or(Given::Value(input.value), Given::Link);
            Input::new(input.name.decode(), given)
        })
        .collect();
    node
}

/// A text that is not empty.
fn text(value: Value<'_>) -> Option<Cow<'_, str>> {
    value.as_str().map(Str::decode).filter(|text| !text.is_empty())
}

/// The link that a value is. ComfyUI takes every list for one, but a pair that does not begin with an id is more
/// likely a mistake.
fn link<'a>(value: Value<'a>, indices: &KeyIndex<'a>) -> Option<Link<'a>> {
    if value.kind() != Kind::Array {
        return None;
    }
    let [id, output] = value.items()[..] else { return None };
    let by_number = id.is_integer();
    let id = if by_number { Cow::Borrowed(id.raw()) } else { id.as_str()?.decode() };
    let node = indices.get(&id);
    // Two numbers that name no node are more likely a size.
    if node.is_none() && (by_number || output.kind() != Kind::Number) {
        return None;
    }
    let output = if output.is_integer() { output.raw().parse().ok() } else { None };
    let fault = by_number.then_some(LinkFault::ByNumber);
    Some(Link { id, node, output, kind: None, fault })
}

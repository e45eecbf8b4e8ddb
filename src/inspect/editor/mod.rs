//! Reads the graph of a workflow in the editor's format, its subgraphs opened.
//!
//! [`opened`] lists the nodes of all graphs, [`widgets`] names their values, [`sources`] follows links through subgraphs.

mod opened;
mod sources;
mod widgets;

use super::model::{Format, Given, Graph, Group, Input, Link, Mode, Node, Output};
use crate::Error;
use crate::definitions::Definitions;
use crate::editor::{self, Document};
use crate::json::Value;
use crate::json::value::Kind;
use opened::{Inside, Opened, Room};
use sources::{Source, Sources};
use std::borrow::Cow;
use widgets::{Named, Widgets};

/// Classes that only the editor knows.
const EDITOR_ONLY: [&str; 4] = ["Note", "MarkdownNote", "Reroute", "PrimitiveNode"];

/// The graph of a file.
///
/// # Errors
/// [`ErrorKind::InvalidWorkflow`](crate::ErrorKind::InvalidWorkflow) for subgraphs that contain themselves, or that
/// opened have more nodes or links than anybody's workflow.
pub fn graph<'a>(document: &Document<'a>, definitions: Option<&'a Definitions>) -> Result<Graph<'a>, Error> {
    let mut room = Room::default();
    let opened = Opened::new(document, &mut room)?;
    let values = Widgets { opened: &opened, definitions }.all(&mut room)?;
    let mut reader = Reader { opened: &opened, values: &values, sources: Sources { opened: &opened }, room };
    let mut nodes = Vec::with_capacity(opened.nodes.len());
    for index in 0..opened.nodes.len() {
        nodes.push(reader.node(index)?);
    }
    let groups = reader.groups()?;
    Ok(Graph { format: Format::Editor, nodes, groups })
}

struct Reader<'r, 'd, 'a> {
    opened: &'r Opened<'d, 'a>,
    values: &'r [Vec<Named<'a>>],
    sources: Sources<'r, 'd, 'a>,
    room: Room,
}

impl<'a> Reader<'_, '_, 'a> {
    fn node(&mut self, index: usize) -> Result<Node<'a>, Error> {
        let inside = &self.opened.nodes[index];
        let from = inside.node;
        let mut node = Node::new(inside.id.clone().into(), from.class_type.clone());
        node.title =
            from.title.clone().or_else(|| inside.definition.and_then(|subgraph| subgraph.name.clone()));
        node.mode = inside.mode;
        node.parent = inside.parent;
        node.is_subgraph = inside.is_subgraph;
        node.editor_only = from.class_type.as_deref().is_some_and(|class| EDITOR_ONLY.contains(&class));
        node.position = from.position;
        node.inputs = self.inputs(index, inside)?;
        node.outputs = from
            .outputs
            .iter()
            .map(|output| Output {
                name: output.name.clone(),
                kind: output.kind.and_then(type_name),
                links: 0,
            })
            .collect();
        Ok(node)
    }

    /// The sockets of a node, then those of its values that have none.
    fn inputs(&mut self, index: usize, inside: &Inside<'_, 'a>) -> Result<Vec<Input<'a>>, Error> {
        let values = &self.values[index];
        let mut inputs = Vec::with_capacity(inside.node.inputs.len() + values.len());
        for input in &inside.node.inputs {
            let name = input.widget.as_ref().unwrap_or(&input.name);
            let own = self.value(index, name)?;
            let given = match &input.link {
                Some(link) => self.given(inside, input, link, own)?,
                None => own.map_or(Given::Nothing, Given::Value),
            };
            inputs.push(Input::new(name.clone(), given));
        }
        for named in values.iter().filter(|named| !named.has_socket) {
            inputs.push(Input::new(named.name.clone(), Given::Value(named.value)));
        }
        Ok(inputs)
    }

    /// The value that a node's widget has.
    fn value(&mut self, index: usize, name: &str) -> Result<Option<Value<'a>>, Error> {
        let values = &self.values[index];
        self.room.steps(1 + values.len())?;
        Ok(values.iter().find(|named| named.name == name).map(|named| named.value))
    }

    /// What a linked socket is given in the end.
    fn given(
        &mut self,
        inside: &Inside<'_, 'a>,
        input: &editor::Input<'a>,
        link: &str,
        own: Option<Value<'a>>,
    ) -> Result<Given<'a>, Error> {
        let kind = self.opened.scopes[inside.scope].graph.link(link).and_then(|link| type_name(link.kind?));
        Ok(match self.sources.of(inside.scope, link, &mut self.room)? {
            Source::Output { index, slot } => Given::Link(Link {
                id: self.opened.nodes[index].id.clone().into(),
                node: Some(index),
                output: slot,
                kind,
            }),
            Source::Missing { id, slot } => Given::Link(Link { id, node: None, output: slot, kind }),
            // The input of a subgraph that nothing is linked to: its own value counts before that of the widget inside.
            Source::Host(hosts) => {
                let mut value = own.filter(|_| input.widget.is_some());
                for (index, name) in hosts {
                    value = self.value(index, &name)?.or(value);
                }
                value.map_or(Given::Nothing, Given::Value)
            }
            Source::Nothing => own.map_or(Given::Nothing, Given::Value),
        })
    }

    /// The frames of all graphs, each with the nodes whose middle is in it.
    fn groups(&mut self) -> Result<Vec<Group<'a>>, Error> {
        let mut groups = Vec::new();
        for scope in &self.opened.scopes {
            for group in &scope.graph.groups {
                self.room.steps(scope.indices.len())?;
                let edges = group.position.edges();
                let nodes = scope.graph.nodes.iter().zip(&scope.indices);
                let within = nodes.filter(|(node, _)| {
                    let middle = node.position.and_then(|position| position.edges()).map(middle);
                    edges.zip(middle).is_some_and(|([left, top, right, bottom], (x, y))| {
                        (left..=right).contains(&x) && (top..=bottom).contains(&y)
                    })
                });
                groups.push(Group {
                    title: group.title.clone(),
                    color: group.color.clone(),
                    position: group.position,
                    nodes: within.map(|(_, index)| *index).collect(),
                });
            }
        }
        Ok(groups)
    }
}

fn middle([left, top, right, bottom]: [f64; 4]) -> (f64, f64) {
    (f64::midpoint(left, right), f64::midpoint(top, bottom))
}

/// ComfyUI's type as the definitions write it: a list of choices is a combo.
fn type_name(kind: Value<'_>) -> Option<Cow<'_, str>> {
    match kind.kind() {
        Kind::String => kind.as_str().map(|text| text.decode()).filter(|text| !text.is_empty()),
        Kind::Array => Some("COMBO".into()),
        _ => None,
    }
}

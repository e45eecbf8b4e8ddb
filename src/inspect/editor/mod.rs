//! Reads the graph of a workflow in editor format, with its subgraphs opened.
//!
//! [`opened`] lists the nodes of all graphs, [`values`] has their values by name, [`sources`] follows links through
//! subgraphs, [`unlisted`] adds inputs that only a link names.

mod opened;
mod sources;
mod unlisted;
mod values;

use super::app;
use super::model::{Format, Given, Graph, Group, Input, Link, LinkFault, Mode, Node, Output};
use crate::Error;
use crate::definitions::{ClassCache, KnownClasses, types};
use crate::editor::{self, Document, PageNode};
use crate::json::Value;
use crate::json::value::Kind;
use opened::{Budget, OpenNode, Opened};
use sources::{Source, Sources};
use std::borrow::Cow;
use values::Values;

/// The graph of a file. `known` are the definitions by which its values get their names. [`inspect`](super::inspect)
/// adds what follows from the graph.
///
/// # Errors
/// [`ErrorKind::InvalidWorkflow`](crate::ErrorKind::InvalidWorkflow) for subgraphs that contain themselves, or that
/// have more nodes or links when opened than any real workflow.
pub fn graph<'a>(document: &Document<'a>, known: impl Into<KnownClasses<'a>>) -> Result<Graph<'a>, Error> {
    let mut budget = Budget::default();
    let mut classes = ClassCache::new(known.into());
    let mut opened = Opened::new(document, &mut budget)?;
    opened.find_group_sockets(&mut classes, &mut budget)?;
    let values = values::of_nodes(&opened, &mut classes, &mut budget)?;
    let mut reader =
        Reader { opened: &opened, values: &values, sources: Sources { opened: &opened }, budget };
    let mut nodes = Vec::with_capacity(opened.nodes.len());
    for index in 0..opened.nodes.len() {
        nodes.push(reader.node(index)?);
    }
    reader.connect_unlisted(&mut nodes, &mut classes)?;
    let groups = reader.groups()?;
    let app = document.app_mode().map(|mode| app::on(&nodes, mode));
    Ok(Graph { format: Format::Editor, nodes, groups, model_files: document.model_files(), app })
}

/// The node of a subgraph and the name of its widget that sets something inside.
type Promoted<'a> = (usize, Cow<'a, str>);

struct Reader<'r, 'd, 'a> {
    opened: &'r Opened<'d, 'a>,
    values: &'r [Values<'a>],
    sources: Sources<'r, 'd, 'a>,
    budget: Budget,
}

impl<'a> Reader<'_, '_, 'a> {
    fn node(&mut self, index: usize) -> Result<Node<'a>, Error> {
        let open_node = &self.opened.nodes[index];
        let from = open_node.node;
        let mut node = Node::new(open_node.id.clone().into(), from.class_type.clone());
        node.title =
            from.title.clone().or_else(|| open_node.definition.and_then(|subgraph| subgraph.name.clone()));
        node.mode = open_node.mode;
        node.parent = open_node.parent;
        node.is_subgraph = open_node.is_subgraph;
        node.editor_only = from.class_type.as_deref().and_then(PageNode::of).is_some();
        node.position = from.position;
        node.pack = from.pack();
        node.model_files = from.model_files();
        node.inputs = self.inputs(index, open_node)?;
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

    /// The sockets of a node, then its values that have no socket.
    fn inputs(&mut self, index: usize, open_node: &OpenNode<'_, 'a>) -> Result<Vec<Input<'a>>, Error> {
        let values = &self.values[index].list;
        let mut inputs = Vec::with_capacity(open_node.node.inputs.len() + values.len());
        for (at, input) in open_node.node.inputs.iter().enumerate() {
            let name = input.widget.as_ref().unwrap_or(&input.name);
            let own = self.value(index, name)?;
            let is_sent = self.opened.scopes[open_node.scope].sent(open_node.at, at).is_some();
            let (given, promoted) = match (&input.link, own, &input.lost_link) {
                (Some(_), own, _) => self.given(open_node, at, own)?,
                (None, own, _) if is_sent => self.given(open_node, at, own)?,
                (None, Some(own), _) => (Given::Value(own), None),
                (None, None, Some(lost)) => (Given::Link(lost_link(lost, input)), None),
                (None, None, None) => (Given::Nothing, None),
            };
            let socket = input.kind.and_then(type_name);
            inputs.push(Input { socket, promoted, ..Input::new(name.clone(), given) });
        }
        for named in values.iter().filter(|named| !named.has_socket) {
            inputs.push(Input::new(named.name.clone(), Given::Value(named.value)));
        }
        Ok(inputs)
    }

    /// The value of a node's widget.
    fn value(&mut self, index: usize, name: &str) -> Result<Option<Value<'a>>, Error> {
        self.budget.steps(1)?;
        Ok(self.values[index].get(name))
    }

    /// What a linked socket gets in the end, and the widget outside that sets it, if there is one.
    fn given(
        &mut self,
        open_node: &OpenNode<'_, 'a>,
        at: usize,
        own: Option<Value<'a>>,
    ) -> Result<(Given<'a>, Option<Promoted<'a>>), Error> {
        let mut promoted = None;
        let (input, scope) = (&open_node.node.inputs[at], &self.opened.scopes[open_node.scope]);
        let (source, kind) = match (&input.link, scope.sent(open_node.at, at)) {
            (Some(link), _) => {
                let kind = scope.graph.link(link).and_then(|link| type_name(link.kind?));
                (self.sources.of(open_node.scope, link, &mut self.budget)?, kind)
            }
            (None, Some(sent)) => {
                let source = self.sources.of_sent(open_node.scope, sent, &mut self.budget)?;
                (source, input.kind.and_then(type_name))
            }
            (None, None) => (Source::Nothing, None),
        };
        let source = match self.link(source, kind) {
            Ok(link) => return Ok((Given::Link(link), promoted)),
            Err(source) => source,
        };
        let given = match source {
            // The input of a subgraph to which nothing is linked: all inputs that it leads to get its value, which is
            // at first that of the first widget inside.
            Source::Host(hosts) => {
                let first = hosts.first().map(|host| self.inner_value(host.index, host.port));
                promoted = hosts.last().map(|host| (host.index, host.socket.clone()));
                let mut value = first.transpose()?.flatten().or(own.filter(|_| input.widget.is_some()));
                for host in hosts {
                    value = self.value(host.index, &host.socket)?.or(value);
                }
                value.map_or(Given::Nothing, Given::Value)
            }
            _ => own.map_or(Given::Nothing, Given::Value),
        };
        Ok((given, promoted))
    }

    /// The link of a source that is a node, or was one; any other source as it is.
    fn link(&self, source: Source<'a>, kind: Option<Cow<'a, str>>) -> Result<Link<'a>, Source<'a>> {
        let (id, node, output) = match source {
            Source::Output { index, slot } => (self.opened.nodes[index].id.clone().into(), Some(index), slot),
            Source::Missing { id, slot } => (id, None, slot),
            _ => return Err(source),
        };
        Ok(Link { id, node, output, kind, fault: None })
    }

    /// The value of the first widget inside to which a port of an instance leads.
    fn inner_value(&mut self, host: usize, port: usize) -> Result<Option<Value<'a>>, Error> {
        let host = &self.opened.nodes[host];
        let (Some(subgraph), Some(within)) = (host.definition, host.within) else { return Ok(None) };
        let scope = &self.opened.scopes[within];
        for id in subgraph.inputs.get(port).map_or(&[][..], |port| &port.links) {
            let Some(link) = scope.graph.link(id) else { continue };
            let target = scope.graph.node_index(&link.target).and_then(|target| scope.indices.get(target));
            let Some(target) = target.copied() else { continue };
            let open_node = &self.opened.nodes[target];
            let sockets = &open_node.node.inputs;
            let names_it = |input: &&editor::Input<'_>| input.link.as_ref() == Some(id);
            // Nearly always it is the one that the link names.
            let mut socket = link.target_slot.and_then(|slot| sockets.get(slot)).filter(names_it);
            if socket.is_none() {
                self.budget.steps(1 + sockets.len())?;
                socket = sockets.iter().find(names_it);
            }
            let Some(name) = socket.and_then(|socket| socket.widget.as_ref()) else { continue };
            let mut value = self.value(target, name)?;
            if let (None, Some(subgraph)) = (value, open_node.definition) {
                self.budget.steps(subgraph.inputs.len())?;
                let port = subgraph.inputs.iter().position(|port| port.name == *name);
                value = port.map(|port| self.inner_value(target, port)).transpose()?.flatten();
            }
            if value.is_some() {
                return Ok(value);
            }
        }
        Ok(None)
    }

    /// The frames of all graphs, each with the nodes whose middle is inside it.
    fn groups(&mut self) -> Result<Vec<Group<'a>>, Error> {
        let mut groups = Vec::new();
        for scope in self.opened.scopes.iter().filter(|scope| !scope.graph.groups.is_empty()) {
            let of_node = |node: &editor::Node<'_>| node.position.and_then(|at| at.edges()).map(middle);
            let middles: Vec<_> = scope.graph.nodes.iter().map(of_node).collect();
            for group in &scope.graph.groups {
                self.budget.steps(scope.indices.len())?;
                let edges = group.position.edges();
                let within = middles.iter().zip(&scope.indices).filter(|(middle, _)| {
                    edges.zip(**middle).is_some_and(|([left, top, right, bottom], (x, y))| {
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

/// A link that the file does not contain, or that leads elsewhere.
fn lost_link<'a>(id: &str, input: &editor::Input<'_>) -> Link<'a> {
    let fault = Some(LinkFault::Lost { optional: input.is_optional() });
    Link { id: format!("link {id}").into(), node: None, output: None, kind: None, fault }
}

fn middle([left, top, right, bottom]: [f64; 4]) -> (f64, f64) {
    (f64::midpoint(left, right), f64::midpoint(top, bottom))
}

/// ComfyUI's type as the definitions write it: a list of choices is a combo.
fn type_name(kind: Value<'_>) -> Option<Cow<'_, str>> {
    match kind.kind() {
        Kind::String => kind.as_str().map(|text| text.decode()).filter(|text| !text.is_empty()),
        Kind::Array => Some(types::COMBO.into()),
        _ => None,
    }
}

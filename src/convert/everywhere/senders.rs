//! The nodes that send: what is linked into those that are there for that, and what others make.

use super::rules::{Names, Rules, Settings};
use crate::convert::open_graph::{Graph, Id, Mode, Node};
use crate::definitions::types::is_any;
use crate::editor;
use crate::json::{Str, Value};
use crate::widgets::type_of;
use std::borrow::Cow;

/// Something that is sent.
#[derive(Debug)]
pub(super) struct Sender<'a> {
    /// The node that sends it, by its index.
    pub(super) node: usize,
    origin: Id,
    origin_slot: usize,
    pub(super) kind: Cow<'a, str>,
    pub(super) rules: Rules<'a>,
    /// What the name of the input must be besides.
    pub(super) names: Names<'a>,
    pub(super) priority: f64,
}

impl Sender<'_> {
    /// The output that it sends.
    pub(super) fn output(&self) -> (Id, usize) {
        (self.origin.clone(), self.origin_slot)
    }
}

/// Whether nodes of this class send.
pub(super) fn is_sender(class_type: &str) -> bool {
    class_type.starts_with("Anything Everywhere")
        || matches!(class_type, "Seed Everywhere" | "Prompts Everywhere")
}

/// What is sent in a graph.
pub(super) fn of<'a>(graph: &mut Graph<'a>, file: &editor::Graph<'a>) -> Vec<Sender<'a>> {
    let (mut senders, mut unclear) = (Vec::new(), Vec::new());
    for (at, node) in graph.nodes.iter().enumerate().filter(|(_, node)| node.mode == Mode::Active) {
        let Some(saved) = file.nodes.get(at) else { continue };
        let sent = if is_sender(&node.class) && node.class != "Seed Everywhere" {
            from_inputs(graph, file, saved)
        } else if node.class == "Seed Everywhere" || is_true(saved.property("ue_convert")) {
            from_outputs(node, saved)
        } else {
            continue;
        };
        let result = add(at, node, &Settings::of(saved), &sent, &mut senders);
        unclear.extend(result.err().map(|what| (node.id.clone(), what)));
    }
    graph.unclear.extend(unclear);
    senders
}

/// The most that a node may send: each is compared with the others.
const MAX_SENT: usize = 1000;

/// Adds what a node sends, or says what is not known of that.
fn add<'a>(
    at: usize,
    node: &Node<'a>,
    settings: &Settings<'a>,
    sent: &[Sent<'a>],
    senders: &mut Vec<Sender<'a>>,
) -> Result<(), String> {
    if let Some(pattern) = settings.rules.unread() {
        return Err(format!("sends where \"{pattern}\" is found, a pattern that is not read here"));
    }
    if sent.len() > MAX_SENT {
        return Err(format!("sends more than {MAX_SENT} things"));
    }
    if sent.iter().any(|sent| is_any(&sent.kind)) {
        return Err("sends something whose type the file does not tell".to_owned());
    }
    for slot in sent {
        let is_repeated = sent.iter().filter(|other| other.kind == slot.kind).nth(1).is_some();
        let names = settings.names(&node.class, (slot.index, &slot.name), is_repeated)?;
        senders.push(Sender {
            node: at,
            origin: slot.origin.clone(),
            origin_slot: slot.origin_slot,
            kind: slot.kind.clone(),
            rules: settings.rules.clone(),
            priority: settings.priority(&node.class, is_repeated, &names),
            names,
        });
    }
    Ok(())
}

/// A slot whose data is sent.
struct Sent<'a> {
    index: usize,
    name: Cow<'a, str>,
    origin: Id,
    origin_slot: usize,
    kind: Cow<'a, str>,
}

/// What is linked into a node whose only purpose that is.
fn from_inputs<'a>(graph: &Graph<'a>, file: &editor::Graph<'a>, saved: &editor::Node<'a>) -> Vec<Sent<'a>> {
    let sent = saved.inputs.iter().enumerate().filter_map(|(index, input)| {
        let link = file.link(input.link.as_deref()?)?;
        let own = graph.link(&link.id)?;
        // A link from outside of a subgraph has no node there.
        let origin = graph.node(&own.origin).map(|at| &graph.nodes[at]);
        let output = origin.and_then(|origin| origin.outputs.get(own.origin_slot));
        let kind = Some(type_of(link.kind)).filter(|kind| !is_any(kind));
        let is_running = origin.is_none_or(|origin| origin.mode != Mode::Muted);
        is_running.then(|| Sent {
            index,
            name: labelled(input.value).unwrap_or_else(|| input.name.clone()),
            origin: own.origin.clone(),
            origin_slot: own.origin_slot,
            kind: kind.or_else(|| output.map(|output| output.kind.clone())).unwrap_or_default(),
        })
    });
    sent.collect()
}

/// The outputs of a node that somebody lets send what it makes.
fn from_outputs<'a>(node: &Node<'a>, saved: &editor::Node<'a>) -> Vec<Sent<'a>> {
    let silent = saved.property("ue_properties").and_then(|own| own.get("output_not_broadcasting"));
    let outputs = saved.outputs.iter().enumerate();
    let sent = outputs.filter(|(_, output)| !is_true(silent.and_then(|silent| silent.get(&output.name))));
    sent.map(|(index, output)| Sent {
        index,
        name: labelled(output.value).unwrap_or_else(|| output.name.clone()),
        origin: node.id.clone(),
        origin_slot: index,
        kind: type_of(output.kind),
    })
    .collect()
}

/// The name that somebody gave a slot.
fn labelled(slot: Value<'_>) -> Option<Cow<'_, str>> {
    slot.get("label").and_then(Value::as_str).map(Str::decode).filter(|label| !label.is_empty())
}

pub(super) fn is_true(value: Option<Value<'_>>) -> bool {
    value.is_some_and(|value| !value.is_falsy())
}

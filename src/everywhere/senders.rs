//! The nodes that send: those that pass on whatever is linked into them, and others that send their own outputs.

use super::rules::{Names, Rules, Settings};
use super::{Node, Origin};
use crate::definitions::types::is_any;
use crate::editor::{self, Graph, Mode};
use crate::json::{Str, Value};
use crate::widgets::type_of;
use std::borrow::Cow;

/// Something that a node sends.
#[derive(Debug)]
pub(super) struct Sender<'a> {
    /// The index of the node that sends it.
    pub(super) node: usize,
    origin: Origin,
    origin_slot: usize,
    pub(super) kind: Cow<'a, str>,
    pub(super) rules: Rules<'a>,
    /// What the name of the input must be in addition.
    pub(super) names: Names<'a>,
    pub(super) priority: f64,
}

impl Sender<'_> {
    /// The output that it sends.
    pub(super) fn output(&self) -> (Origin, usize) {
        (self.origin.clone(), self.origin_slot)
    }

    /// Whether it sends an output of this node.
    pub(super) fn is_from(&self, node: usize) -> bool {
        self.origin == Origin::Node(node)
    }
}

/// Whether nodes of this class send.
pub(super) fn is_sender(class_type: &str) -> bool {
    class_type.starts_with("Anything Everywhere")
        || matches!(class_type, "Seed Everywhere" | "Prompts Everywhere")
}

/// Whether a node sends anything, by its class or its settings.
pub(super) fn may_send(node: &editor::Node<'_>) -> bool {
    node.class_type.as_deref().is_some_and(is_sender) || is_true(node.property("ue_convert"))
}

/// What is sent in a graph, and what is not known about that, by the index of the node.
pub(super) fn of<'v>(file: &'v Graph<'_>, nodes: &[Node<'v>]) -> (Vec<Sender<'v>>, Vec<(usize, String)>) {
    let (mut senders, mut unclear) = (Vec::new(), Vec::new());
    for (at, node) in nodes.iter().enumerate().filter(|(_, node)| node.mode == Mode::Active) {
        let Some(saved) = file.nodes.get(at) else { continue };
        let sent = if is_sender(node.class) && node.class != "Seed Everywhere" {
            from_inputs(file, nodes, saved)
        } else if node.class == "Seed Everywhere" || is_true(saved.property("ue_convert")) {
            from_outputs(at, saved)
        } else {
            continue;
        };
        let result = add(at, node.class, &Settings::of(saved), &sent, &mut senders);
        unclear.extend(result.err().map(|what| (at, what)));
    }
    (senders, unclear)
}

/// The most that a node may send: each sent value is compared with the others.
const MAX_SENT: usize = 1000;

/// Adds what a node sends, or the reason why that is not known.
fn add<'a>(
    at: usize,
    class: &str,
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
        let names = settings.names(class, (slot.index, &slot.name), is_repeated)?;
        senders.push(Sender {
            node: at,
            origin: slot.origin.clone(),
            origin_slot: slot.origin_slot,
            kind: slot.kind.clone(),
            rules: settings.rules.clone(),
            priority: settings.priority(class, is_repeated, &names),
            names,
        });
    }
    Ok(())
}

/// A slot whose data is sent.
struct Sent<'a> {
    index: usize,
    name: Cow<'a, str>,
    origin: Origin,
    origin_slot: usize,
    kind: Cow<'a, str>,
}

/// The values that are linked into a node whose only purpose is to send them.
fn from_inputs<'v>(file: &'v Graph<'_>, nodes: &[Node<'v>], saved: &'v editor::Node<'_>) -> Vec<Sent<'v>> {
    let sent = saved.inputs.iter().enumerate().filter_map(|(index, input)| {
        let link = file.link(input.link.as_deref()?)?;
        let slot = link.origin_slot.unwrap_or(0);
        // A link from outside a subgraph has no node there.
        let at = file.node_index(&link.origin);
        let origin = at.and_then(|at| nodes.get(at));
        let output = origin.and_then(|origin| origin.outputs.get(slot));
        let kind = Some(type_of(link.kind)).filter(|kind| !is_any(kind));
        let is_running = origin.is_none_or(|origin| origin.mode != Mode::Muted);
        is_running.then(|| Sent {
            index,
            name: labelled(input.value).unwrap_or_else(|| Cow::Borrowed(&*input.name)),
            origin: at.map_or_else(|| Origin::Outside(link.origin.to_string()), Origin::Node),
            origin_slot: slot,
            kind: kind.or_else(|| output.cloned()).unwrap_or_default(),
        })
    });
    sent.collect()
}

/// The outputs of a node that is set to send them.
fn from_outputs<'v>(at: usize, saved: &'v editor::Node<'_>) -> Vec<Sent<'v>> {
    let silent = saved.property("ue_properties").and_then(|own| own.get("output_not_broadcasting"));
    let outputs = saved.outputs.iter().enumerate();
    let sent = outputs.filter(|(_, output)| !is_true(silent.and_then(|silent| silent.get(&output.name))));
    sent.map(|(index, output)| Sent {
        index,
        name: labelled(output.value).unwrap_or_else(|| Cow::Borrowed(&*output.name)),
        origin: Origin::Node(at),
        origin_slot: index,
        kind: type_of(output.kind),
    })
    .collect()
}

/// The name that was given to a slot.
fn labelled(slot: Value<'_>) -> Option<Cow<'_, str>> {
    slot.get("label").and_then(Value::as_str).map(Str::decode).filter(|label| !label.is_empty())
}

pub(super) fn is_true(value: Option<Value<'_>>) -> bool {
    value.is_some_and(|value| !value.is_falsy())
}

//! The links of "Anything Everywhere" nodes (the pack cg-use-everywhere), which the page makes while it reads the
//! prompt and does not draw.
//!
//! Newer files list them in `extra.ue_links`. In other files they are found by the rules of the pack: a node passes
//! whatever is linked into it to every unlinked input of the same type, as far as its restrictions allow.
//!
//! Both conversion and inspection use this module, each with the slots that it knows.

mod pattern;
mod receivers;
mod rules;
mod senders;

use crate::editor::{Graph, Mode};
use crate::json::{KeyIndex, Value};
use receivers::Receivers;
use std::borrow::Cow;

/// The most steps that finding the links of a graph may take.
const MAX_FINDING: usize = 1_000_000;

/// A node of a graph; its index is the one that it has in the file.
#[derive(Debug)]
pub struct Node<'v> {
    /// Its class.
    pub class: &'v str,
    /// The title that people see.
    pub title: &'v str,
    /// Whether it runs.
    pub mode: Mode,
    /// Its input slots.
    pub slots: Vec<Slot<'v>>,
    /// The types of its outputs.
    pub outputs: Vec<Cow<'v, str>>,
}

/// An input slot.
#[derive(Debug)]
pub struct Slot<'v> {
    /// Its name.
    pub name: &'v str,
    /// Its type.
    pub kind: Cow<'v, str>,
    /// Whether it has a value.
    pub is_widget: bool,
    /// Whether something is already linked to it.
    pub is_linked: bool,
}

/// A link that the page makes.
#[derive(Debug)]
pub struct Link {
    /// Where it begins.
    pub origin: Origin,
    /// The index of the output there.
    pub origin_slot: usize,
    /// The index of the node to which it leads.
    pub target: usize,
    /// The index of that node's slot.
    pub target_slot: usize,
}

/// Where a link begins.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Origin {
    /// At the node with this index.
    Node(usize),
    /// At this id, which no node in the file has: that of a subgraph's inputs.
    Outside(String),
}

/// The links that are made in a graph.
#[derive(Debug, Default)]
pub struct Links {
    /// The links.
    pub list: Vec<Link>,
    /// Indices of nodes, and why the links that the pack makes there are not known.
    pub unclear: Vec<(usize, String)>,
    /// How many steps finding them took.
    pub steps: usize,
}

/// Whether links are made in a graph, as far as its nodes and its list of links tell.
pub fn is_in(file: &Graph<'_>) -> bool {
    listed(file).is_some() || file.nodes.iter().any(senders::may_send)
}

/// The links that are made in a graph. `nodes` are its nodes, in file order.
pub fn links<'v>(file: &'v Graph<'_>, nodes: &mut [Node<'v>]) -> Links {
    match listed(file) {
        Some(list) => of_list(file, nodes, list),
        None => found(file, nodes),
    }
}

fn listed<'a>(file: &Graph<'a>) -> Option<Value<'a>> {
    file.field("extra").and_then(|extra| extra.get("ue_links"))
}

/// The links that a file lists, to inputs to which nothing else is linked.
fn of_list(file: &Graph<'_>, nodes: &mut [Node<'_>], list: Value<'_>) -> Links {
    let mut links = Links::default();
    // The slots of a node by their names, made when something is linked into it.
    let mut slots_of: Vec<Option<KeyIndex<'_>>> = nodes.iter().map(|_| None).collect();
    for entry in list.items() {
        let Some(ends) = Ends::read(entry) else { continue };
        let (Some(origin), Some(target)) = (file.node_index(&ends.origin), file.node_index(&ends.target))
        else {
            continue;
        };
        let Some(input) = file.nodes[target].inputs.get(ends.target_slot) else { continue };
        let slots = &mut nodes[target].slots;
        links.steps += 1;
        let by_name = slots_of[target].get_or_insert_with(|| by_name(slots));
        let Some(at) = by_name.get(&input.name) else { continue };
        if !std::mem::replace(&mut slots[at].is_linked, true) {
            links.list.push(Link {
                origin: Origin::Node(origin),
                origin_slot: ends.origin_slot,
                target,
                target_slot: at,
            });
        }
    }
    links
}

/// The first slot of each name.
fn by_name<'v>(slots: &[Slot<'v>]) -> KeyIndex<'v> {
    let mut index = KeyIndex::default();
    for (at, slot) in slots.iter().enumerate() {
        index.claim(Cow::Borrowed(slot.name), at);
    }
    index
}

/// Finds which node sends what, and which input takes it.
fn found<'v>(file: &'v Graph<'_>, nodes: &[Node<'v>]) -> Links {
    let (senders, mut unclear) = senders::of(file, nodes);
    let Some(first) = senders.first() else { return Links { unclear, ..Links::default() } };
    let mut receivers = Receivers::new(file, nodes, &senders);
    let mut found = Vec::new();
    for at in 0..file.nodes.len() {
        receivers.node(at, &mut found);
    }
    let steps = receivers.steps;
    unclear.append(&mut receivers.unclear);
    if steps > MAX_FINDING {
        unclear.push((first.node, "sends to more inputs than can be looked through".to_owned()));
    }
    let link = |(sender, (target, target_slot)): (usize, (usize, usize))| {
        let (origin, origin_slot) = senders[sender].output();
        Link { origin, origin_slot, target, target_slot }
    };
    Links { list: found.into_iter().map(link).collect(), unclear, steps }
}

/// Where a listed link begins and ends.
struct Ends {
    origin: String,
    origin_slot: usize,
    target: String,
    target_slot: usize,
}

impl Ends {
    fn read(entry: Value<'_>) -> Option<Self> {
        let id = |name: &str| entry.get(name).map(|id| id.text().into_owned());
        let slot = |name: &str| entry.get(name)?.raw().parse().ok();
        Some(Self {
            origin: id("upstream")?,
            origin_slot: slot("upstream_slot")?,
            target: id("downstream")?,
            target_slot: slot("downstream_slot")?,
        })
    }
}

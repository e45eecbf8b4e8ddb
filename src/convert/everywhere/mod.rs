//! Links of "Anything Everywhere" nodes (the pack cg-use-everywhere), which the page makes while it reads the prompt and does
//! not draw.
//!
//! Newer files list them in `extra.ue_links`. For the others they are found as the pack finds them: what is linked into such
//! a node goes to every input of the same type that nothing is linked to, as far as the node's restrictions allow it.

mod pattern;
mod receivers;
mod rules;
mod senders;

use super::open_graph::{Graph, Id, Link};
use crate::editor;
use crate::json::{KeyIndex, Value};
use crate::widgets::Slot;
use receivers::Receivers;

/// The most steps that are taken to find links in a graph.
const MAX_FINDING: usize = 1_000_000;

/// Links what such nodes send to. `id_of` has the present id for one of the file.
pub fn connect<'a>(graph: &mut Graph<'a>, file: &editor::Graph<'a>, id_of: &dyn Fn(&str) -> Id) {
    match file.field("extra").and_then(|extra| extra.get("ue_links")) {
        Some(list) => connect_listed(graph, file, list, id_of),
        None => connect_found(graph, file),
    }
}

/// Links the inputs that a file lists and that nothing else is linked to.
fn connect_listed<'a>(
    graph: &mut Graph<'a>,
    file: &editor::Graph<'a>,
    list: Value<'a>,
    id_of: &dyn Fn(&str) -> Id,
) {
    // The slots of a node by their names, once something is linked into it.
    let mut slots_of: Vec<Option<KeyIndex<'a>>> = Vec::new();
    slots_of.resize_with(graph.nodes.len(), Option::default);
    for entry in list.items() {
        let Some(ends) = Ends::read(entry) else { continue };
        let Some(saved) = file.node_index(&ends.target).and_then(|index| file.nodes.get(index)) else {
            continue;
        };
        let Some(input) = saved.inputs.get(ends.target_slot) else { continue };
        let (origin, target) = (id_of(&ends.origin), id_of(&ends.target));
        let (Some(_), Some(at)) = (graph.node(&origin), graph.node(&target)) else { continue };
        let slots = slots_of[at].get_or_insert_with(|| by_name(&graph.nodes[at].slots));
        let Some(slot) = slots.get(&input.name) else { continue };
        if graph.nodes[at].slots[slot].link.is_none() {
            link(graph, (origin, ends.origin_slot), (at, slot));
        }
    }
}

/// The first slot of each name.
fn by_name<'a>(slots: &[Slot<'a>]) -> KeyIndex<'a> {
    let mut index = KeyIndex::default();
    for (at, slot) in slots.iter().enumerate() {
        index.claim(slot.name.clone(), at);
    }
    index
}

/// Finds who sends what, and who takes it.
fn connect_found<'a>(graph: &mut Graph<'a>, file: &editor::Graph<'a>) {
    let senders = senders::of(graph, file);
    if senders.is_empty() {
        return;
    }
    let mut receivers = Receivers { graph, file, senders: &senders, steps: 0, unclear: Vec::new() };
    let mut links = Vec::new();
    for at in 0..file.nodes.len() {
        receivers.node(at, &mut links);
    }
    let (steps, mut unclear) = (receivers.steps, receivers.unclear);
    if steps > MAX_FINDING {
        unclear.push((senders[0].output().0, "sends to more inputs than can be looked through".to_owned()));
    }
    graph.unclear.extend(unclear);
    for (sender, to) in links {
        link(graph, senders[sender].output(), to);
    }
}

/// Adds a link between two slots, the target by its index.
fn link(graph: &mut Graph<'_>, (origin, origin_slot): (Id, usize), (at, target_slot): (usize, usize)) {
    let id: Id = format!("everywhere {}", graph.links.len()).into();
    graph.nodes[at].slots[target_slot].link = Some(id.clone());
    let target = graph.nodes[at].id.clone();
    graph.add_link(Link { id, origin, origin_slot, target, target_slot });
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

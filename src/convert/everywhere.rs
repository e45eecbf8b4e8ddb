//! Links of "Anything Everywhere" nodes, which the page makes while it reads the prompt and does not draw.
//!
//! A file may list them in `extra.ue_links`; without the list nobody but the pack knows them.

use super::open_graph::{Graph, Id, Link, Slot};
use crate::editor;
use crate::json::{KeyIndex, Value};

/// Links the inputs that a file lists and that nothing else is linked to. `id_of` has the present id for one of the file.
pub fn connect<'a>(graph: &mut Graph<'a>, file: &editor::Graph<'a>, id_of: &dyn Fn(&str) -> Id) {
    let list = file.field("extra").and_then(|extra| extra.get("ue_links")).map(Value::items);
    let mut names = SlotNames::default();
    for (number, entry) in list.unwrap_or_default().into_iter().enumerate() {
        let Some(ends) = Ends::read(entry) else { continue };
        let Some(saved) = file.node_index(&ends.target).and_then(|index| file.nodes.get(index)) else {
            continue;
        };
        let Some(input) = saved.inputs.get(ends.target_slot) else { continue };
        let (origin, target) = (id_of(&ends.origin), id_of(&ends.target));
        let (Some(_), Some(at)) = (graph.node(&origin), graph.node(&target)) else { continue };
        let slots = &mut graph.nodes[at].slots;
        let Some(target_slot) = names.slot(at, slots, &input.name) else { continue };
        if slots[target_slot].link.is_some() {
            continue;
        }
        let id: Id = format!("everywhere {number}").into();
        slots[target_slot].link = Some(id.clone());
        graph.add_link(Link { id, origin, origin_slot: ends.origin_slot, target, target_slot });
    }
}

/// The slots of the nodes that were come by, by node and name: of equal names the first.
#[derive(Default)]
struct SlotNames {
    nodes: KeyIndex<'static>,
    slots: KeyIndex<'static>,
}

impl SlotNames {
    fn slot(&mut self, node: usize, slots: &[Slot<'_>], name: &str) -> Option<usize> {
        if self.nodes.claim(node.to_string().into(), 0).is_none() {
            for (at, slot) in slots.iter().enumerate() {
                self.slots.claim(format!("{node} {}", slot.name).into(), at);
            }
        }
        self.slots.get(&format!("{node} {name}"))
    }
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

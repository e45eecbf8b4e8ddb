//! What an instance of a subgraph sets in the widgets inside.
//!
//! A definition's input that leads to a widget is promoted: each instance has its own value for it. Older files keep a
//! list of widgets instead (`proxyWidgets`), from which inputs are made when the file is opened.

use super::open_graph::{INPUT_SIDE, Id, Kind, Link, Node, OpenGraph, OutputSlot, Port, Slot, Val, ids};
use super::renumber::NewIds;
use crate::definitions::types;
use crate::editor::{self, PageNode};
use crate::json::{KeyIndex, Value};
use crate::widgets::{Proxied, proxied, type_of};
use std::borrow::Cow;
use std::rc::Rc;

/// Gives an instance of a subgraph its slots, and the promoted ones their values.
pub fn restore_instance<'a>(
    open: &OpenGraph<'a>,
    node: &mut Node<'a>,
    definition: usize,
    file: &editor::Node<'a>,
) {
    let graph = &open.graphs[definition];
    let (mut exact, mut named) = (KeyIndex::default(), KeyIndex::default());
    for (at, saved) in file.inputs.iter().enumerate() {
        exact.claim(format!("{} {}", type_of(saved.kind), saved.name).into(), at);
        named.claim(saved.name.clone(), at);
    }
    for port in &graph.inputs {
        let mut slot = port.slot(inner_value(open, definition, port));
        let same = exact.get(&format!("{} {}", port.kind, port.name)).or_else(|| named.get(&port.name));
        slot.link = same.and_then(|at| Some(file.inputs[at].link.as_deref()?.into()));
        node.slots.push(slot);
    }
    let values = file.widgets.values.map(Value::items).unwrap_or_default();
    let promoted = node.slots.iter_mut().filter(|slot| slot.promoted.is_some());
    for (index, slot) in promoted.enumerate() {
        slot.take(values.get(index).map(|value| value.raw().into()), index);
    }
    let links = |index: usize| file.outputs.get(index).map(|saved| ids(&saved.links)).unwrap_or_default();
    let outputs = graph.outputs.iter().enumerate();
    node.outputs =
        outputs.map(|(index, port)| OutputSlot { kind: port.kind.clone(), links: links(index) }).collect();
}

/// The value of the first widget inside that an input leads to; none when it leads to none.
fn inner_value<'a>(open: &OpenGraph<'a>, definition: usize, port: &Port<'a>) -> Option<Val<'a>> {
    port.links.iter().find_map(|id| {
        let (node, slot) = target_of(open, definition, id)?;
        open.graphs[definition].nodes[node].value_of(slot)
    })
}

/// Where a link inside a subgraph ends: the node, and the slot that names the link.
pub fn target_of(open: &OpenGraph<'_>, graph: usize, id: &Id) -> Option<(usize, usize)> {
    let graph = &open.graphs[graph];
    let link = graph.link(id)?;
    let node = graph.node(&link.target)?;
    let slots = &graph.nodes[node].slots;
    let names_it = |slot: &Slot<'_>| slot.link.as_ref() == Some(id);
    // Nearly always it is the slot that the link names.
    let slot = Some(link.target_slot).filter(|at| slots.get(*at).is_some_and(names_it));
    Some((node, slot.or_else(|| slots.iter().position(names_it))?))
}

/// Makes inputs of what an older file lists as widgets to show on an instance.
pub fn migrate<'a>(
    open: &mut OpenGraph<'a>,
    graph: usize,
    host: usize,
    file: &editor::Node<'a>,
    new_ids: &NewIds<'a>,
) {
    let Kind::Instance(definition) = open.graphs[graph].nodes[host].kind else { return };
    for listed in proxied(file) {
        let value = listed.value.map(|value| value.raw().into());
        let entry = Entry { graph, host, definition, value, index: listed.index };
        match &*new_ids.of_node(definition, &listed.id) {
            Proxied::HOST => entry.set_by_name(open, &listed.name),
            inner => entry.promote(open, inner, &listed),
        }
    }
}

/// One listed widget of one instance.
struct Entry<'a> {
    graph: usize,
    host: usize,
    definition: usize,
    value: Val<'a>,
    /// Its index in the list.
    index: usize,
}

impl<'a> Entry<'a> {
    fn set_by_name(&self, open: &mut OpenGraph<'a>, name: &str) {
        let node = &mut open.graphs[self.graph].nodes[self.host];
        let slot = node.slots.iter_mut().find(|slot| slot.name == name && slot.promoted.is_some());
        if let Some(slot) = slot {
            slot.take(self.value.clone(), self.index);
        }
    }

    fn promote(&self, open: &mut OpenGraph<'a>, inner: &str, listed: &Proxied<'a>) {
        if listed.is_preview() {
            return;
        }
        let inside = &open.graphs[self.definition];
        let Some(node) = inside.node(inner) else { return };
        if inside.nodes[node].kind == Kind::Page(PageNode::Primitive) {
            return self.replace_primitive(open, node, &listed.name);
        }
        let Some(slot) = listed.find(|name| named_slot(&inside.nodes[node], name)) else { return };
        match inside.nodes[node].slots[slot].link.clone() {
            Some(link) => self.set_linked(open, &link),
            None => self.add_input(open, node, slot),
        }
    }

    /// The widget already has an input, which gets the value.
    fn set_linked(&self, open: &mut OpenGraph<'a>, link: &Id) {
        let inside = &open.graphs[self.definition];
        let Some(link) = inside.link(link).filter(|link| &*link.origin == INPUT_SIDE) else { return };
        let at = link.origin_slot;
        let host = &mut open.graphs[self.graph].nodes[self.host];
        if let Some(slot) = host.slots.get_mut(at) {
            slot.take(self.value.clone(), self.index);
        }
    }

    fn add_input(&self, open: &mut OpenGraph<'a>, node: usize, slot: usize) {
        let inside = &mut open.graphs[self.definition];
        let inner = inside.nodes[node].value_of(slot).flatten();
        let target = &inside.nodes[node];
        let (id, name, kind) =
            (Rc::clone(&target.id), target.slots[slot].name.clone(), target.slots[slot].kind.clone());
        let at = inside.inputs.len();
        let name = inside.port_names.free(&name, &inside.inputs);
        let link: Id = format!("promoted {at}").into();
        inside.nodes[node].slots[slot].link = Some(Rc::clone(&link));
        inside.add_link(Link {
            id: Rc::clone(&link),
            origin: INPUT_SIDE.into(),
            origin_slot: at,
            target: id,
            target_slot: slot,
        });
        self.add_port(open, Port { name, kind, links: vec![link] }, inner);
    }

    /// All instances get the new input; the others start with the inner value.
    fn add_port(&self, open: &mut OpenGraph<'a>, port: Port<'a>, inner: Val<'a>) {
        for &(graph, at) in open.instances.get(self.definition).map_or(&[][..], Vec::as_slice) {
            let mut slot = port.slot(Some(inner.clone()));
            if (graph, at) == (self.graph, self.host) {
                slot.take(self.value.clone(), self.index);
            }
            open.graphs[graph].nodes[at].slots.push(slot);
        }
        open.graphs[self.definition].inputs.push(port);
    }

    /// A primitive inside becomes an input of the definition, wired to what the primitive was wired to.
    fn replace_primitive(&self, open: &mut OpenGraph<'a>, primitive: usize, name: &str) {
        let inside = &mut open.graphs[self.definition];
        let id = Rc::clone(&inside.nodes[primitive].id);
        let links = inside.links_from(&id);
        if links.is_empty() {
            return;
        }
        inside.nodes[primitive].kind = Kind::Page(PageNode::Aside);
        let title = inside.nodes[primitive].title.clone().filter(|title| title != "PrimitiveNode");
        let name = inside.port_names.free(title.as_deref().unwrap_or(name), &inside.inputs);
        let at = inside.inputs.len();
        let (mut ids, mut first, mut kind) = (Vec::new(), None, Cow::Borrowed(types::ANY));
        for link in links {
            let link = &mut inside.links[link];
            link.origin = INPUT_SIDE.into();
            link.origin_slot = at;
            let (link_id, target) = (Rc::clone(&link.id), Rc::clone(&link.target));
            let Some(target) = inside.indices.get(&target) else { continue };
            let node = &inside.nodes[target];
            let Some(slot) = node.slots.iter().position(|slot| slot.link.as_ref() == Some(&link_id)) else {
                continue;
            };
            if first.is_none() {
                kind = node.slots[slot].kind.clone();
                first = node.value_of(slot);
            }
            ids.push(link_id);
        }
        self.add_port(open, Port { name, kind, links: ids }, first.flatten());
    }
}

/// The slot of a widget.
fn named_slot(node: &Node<'_>, name: &str) -> Option<usize> {
    node.slots.iter().position(|slot| match node.kind {
        Kind::Instance(_) => slot.name == name && slot.promoted.is_some(),
        _ => slot.widget.as_deref() == Some(name) && node.widget(name).is_some(),
    })
}
